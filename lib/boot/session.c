// SPDX-License-Identifier: GPL-2.0-only
/* A board at work: see session.h. */
#include "boot/session.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include "boot/ending.h"
#include "boot/qmp.h"
#include "boot/queue.h"
#include "boot/terminal.h"

#define SECOND	     INT64_C(1000000000)
#define START_NS     (60 * SECOND) /* QEMU answers on its control channel within this */
#define STOP_NS	     (10 * SECOND) /* it ends within this after it was told to */
#define SILENCE_NS   (30 * SECOND) /* a console without a byte for so long is worth a note */
#define FLUSH_NS     (2 * SECOND)  /* for what the user shall still see */
#define PIN_POLL_NS  (SECOND / 100)
#define READ_MAX     4096 /* bytes at once */
#define TO_BOARD_MAX 4096 /* bytes typed ahead */
#define TO_USER_MAX  65536

/* Why the run is over, or is about to be. */
enum ending {
	RUNNING,
	BY_USER,   /* left with Ctrl-A x */
	BY_SCRIPT, /* it passed or failed */
	BY_SIGNAL,
	BY_FAULT, /* the error is set */
};

struct loop {
	const struct session_options *options;
	struct session *session;
	struct qemu qemu;
	struct qmp qmp;
	struct queue to_board, to_user;
	struct terminal_mute mute;
	struct console_tail messages; /* QEMU's own */
	char line[512];		      /* QEMU's unfinished message */
	size_t line_len;
	int signals;
	sigset_t mask_before;
	bool in_open, out_open, raw, escape;
	/* bytes to write to the user at once without fear of blocking */
	size_t out_most;
	bool told_silence;
	int64_t start_ns, kill_ns;
	enum ending ending;
	int caught;	    /* the signal of BY_SIGNAL */
	bool ended;	    /* QEMU did */
	int status;	    /* its exit status then */
	struct error error; /* of BY_FAULT */
};

static int64_t now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * SECOND + ts.tv_nsec;
}

static void __attribute__((format(printf, 2, 3))) note(struct loop *loop, const char *fmt, ...)
{
	char text[800];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	loop->options->note(text);
}

/*
 * Ends the run, unless it is ending already: QEMU is asked to stop, so that it writes the card's
 * last bytes.
 */
static void end(struct loop *loop, enum ending why)
{
	if (loop->ending != RUNNING)
		return;
	loop->ending = why;
	loop->kill_ns = now_ns() + STOP_NS;
	if (!loop->qemu.pid)
		return;
	if (!loop->qmp.ready)
		kill(-loop->qemu.pid, SIGKILL);
	else if (qmp_send(loop->qemu.qmp, "quit") < 0)
		kill(loop->qemu.pid, SIGTERM);
}

static void check_script(struct loop *loop)
{
	struct script_run *run = &loop->session->run;

	if (!loop->options->script)
		return;
	if (run->typed_len && queue_add(&loop->to_board, run->typed, run->typed_len) == 0)
		run->typed_len = 0;
	for (; run->presses && loop->qmp.ready; run->presses--)
		qmp_send(loop->qemu.qmp, "system_powerdown");
	if (run->state != SCRIPT_RUNNING)
		end(loop, BY_SCRIPT);
}

/* Shows the user what the console said. */
static void show(struct loop *loop, const char *bytes, size_t len)
{
	char unasked[READ_MAX + TERMINAL_PENDING];

	if (!loop->raw) {
		len = terminal_unasked(&loop->mute, bytes, len, unasked);
		bytes = unasked;
	}
	if (loop->out_open && queue_add(&loop->to_user, bytes, len) < 0) {
		error_set(&loop->error, "out of memory");
		end(loop, BY_FAULT);
	}
}

static void on_console(struct loop *loop, const char *bytes, size_t len)
{
	const struct session_options *options = loop->options;

	console_keep(&loop->session->console, bytes, len);
	if (options->log >= 0 && write(options->log, bytes, len) != (ssize_t)len) {
		error_errno(&loop->error, "cannot write the console's log");
		end(loop, BY_FAULT);
	}
	show(loop, bytes, len);
	if (options->script)
		script_run_console(&loop->session->run, bytes, len, now_ns());
	check_script(loop);
}

