// SPDX-License-Identifier: GPL-2.0-only
/*
 * Waits for a board at work: see run-wait.h. One poll(2) over QEMU's console, its control channel,
 * its messages and its end.
 */
#include "boot/run-wait.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "boot/ending.h"

#define SECOND	    INT64_C(1000000000)
#define START_NS    (60 * SECOND) /* QEMU answers on its control channel within this */
#define STOP_NS	    (10 * SECOND) /* it ends within this after it was told to */
#define SILENCE_NS  (30 * SECOND) /* a console without a byte for so long is worth a note */
#define PIN_POLL_NS (SECOND / 100)
#define READ_MAX    4096 /* bytes at once */

int64_t run_now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * SECOND + ts.tv_nsec;
}

void run_end(struct boot *boot, enum boot_end why)
{
	if (boot->end != BOOT_RUNNING)
		return;
	boot->end = why;
	boot->kill_ns = run_now() + STOP_NS;
	if (!boot->process.pid)
		return;
	if (!boot->qmp.ready)
		kill(-boot->process.pid, SIGKILL);
	else if (qmp_send(boot->process.qmp, "quit") < 0)
		kill(boot->process.pid, SIGTERM);
}

static void fault(struct boot *boot, const struct error *why)
{
	if (boot->end == BOOT_RUNNING)
		boot->why = *why;
	run_end(boot, BOOT_ENDED_BY_FAULT);
}

static void on_console(struct boot *boot, const char *bytes, size_t len)
{
	console_keep(&boot->console, bytes, len);
	strbuf_add(&boot->said, bytes, len);
}

/* QEMU's own messages: told when it runs, kept for the error when it does not get so far. */
static void on_message(struct boot *boot, const char *bytes, size_t len)
{
	console_keep(&boot->messages, bytes, len);
	for (size_t i = 0; i < len; i++) {
		if (bytes[i] != '\n' && boot->line_len + 1 < sizeof(boot->line)) {
			boot->line[boot->line_len++] = bytes[i];
			continue;
		}
		boot->line[boot->line_len] = '\0';
		if (boot->qmp.ready && boot->line_len)
			notices_add(&boot->notices, "QEMU: %s", boot->line);
		boot->line_len = 0;
	}
}

static void on_control(struct boot *boot, const char *bytes, size_t len)
{
	struct qmp *qmp = &boot->qmp;
	bool greeted = qmp->major != 0;
	struct error why;

	if (qmp_feed(qmp, bytes, len, &why) < 0) {
		fault(boot, &why);
		return;
	}
	if (!greeted && qmp->major) {
		boot->answered = true;
		if (qmp->major < QEMU_OLDEST) {
			error_set(&why,
				  "%s is QEMU %d.%d, and %d or newer is needed (`make setup` "
				  "installs one)",
				  boot->qemu.program, qmp->major, qmp->minor, QEMU_OLDEST);
			fault(boot, &why);
		}
		qmp_send(boot->process.qmp, "qmp_capabilities");
	}
	if (*qmp->trouble) {
		notices_add(&boot->notices, "the card cannot be read or written: %s", qmp->trouble);
		*qmp->trouble = '\0';
	}
}

/*
 * Reads what there is, once. Returns the bytes read, 0 when there is none at the moment, -1 at the
 * end.
 */
static ssize_t take(struct boot *boot, int fd,
		    void (*hand_over)(struct boot *boot, const char *bytes, size_t len))
{
	char bytes[READ_MAX];
	ssize_t n = read(fd, bytes, sizeof(bytes));

	if (n > 0)
		hand_over(boot, bytes, (size_t)n);
	if (n < 0)
		return errno == EAGAIN || errno == EINTR ? 0 : -1;
	return n ? n : -1;
}

static void close_end(int *fd)
{
	close(*fd);
	*fd = -1;
}

/* What QEMU left in its pipes when it ended. */
static void drain(struct boot *boot)
{
	while (boot->process.console >= 0 && take(boot, boot->process.console, on_console) > 0)
		;
	while (boot->process.qmp >= 0 && take(boot, boot->process.qmp, on_control) > 0)
		;
	while (boot->process.messages >= 0 && take(boot, boot->process.messages, on_message) > 0)
		;
}

