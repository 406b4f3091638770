// SPDX-License-Identifier: GPL-2.0-only
/*
 * On a booted kernel, /dev/beeper takes, refuses, waits and ends as docs/drivers.md says, and the
 * kernel's log tells why. Run there, it prints TAP. What the pin does meanwhile is for the recorder
 * to judge (tests/beeper.t).
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define DEVICE	"/dev/beeper"
#define PRESENT 50 /* ms: "at once", with a slow emulated machine in mind */

static int kmsg = -1;

static void check(bool good, const char *name, ...) __attribute__((format(printf, 2, 3)));
static void check(bool good, const char *name, ...)
{
	va_list ap;

	printf("%s - ", good ? "ok" : "not ok");
	va_start(ap, name);
	vprintf(name, ap);
	va_end(ap);
	printf("\n");
	fflush(stdout);
}

static long now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static void sleep_ms(long ms)
{
	struct timespec ts = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };

	nanosleep(&ts, NULL);
}

/* ---- Modules, and what the kernel logs. ---- */

static int insert(const char *module)
{
	struct utsname uts;
	char path[256];
	int fd, rc;

	uname(&uts);
	snprintf(path, sizeof(path), "/lib/modules/%s/extra/%s.ko", uts.release, module);
	fd = open(path, O_RDONLY);
	rc = syscall(SYS_finit_module, fd, "", 0);
	close(fd);
	return rc;
}

static int take_out(const char *module)
{
	return syscall(SYS_delete_module, module, O_NONBLOCK);
}

/* Forgets what was logged so far. */
static void log_mark(void)
{
	if (kmsg >= 0)
		close(kmsg);
	kmsg = open("/dev/kmsg", O_RDONLY | O_NONBLOCK);
	lseek(kmsg, 0, SEEK_END);
}

/* The text of the next record since the mark that contains WORD, or NULL. */
static const char *log_next(const char *word)
{
	static char record[8192];
	ssize_t n;

	while ((n = read(kmsg, record, sizeof(record) - 1)) > 0 || (n < 0 && errno == EPIPE)) {
		char *text;

		if (n < 0)
			continue;
		record[n] = '\0';
		record[strcspn(record, "\n")] = '\0';
		text = strchr(record, ';');
		if (text && strstr(text + 1, word))
			return text + 1;
	}
	return NULL;
}

static void check_log(const char *wanted)
{
	const char *got = log_next("beeper:");

	check(got && !strcmp(got, wanted), "logged: %s", wanted);
	if (!got || strcmp(got, wanted))
		printf("# got: %s\n", got ? got : "nothing");
}

/* ---- Writers. ---- */

static int put(int fd, const char *text)
{
	return write(fd, text, strlen(text));
}

/* Writes TEXT from an open to a close, and returns how long that took. */
static long play(const char *text)
{
	long start = now_ms();
	int fd = open(DEVICE, O_WRONLY);

	put(fd, text);
	close(fd);
	return now_ms() - start;
}

static pid_t play_in_child(const char *text, int times)
{
	pid_t pid = fork();
	int fd;

	if (pid)
		return pid;
	fd = open(DEVICE, O_WRONLY);
	while (times--)
		if (put(fd, text) < 0)
			_exit(errno);
	_exit(close(fd) < 0 ? errno : 0);
}

static void check_silent(const char *when)
{
	long took = play("p1000\n");

	check(took < PRESENT, "%s: nothing is being played", when);
}

/* ---- The tests. ---- */

static void hello_says_hello(void)
{
	static const char *const lines[] = { "hello: init", "hello: hello from C", "hello: exit" };

	log_mark();
	check(insert("hello") == 0 && take_out("hello") == 0, "hello goes in and out");
	for (int i = 0; i < 3; i++) {
		const char *got = log_next("hello: ");

		/* The kernel's own remarks about a module of no signature come first. */
		while (got && (strstr(got, "taint") || strstr(got, "verification")))
			got = log_next("hello: ");
		check(got && !strcmp(got, lines[i]), "hello logs: %s", lines[i]);
	}
}

static void plays_as_long_as_it_says(void)
{
	long took = play("t440 1000000\n");

	check(took >= 1000 && took < 1000 + PRESENT, "a tone of a second takes a second (%ld ms)",
	      took);
	took = play("p300000\n");
	check(took >= 300 && took < 300 + PRESENT, "a pause of 300 ms takes that (%ld ms)", took);
	took = play("mthe quick brown fox, 0123456789\n");
	check(took > 10000, "Morse code is sent (%ld ms)", took);
	sleep_ms(500);
}

static void refuses_bad_lines(void)
{
	int fd = open(DEVICE, O_WRONLY);

	log_mark();
	check(put(fd, "t44x 1000\n") < 0 && errno == EINVAL, "a bad line: EINVAL");
	check_log("beeper: column 4: expected a space and a duration: t44x 1000");
	check(put(fd, "p1\np2\nbad\np3\n") == 6,
	      "good lines before a bad one are taken, and no more");
	check(put(fd, "bad\np3\n") < 0 && errno == EINVAL, "and the bad one is reported next");
	check_log("beeper: column 1: expected t, m or p: bad");
	check(put(fd, "p1\n") == 3, "a good line goes on");
	check(!log_next("beeper:"), "and nothing else was logged");
	check(close(fd) == 0, "close succeeds");
	fd = open(DEVICE, O_WRONLY);
	check(syscall(SYS_write, fd, 16, 10) < 0 && errno == EFAULT, "a bad address: EFAULT");
	close(fd);
}