/* QEMU's own messages: shown when it runs, kept for the error when it does not get so far. */
static void on_message(struct loop *loop, const char *bytes, size_t len)
{
	console_keep(&loop->messages, bytes, len);
	for (size_t i = 0; i < len; i++) {
		if (bytes[i] != '\n' && loop->line_len + 1 < sizeof(loop->line)) {
			loop->line[loop->line_len++] = bytes[i];
			continue;
		}
		loop->line[loop->line_len] = '\0';
		if (loop->qmp.ready && loop->line_len)
			note(loop, "QEMU: %s", loop->line);
		loop->line_len = 0;
	}
}

static void on_control(struct loop *loop, const char *bytes, size_t len)
{
	struct qmp *qmp = &loop->qmp;
	bool greeted = qmp->major != 0;

	if (qmp_feed(qmp, bytes, len, &loop->error) < 0) {
		end(loop, BY_FAULT);
		return;
	}
	if (!greeted && qmp->major) {
		loop->session->answered = true;
		if (qmp->major < QEMU_OLDEST) {
			error_set(&loop->error,
				  "%s is QEMU %d.%d, and %d or newer is needed (`make setup` "
				  "installs one)",
				  loop->options->qemu->program, qmp->major, qmp->minor,
				  QEMU_OLDEST);
			end(loop, BY_FAULT);
		}
		qmp_send(loop->qemu.qmp, "qmp_capabilities");
	}
	if (*qmp->trouble) {
		note(loop, "the card cannot be read or written: %s", qmp->trouble);
		*qmp->trouble = '\0';
	}
}

/*
 * Reads what there is, once. Returns the bytes read, 0 when there is none at the moment, -1 at the
 * end.
 */
static ssize_t take(struct loop *loop, int fd,
		    void (*hand_over)(struct loop *loop, const char *bytes, size_t len))
{
	char bytes[READ_MAX];
	ssize_t n = read(fd, bytes, sizeof(bytes));

	if (n > 0)
		hand_over(loop, bytes, (size_t)n);
	if (n < 0)
		return errno == EAGAIN || errno == EINTR ? 0 : -1;
	return n ? n : -1;
}

static void close_end(int *fd)
{
	close(*fd);
	*fd = -1;
}

static void on_typed(struct loop *loop, const char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		char typed = bytes[i];
		size_t n = 1;
		enum terminal_key key = loop->raw ?
						terminal_key(&loop->escape, bytes[i], &typed, &n) :
						TERMINAL_NONE;

		queue_add(&loop->to_board, &typed, n);
		if (key == TERMINAL_LEAVE)
			end(loop, BY_USER);
		else if (key == TERMINAL_RESET)
			qmp_send(loop->qemu.qmp, "system_reset");
		else if (key == TERMINAL_HELP)
			note(loop, "Ctrl-A x leaves, Ctrl-A r presses the board's reset, Ctrl-A "
				   "Ctrl-A sends a Ctrl-A");
	}
}

static void on_signal(struct loop *loop)
{
	struct signalfd_siginfo info;

	while (read(loop->signals, &info, sizeof(info)) == (ssize_t)sizeof(info)) {
		if (info.ssi_signo == SIGCHLD)
			continue;
		/* The second one does not wait for QEMU. */
		if (loop->ending == BY_SIGNAL)
			loop->kill_ns = now_ns();
		loop->caught = (int)info.ssi_signo;
		end(loop, BY_SIGNAL);
	}
	if (!loop->ended)
		loop->ended = qemu_reap(&loop->qemu, &loop->status) == 1;
}

/* What has a time limit. */
static void on_time(struct loop *loop)
{
	int64_t now = now_ns();

	if (loop->ending != RUNNING) {
		if (now >= loop->kill_ns && loop->qemu.pid)
			kill(-loop->qemu.pid, SIGKILL);
		return;
	}
	if (!loop->qmp.major && now >= loop->start_ns + START_NS) {
		ending_unanswered(loop->options->qemu->program, &loop->messages, loop->error.text,
				  sizeof(loop->error.text));
		end(loop, BY_FAULT);
	}
	if (!loop->told_silence && !loop->session->console.total &&
	    now >= loop->start_ns + SILENCE_NS) {
		loop->told_silence = true;
		note(loop, "nothing on the console so far; does the kernel's command line name the "
			   "right console=?");
	}
	if (loop->options->script)
		script_run_poll(&loop->session->run, now);
	check_script(loop);
}