/* QEMU has ended: what remains is to know why. */
static void on_end(struct boot *boot, int status)
{
	char *why = boot->why.text;
	size_t size = sizeof(boot->why.text);

	drain(boot);
	card_close(&boot->card);
	if (boot->end != BOOT_RUNNING)
		return;
	if (ending_by_guest(&boot->qmp, why, size)) {
		boot->end = BOOT_ENDED_BY_GUEST;
	} else {
		boot->end = BOOT_ENDED_BY_QEMU;
		ending_by_qemu(&boot->qmp, status, &boot->messages, why, size);
	}
}

/* What has a time limit. */
static void on_time(struct boot *boot)
{
	int64_t now = run_now();
	struct error why;

	if (!boot->process.pid)
		return;
	if (boot->end != BOOT_RUNNING) {
		if (now >= boot->kill_ns)
			kill(-boot->process.pid, SIGKILL);
		return;
	}
	if (!boot->qmp.major && now >= boot->start_ns + START_NS) {
		ending_unanswered(boot->qemu.program, &boot->messages, why.text, sizeof(why.text));
		fault(boot, &why);
	}
	if (!boot->told_silence && !boot->console.total && now >= boot->start_ns + SILENCE_NS) {
		boot->told_silence = true;
		notices_add(&boot->notices,
			    "nothing on the console so far; does the kernel's command line name "
			    "the right console=?");
	}
}

static int64_t earlier(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* How long to wait for something to happen, in milliseconds, but not beyond UNTIL. */
static int patience(const struct boot *boot, int64_t until)
{
	int64_t now = run_now(), next = until;

	if (boot->end != BOOT_RUNNING) {
		next = earlier(next, boot->kill_ns > now ? boot->kill_ns : now + SECOND);
	} else {
		if (!boot->qmp.major)
			next = earlier(next, boot->start_ns + START_NS);
		if (!boot->told_silence && !boot->console.total)
			next = earlier(next, boot->start_ns + SILENCE_NS);
	}
	if (boot->capture && boot->watch_pins)
		next = earlier(next, now + PIN_POLL_NS);
	if (next == INT64_MAX)
		return -1;
	return next <= now ? 0 : (int)earlier((next - now) / 1000000 + 1, 3600000);
}

enum { CONSOLE, CONTROL, MESSAGES, ENDED, PLACES };

static void forget_told(struct boot *boot)
{
	if (!boot->told)
		return;
	boot->said.len = 0;
	notices_free(&boot->notices);
	boot->resets = (unsigned int)boot->qmp.resets;
	boot->told = false;
}

void run_forget(struct boot *boot)
{
	while (boot->process.console >= 0 && take(boot, boot->process.console, on_console) > 0)
		;
	boot->said.len = 0;
	queue_free(&boot->typed);
}

int run_wait(struct boot *boot, struct boot_events *events, struct pollfd *more, size_t count,
	     int64_t until, struct error *err)
{
	struct qemu *process = &boot->process;
	short console =
		(short)((boot->hold_console ? 0 : POLLIN) | (boot->typed.len ? POLLOUT : 0));
	struct pollfd fds[PLACES + BOOT_MORE] = {
		[CONSOLE] = { console ? process->console : -1, console, 0 },
		[CONTROL] = { process->qmp, POLLIN, 0 },
		[MESSAGES] = { process->messages, POLLIN, 0 },
		[ENDED] = { boot->pidfd, POLLIN, 0 },
	};
	int status;

	forget_told(boot);
	if (count)
		memcpy(fds + PLACES, more, count * sizeof(*more));
	if (poll(fds, PLACES + count, patience(boot, until)) < 0)
		return errno == EINTR ? 0 : error_errno(err, "cannot wait for QEMU");
	if (count)
		memcpy(more, fds + PLACES, count * sizeof(*more));
	if (fds[CONSOLE].revents & (POLLIN | POLLHUP) && !boot->hold_console &&
	    take(boot, process->console, on_console) < 0)
		close_end(&process->console);
	if (fds[CONSOLE].revents & POLLOUT && process->console >= 0) {
		ssize_t n = queue_send(&boot->typed, process->console);

		events->taken += n > 0 ? (size_t)n : 0;
	}
	if (fds[CONTROL].revents && take(boot, process->qmp, on_control) < 0)
		close_end(&process->qmp);
	if (fds[MESSAGES].revents && take(boot, process->messages, on_message) < 0)
		close_end(&process->messages);
	if (fds[ENDED].revents && qemu_reap(process, &status) == 1)
		on_end(boot, status);
	on_time(boot);
	return 0;
}