static void two_writers_take_turns(void)
{
	long start = now_ms(), took;
	pid_t a = play_in_child("t1000 10000\n", 10), b = play_in_child("t2000 10000\n", 10);
	int status_a, status_b;

	waitpid(a, &status_a, 0);
	waitpid(b, &status_b, 0);
	took = now_ms() - start;
	check(status_a == 0 && status_b == 0, "two writers both finish");
	check(took >= 200 && took < 200 + 2 * PRESENT, "after the time of both together (%ld ms)",
	      took);
}

static void a_signal_stops_the_sound(int signal, const char *name, int times)
{
	pid_t pid = play_in_child("t100 60000000\n", times);
	long start;
	int status;

	sleep_ms(100);
	start = now_ms();
	kill(pid, signal);
	waitpid(pid, &status, 0);
	check(WIFSIGNALED(status) && WTERMSIG(status) == signal, "%s ends a writer of %d lines",
	      name, times);
	check(now_ms() - start < PRESENT, "and does so at once");
	check_silent(name);
}

static void non_blocking_writers_never_wait(void)
{
	int fd = open(DEVICE, O_WRONLY | O_NONBLOCK), taken = 0, rc;
	struct pollfd p = { .fd = fd, .events = POLLOUT };
	long start = now_ms();

	while ((rc = put(fd, "p20000\n")) == 7)
		taken++;
	/* The text of the line that has no room was taken, its newline was not. */
	check(rc == 6 && put(fd, "\n") < 0 && errno == EAGAIN,
	      "a full queue: EAGAIN, after %d lines", taken);
	check(taken > 100, "the queue holds more than a hundred lines");
	check(poll(&p, 1, 0) == 0, "poll says: not writable");
	check(poll(&p, 1, 1000) == 1 && p.revents == POLLOUT, "poll waits until it is");
	check(now_ms() - start >= 20, "which was when the first line was over");
	check(put(fd, "\n") == 1, "and then there is room");
	start = now_ms();
	close(fd);
	check(now_ms() - start < PRESENT, "close does not wait");
	start = now_ms();
	check(take_out("beeper") == 0 && now_ms() - start < PRESENT, "rmmod during play, at once");
	check(insert("beeper") == 0, "and in again");
	check_silent("after rmmod during play");
}

static void a_blocking_writer_waits_for_room(void)
{
	int fd = open(DEVICE, O_WRONLY);
	long start = now_ms();

	for (int i = 0; i < 600; i++)
		put(fd, "p1000\n");
	check(now_ms() - start > 50, "600 lines do not go in at once");
	check(fsync(fd) == 0 && now_ms() - start >= 600, "fsync waits for all of them");
	close(fd);
}

static void an_open_device_keeps_its_module(void)
{
	int fd = open(DEVICE, O_WRONLY);

	check(take_out("beeper") < 0 && errno == EWOULDBLOCK, "rmmod of an open device: busy");
	close(fd);
}

static void set_bound(const char *file)
{
	int fd = open(file, O_WRONLY);

	if (fd < 0 || put(fd, "ferry-beeper") < 0)
		check(false, "%s: %s", file, strerror(errno));
	close(fd);
}

static void unbinding_stops_a_writer(void)
{
	pid_t pid = play_in_child("t100 60000000\n", 600);
	int status, fd = open(DEVICE, O_WRONLY);
	struct pollfd p = { .fd = fd, .events = POLLOUT };
	long start;

	sleep_ms(100);
	start = now_ms();
	set_bound("/sys/bus/platform/drivers/beeper/unbind");
	waitpid(pid, &status, 0);
	check(WIFEXITED(status) && WEXITSTATUS(status) == ENODEV,
	      "a writer whose device goes: ENODEV");
	check(now_ms() - start < PRESENT, "at once");
	check(access(DEVICE, F_OK) < 0, "the device node is gone");
	check(put(fd, "p1\n") < 0 && errno == ENODEV, "so says a file that is still open");
	check(poll(&p, 1, 0) == 1 && (p.revents & POLLHUP), "poll says: hung up");
	close(fd);
	set_bound("/sys/bus/platform/drivers/beeper/bind");
	check_silent("after unbind and bind");
}

static void goes_in_and_out_a_hundred_times(void)
{
	int good = 0;

	for (int i = 0; i < 100; i++)
		good += take_out("beeper") == 0 && insert("beeper") == 0;
	check(good == 100, "rmmod and insmod 100 times (%d)", good);
	good = 0;
	for (int i = 0; i < 100; i++)
		good += insert("hello") == 0 && take_out("hello") == 0;
	check(good == 100, "and hello (%d)", good);
}

/* Nothing since the boot that a kernel developer would worry about. */
static void the_kernel_has_nothing_to_complain_of(void)
{
	static const char *const words[] = { "WARNING", "BUG",	     "Oops", "possible recursive",
					     "leak",	"Call trace" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		const char *got;

		kmsg = open("/dev/kmsg", O_RDONLY | O_NONBLOCK);
		got = log_next(words[i]);
		check(!got, "no '%s' in the log", words[i]);
		close(kmsg);
		kmsg = -1;
	}
}

int main(void)
{
	hello_says_hello();
	log_mark();
	check(insert("beeper") == 0, "beeper goes in");
	check_log("beeper: ready: 20 words per minute at 700 Hz");
	plays_as_long_as_it_says();
	printf("# the recorder's part is over\n");
	refuses_bad_lines();
	two_writers_take_turns();
	a_signal_stops_the_sound(SIGTERM, "SIGTERM", 1);
	a_signal_stops_the_sound(SIGINT, "SIGINT", 600);
	a_signal_stops_the_sound(SIGKILL, "SIGKILL", 600);
	non_blocking_writers_never_wait();
	a_blocking_writer_waits_for_room();
	an_open_device_keeps_its_module();
	unbinding_stops_a_writer();
	goes_in_and_out_a_hundred_times();
	the_kernel_has_nothing_to_complain_of();
	printf("# done\n");
	return 0;
}