static int64_t earlier(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* How long to wait for something to happen, in milliseconds. */
static int patience(const struct loop *loop)
{
	int64_t now = now_ns(), next = INT64_MAX;

	if (loop->ending != RUNNING) {
		next = loop->kill_ns > now ? loop->kill_ns : now + SECOND;
	} else {
		if (!loop->qmp.major)
			next = earlier(next, loop->start_ns + START_NS);
		if (!loop->told_silence && !loop->session->console.total)
			next = earlier(next, loop->start_ns + SILENCE_NS);
		if (loop->options->script)
			next = earlier(next, script_run_deadline(&loop->session->run));
		if (loop->options->script && script_run_wants_pin(&loop->session->run))
			next = earlier(next, now + PIN_POLL_NS);
	}
	if (next == INT64_MAX)
		return -1;
	return next <= now ? 0 : (int)earlier((next - now) / 1000000 + 1, 3600000);
}

enum { SIGNALS, CONSOLE, CONTROL, MESSAGES, IN, OUT, PLACES };

static void wait_and_serve(struct loop *loop)
{
	bool user_keeps_up = loop->to_user.len < TO_USER_MAX;
	struct pollfd fds[PLACES] = {
		[SIGNALS] = { loop->signals, POLLIN, 0 },
		[CONSOLE] = { loop->qemu.console,
			      (short)((user_keeps_up ? POLLIN : 0) |
				      (loop->to_board.len ? POLLOUT : 0)),
			      0 },
		[CONTROL] = { loop->qemu.qmp, POLLIN, 0 },
		[MESSAGES] = { loop->qemu.messages, POLLIN, 0 },
		[IN] = { loop->in_open && loop->to_board.len < TO_BOARD_MAX ? loop->options->in :
									      -1,
			 POLLIN, 0 },
		[OUT] = { loop->out_open && loop->to_user.len ? loop->options->out : -1, POLLOUT,
			  0 },
	};

	if (poll(fds, PLACES, patience(loop)) < 0)
		return;
	if ((fds[CONSOLE].revents & POLLIN || (fds[CONSOLE].revents & POLLHUP && user_keeps_up)) &&
	    take(loop, loop->qemu.console, on_console) < 0)
		close_end(&loop->qemu.console);
	if (fds[CONSOLE].revents & POLLOUT && loop->qemu.console >= 0)
		queue_write(&loop->to_board, loop->qemu.console, loop->to_board.len);
	if (fds[CONTROL].revents && take(loop, loop->qemu.qmp, on_control) < 0)
		close_end(&loop->qemu.qmp);
	if (fds[MESSAGES].revents && take(loop, loop->qemu.messages, on_message) < 0)
		close_end(&loop->qemu.messages);
	if (fds[IN].revents && take(loop, loop->options->in, on_typed) < 0)
		loop->in_open = false;
	if (fds[OUT].revents && queue_write(&loop->to_user, loop->options->out, loop->out_most) < 0)
		loop->out_open = false;
	if (fds[SIGNALS].revents)
		on_signal(loop);
	on_time(loop);
}

/* What QEMU left in its pipes when it ended. */
static void drain(struct loop *loop)
{
	while (loop->qemu.console >= 0 && take(loop, loop->qemu.console, on_console) > 0)
		;
	while (loop->qemu.qmp >= 0 && take(loop, loop->qemu.qmp, on_control) > 0)
		;
	while (loop->qemu.messages >= 0 && take(loop, loop->qemu.messages, on_message) > 0)
		;
}

static void flush_to_user(struct loop *loop)
{
	int64_t until = now_ns() + FLUSH_NS;

	while (loop->out_open && loop->to_user.len && now_ns() < until) {
		struct pollfd fd = { loop->options->out, POLLOUT, 0 };

		if (poll(&fd, 1, 100) > 0 && queue_write(&loop->to_user, fd.fd, loop->out_most) < 0)
			loop->out_open = false;
	}
}

static int outcome(struct loop *loop, struct error *err)
{
	struct script_run *run = &loop->session->run;
	bool script = loop->options->script != NULL;
	char why[sizeof(err->text)];
	bool by_guest = false;

	switch (loop->ending) {
	case RUNNING:
		by_guest = ending_by_guest(&loop->qmp, why, sizeof(why));
		if (!by_guest)
			ending_by_qemu(&loop->qmp, loop->status, &loop->messages, why, sizeof(why));
		break;
	case BY_USER:
		return 0;
	case BY_SCRIPT:
		if (!loop->session->answered) {
			ending_unanswered(loop->options->qemu->program, &loop->messages, why,
					  sizeof(why));
			script_run_add(run, why);
		}
		break;
	case BY_SIGNAL:
		snprintf(why, sizeof(why), "interrupted by signal %d (%s)", loop->caught,
			 strsignal(loop->caught));
		break;
	case BY_FAULT:
		snprintf(why, sizeof(why), "%s", loop->error.text);
		break;
	}
	if (!script)
		return by_guest ? 0 : error_set(err, "%s", why);
	if (loop->ending == RUNNING && by_guest)
		script_run_ended(run, why, now_ns());
	else if (loop->ending != BY_SCRIPT)
		script_run_stop(run, why, now_ns());
	return run->state == SCRIPT_PASSED ? 0 : error_set(err, "%s", run->error.text);
}

static int catch_signals(struct loop *loop, struct error *err)
{
	static const int caught[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGCHLD };
	struct sigaction action;
	sigset_t mask;

	sigemptyset(&mask);
	/* What the parent had us ignore stays ignored, as under nohup(1). */
	for (size_t i = 0; i < sizeof(caught) / sizeof(caught[0]); i++)
		if (sigaction(caught[i], NULL, &action) == 0 &&
		    (action.sa_handler != SIG_IGN || caught[i] == SIGCHLD))
			sigaddset(&mask, caught[i]);
	signal(SIGCHLD, SIG_DFL);
	signal(SIGPIPE, SIG_IGN);
	sigprocmask(SIG_BLOCK, &mask, &loop->mask_before);
	loop->signals = signalfd(-1, &mask, SFD_CLOEXEC | SFD_NONBLOCK);
	return loop->signals < 0 ? error_errno(err, "cannot listen for signals") : 0;
}

static int prepare_user(struct loop *loop, struct error *err)
{
	const struct session_options *options = loop->options;

	loop->in_open = options->in >= 0;
	loop->out_open = options->out >= 0;
	loop->out_most = loop->out_open && isatty(options->out) ? 512 : 4096;
	if (!loop->in_open || !isatty(options->in))
		return 0;
	loop->raw = true;
	return terminal_raw(options->in, err);
}

int session_run(struct session *session, const struct session_options *options, struct error *err)
{
	struct loop loop = {
		.options = options, .session = session, .qemu = QEMU_NONE, .signals = -1
	};
	int rc = -1;

	*session = (struct session){ 0 };
	loop.start_ns = now_ns();
	if (options->script && script_run_start(&session->run, options->script, options->edges,
						options->edges_arg, loop.start_ns, err) < 0)
		return -1;
	if (catch_signals(&loop, err) < 0 || qemu_start(&loop.qemu, options->qemu, err) < 0 ||
	    prepare_user(&loop, err) < 0) {
		if (options->script)
			script_run_stop(&session->run, err->text, now_ns());
		goto out;
	}
	check_script(&loop);
	while (!loop.ended)
		wait_and_serve(&loop);
	drain(&loop);
	rc = outcome(&loop, err);
	if (loop.ending == BY_USER)
		show(&loop, "\r\n", 2); /* what follows starts a line of its own */
	flush_to_user(&loop);
out:
	terminal_restore();
	qemu_free(&loop.qemu);
	if (loop.signals >= 0)
		close(loop.signals);
	sigprocmask(SIG_SETMASK, &loop.mask_before, NULL);
	qmp_free(&loop.qmp);
	queue_free(&loop.to_board);
	queue_free(&loop.to_user);
	return rc;
}

void session_free(struct session *session)
{
	script_run_free(&session->run);
}
