// SPDX-License-Identifier: GPL-2.0-only
/* The console of `ferry boot`: see cmd-boot-console.h. */
#include "cmd-boot-console.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include "boot/script-drive.h"
#include "boot/terminal.h"

#define SECOND	     INT64_C(1000000000)
#define FLUSH_NS     (2 * SECOND) /* for what the user shall still see */
#define READ_MAX     4096	  /* bytes at once */
#define TO_BOARD_MAX 4096	  /* bytes typed ahead */
#define TO_USER_MAX  65536

/* Why the run is over, or is about to be, where it is not the board that ended it. */
enum ending {
	RUNNING,
	BY_USER,   /* left with Ctrl-A x */
	BY_SCRIPT, /* it passed or failed */
	BY_SIGNAL,
	BY_FAULT, /* the error is set */
};

struct console {
	const struct console_options *options;
	struct boot *boot;
	struct queue to_user;
	struct terminal terminal;
	struct terminal_mute mute;
	int signals;
	sigset_t mask_before;
	bool in_open, out_open, raw, escape;
	size_t out_most; /* bytes to write to the user at once without fear of blocking */
	enum ending ending;
	int caught;	    /* the signal of BY_SIGNAL */
	struct error error; /* of BY_FAULT */
};

static int64_t now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * SECOND + ts.tv_nsec;
}

void console_note(const char *text)
{
	fprintf(stderr, isatty(STDERR_FILENO) ? "\rferry boot: %s\r\n" : "ferry boot: %s\n", text);
}

void console_notices(struct boot *boot, bool quiet)
{
	for (size_t i = 0; i < boot->notices.count && !quiet; i++)
		console_note(boot->notices.text[i]);
	notices_free(&boot->notices);
}

static void note(const struct console *console, const char *text)
{
	if (!console->options->quiet)
		console_note(text);
}

static void end(struct console *console, enum ending why)
{
	if (console->ending != RUNNING || console->boot->end == BOOT_ENDED_BY_FAULT)
		return;
	console->ending = why;
	boot_stop(console->boot);
}

static void out_of_memory(struct console *console)
{
	error_set(&console->error, "out of memory");
	end(console, BY_FAULT);
}

/* Shows the user what the console said. */
static void show(struct console *console, const char *bytes, size_t len)
{
	char unasked[READ_MAX + TERMINAL_PENDING];

	while (len && console->out_open) {
		size_t n = len < READ_MAX ? len : READ_MAX, shown = n;
		const char *what = bytes;

		if (!console->raw) {
			shown = terminal_unasked(&console->mute, bytes, n, unasked);
			what = unasked;
		}
		if (queue_add(&console->to_user, what, shown) < 0)
			out_of_memory(console);
		bytes += n;
		len -= n;
	}
}

static void on_console(struct console *console, const char *bytes, size_t len)
{
	int log = console->options->log;

	if (log >= 0 && len && write(log, bytes, len) != (ssize_t)len) {
		error_errno(&console->error, "cannot write the console's log");
		end(console, BY_FAULT);
	}
	show(console, bytes, len);
}

/* EVENTS is NULL before the first step. */
static void on_script(struct console *console, const struct boot_events *events)
{
	struct script_run *run = console->options->run;

	if (!console->options->script)
		return;
	if (console->ending == RUNNING && console->boot->end == BOOT_RUNNING) {
		if (script_drive(run, console->boot, events, now_ns()) < 0)
			out_of_memory(console);
	} else if (events) {
		script_run_console(run, events->console, events->len, now_ns());
	}
	if (run->state != SCRIPT_RUNNING)
		end(console, BY_SCRIPT);
}

static void on_typed(struct console *console)
{
	char bytes[READ_MAX];
	ssize_t got = read(console->options->in, bytes, sizeof(bytes));

	if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR))
		console->in_open = false;
	for (ssize_t i = 0; i < got; i++) {
		char typed = bytes[i];
		size_t n = 1;
		enum terminal_key key =
			console->raw ? terminal_key(&console->escape, bytes[i], &typed, &n) :
				       TERMINAL_NO_KEY;

		boot_type(console->boot, &typed, n);
		if (key == TERMINAL_LEAVE)
			end(console, BY_USER);
		else if (key == TERMINAL_RESET)
			boot_press_reset(console->boot);
		else if (key == TERMINAL_HELP)
			note(console, "Ctrl-A x leaves, Ctrl-A r presses the board's reset, Ctrl-A "
				      "Ctrl-A sends a Ctrl-A");
	}
}

static void on_signal(struct console *console)
{
	struct signalfd_siginfo info;

	while (read(console->signals, &info, sizeof(info)) == (ssize_t)sizeof(info)) {
		/* The second one does not wait for QEMU. */
		if (console->ending == BY_SIGNAL)
			boot_kill(console->boot);
		console->caught = (int)info.ssi_signo;
		end(console, BY_SIGNAL);
	}
}

static int timeout(const struct console *console)
{
	const struct console_options *options = console->options;

	return options->script && console->ending == RUNNING ?
		       script_drive_timeout(options->run, now_ns()) :
		       -1;
}

enum { SIGNALS, IN, OUT, PLACES };

