/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A QEMU machine whose processor stands still, whose device registers the test accesses itself
 * (QEMU's qtest protocol: a line for each command, a line for each answer). Differences between a
 * model and QEMU's device show by random accesses to both.
 */
#ifndef TEST_QTEST_H
#define TEST_QTEST_H

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct qtest {
	pid_t pid;
	FILE *in, *out; /* of QEMU */
};

/*
 * Starts QEMU with further options and their values, ended by NULL; fails the test when it does not
 * start.
 */
static inline void qtest_start_with_all(struct qtest *q, const char *qemu, const char *machine,
					const char *const *more)
{
	const char *args[32] = { qemu,	     "-M",	 machine, "-rtc",
				 "clock=vm", "-qtest",	 "stdio", "-qtest-log",
				 "none",     "-display", "none",  "-nodefaults" };
	unsigned count = 12;
	int in[2], out[2];

	while (*more && count < sizeof(args) / sizeof(args[0]) - 1)
		args[count++] = *more++;
	assert_null(*more);

	assert_int_equal(pipe(in), 0);
	assert_int_equal(pipe(out), 0);
	q->pid = fork();
	assert_true(q->pid >= 0);
	if (!q->pid) {
		dup2(in[0], 0);
		dup2(out[1], 1);
		close(in[1]);
		close(out[0]);
		execvp(qemu, (char *const *)args);
		_exit(127);
	}
	close(in[0]);
	close(out[1]);
	q->in = fdopen(in[1], "w");
	q->out = fdopen(out[0], "r");
}

/* With one of them; VALUE may be NULL. */
static inline void qtest_start_with(struct qtest *q, const char *qemu, const char *machine,
				    const char *option, const char *value)
{
	const char *const more[] = { option, value, NULL };

	qtest_start_with_all(q, qemu, machine, more);
}

/* With its processor and its clock stopped. */
static inline void qtest_start(struct qtest *q, const char *qemu, const char *machine)
{
	qtest_start_with(q, qemu, machine, "-S", NULL);
}

static inline void qtest_stop(struct qtest *q)
{
	int status;

	fclose(q->in);
	fclose(q->out);
	kill(q->pid, SIGTERM);
	assert_int_equal(waitpid(q->pid, &status, 0), q->pid);
}

/* Sends a command; returns the number in the answer, 0 when there is none. */
static inline uint32_t __attribute__((format(printf, 2, 3)))
qtest(struct qtest *q, const char *fmt, ...)
{
	char line[256];
	va_list args;

	va_start(args, fmt);
	vfprintf(q->in, fmt, args);
	va_end(args);
	fputc('\n', q->in);
	fflush(q->in);
	assert_non_null(fgets(line, sizeof(line), q->out));
	assert_int_equal(strncmp(line, "OK", 2), 0);
	return (uint32_t)strtoull(line + 2, NULL, 0);
}

static inline uint32_t qtest_read(struct qtest *q, uint32_t address)
{
	return qtest(q, "readl 0x%" PRIx32, address);
}

static inline void qtest_write(struct qtest *q, uint32_t address, uint32_t value)
{
	qtest(q, "writel 0x%" PRIx32 " 0x%" PRIx32, address, value);
}

/* The same sequence each time: a failure can be looked at again. */
static inline uint32_t next_random(void)
{
	static uint64_t state = 1;

	state = state * 6364136223846793005ULL + 1442695040888963407ULL;
	return (uint32_t)(state >> 32);
}

#endif