static void wait_and_serve(struct console *console, struct boot_events *events)
{
	const struct console_options *options = console->options;
	struct boot *boot = console->boot;
	bool listen = console->in_open && boot_typed_ahead(boot) < TO_BOARD_MAX;
	struct pollfd fds[PLACES] = {
		[SIGNALS] = { console->signals, POLLIN, 0 },
		[IN] = { listen ? options->in : -1, POLLIN, 0 },
		[OUT] = { console->out_open && console->to_user.len ? options->out : -1, POLLOUT,
			  0 },
	};
	struct error err;

	boot->hold_console = console->to_user.len >= TO_USER_MAX;
	if (boot_step(boot, events, fds, PLACES, timeout(console), &err) < 0) {
		console->error = err;
		console->ending = BY_FAULT;
		boot_kill(boot);
		events->ended = true;
	}
	console_notices(boot, options->quiet);
	on_console(console, events->console, events->len);
	on_script(console, events);
	if (fds[IN].revents)
		on_typed(console);
	if (fds[OUT].revents && queue_write(&console->to_user, options->out, console->out_most) < 0)
		console->out_open = false;
	if (fds[SIGNALS].revents)
		on_signal(console);
}

static void flush_to_user(struct console *console)
{
	int64_t until = now_ns() + FLUSH_NS;

	while (console->out_open && console->to_user.len && now_ns() < until) {
		struct pollfd fd = { console->options->out, POLLOUT, 0 };

		if (poll(&fd, 1, 100) > 0 &&
		    queue_write(&console->to_user, fd.fd, console->out_most) < 0)
			console->out_open = false;
	}
}

/* Why it ended, in words. Returns true when it was as a user may want it. */
static bool explain(const struct console *console, struct error *why)
{
	switch (console->ending) {
	case RUNNING:
		*why = console->boot->why;
		return console->boot->end == BOOT_ENDED_BY_GUEST;
	case BY_USER:
		return true;
	case BY_SCRIPT:
		break;
	case BY_SIGNAL:
		error_set(why, "interrupted by signal %d (%s)", console->caught,
			  strsignal(console->caught));
		break;
	case BY_FAULT:
		*why = console->error;
		break;
	}
	return false;
}

static int outcome(const struct console *console, struct error *err)
{
	struct script_run *run = console->options->run;
	struct error why;
	bool good = explain(console, &why);

	if (!console->options->script)
		return good ? 0 : error_set(err, "%s", why.text);
	if (console->ending == BY_SCRIPT) {
		if (!console->boot->answered) {
			boot_unanswered(console->boot, &why);
			script_run_add(run, why.text);
		}
	} else if (good) {
		script_run_ended(run, why.text, now_ns());
	} else {
		script_run_stop(run, why.text, now_ns());
	}
	return run->state == SCRIPT_PASSED ? 0 : error_set(err, "%s", run->error.text);
}

static int catch_signals(struct console *console, struct error *err)
{
	static const int caught[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };
	struct sigaction action;
	sigset_t mask;

	sigemptyset(&mask);
	/* What the parent had us ignore stays ignored, as under nohup(1). */
	for (size_t i = 0; i < sizeof(caught) / sizeof(caught[0]); i++)
		if (sigaction(caught[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
			sigaddset(&mask, caught[i]);
	signal(SIGCHLD, SIG_DFL);
	signal(SIGPIPE, SIG_IGN);
	sigprocmask(SIG_BLOCK, &mask, &console->mask_before);
	console->signals = signalfd(-1, &mask, SFD_CLOEXEC | SFD_NONBLOCK);
	return console->signals < 0 ? error_errno(err, "cannot listen for signals") : 0;
}

static int prepare_user(struct console *console, struct error *err)
{
	const struct console_options *options = console->options;

	console->in_open = options->in >= 0;
	console->out_open = options->out >= 0;
	console->out_most = console->out_open && isatty(options->out) ? 512 : 4096;
	if (!console->in_open || !isatty(options->in))
		return 0;
	console->raw = true;
	return terminal_raw(&console->terminal, options->in, err);
}

int console_run(struct boot *boot, const struct console_options *options, struct error *err)
{
	struct console console = {
		.options = options, .boot = boot, .terminal = TERMINAL_NONE, .signals = -1
	};
	struct boot_events events = { 0 };
	int rc = -1;

	if (options->script &&
	    script_drive_start(options->run, options->script, boot, now_ns(), err) < 0)
		return -1;
	if (catch_signals(&console, err) < 0 || boot_start(boot, err) < 0 ||
	    prepare_user(&console, err) < 0) {
		if (options->script)
			script_run_stop(options->run, err->text, now_ns());
		goto out;
	}
	on_script(&console, NULL);
	while (!events.ended)
		wait_and_serve(&console, &events);
	rc = outcome(&console, err);
	if (console.ending == BY_USER)
		show(&console, "\r\n", 2); /* what follows starts a line of its own */
	flush_to_user(&console);
out:
	terminal_restore(&console.terminal);
	if (console.signals >= 0)
		close(console.signals);
	sigprocmask(SIG_SETMASK, &console.mask_before, NULL);
	queue_free(&console.to_user);
	return rc;
}
