// SPDX-License-Identifier: GPL-2.0-only
/* QEMU as a child process: see qemu.h. */
#include "boot/qemu.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/array.h"

/* A command line that grows; FAILED stays set once memory ran out. */
struct arguments {
	char **argv;
	size_t count;
	bool failed;
};

static void __attribute__((format(printf, 2, 3))) add(struct arguments *args, const char *fmt, ...)
{
	char **added = ARRAY_ADD(args->argv, args->count);
	va_list ap;

	if (!added) {
		args->failed = true;
		return;
	}
	va_start(ap, fmt);
	if (vasprintf(added, fmt, ap) < 0) {
		*added = NULL;
		args->failed = true;
	}
	va_end(ap);
}

/* Ends it by the NULL that execvp(3) wants. */
static void add_end(struct arguments *args)
{
	if (!ARRAY_ADD(args->argv, args->count))
		args->failed = true;
}

static void add_pair(struct arguments *args, const char *option, const char *value)
{
	if (!value)
		return;
	add(args, "%s", option);
	add(args, "%s", value);
}

static void free_arguments(struct arguments *args)
{
	for (size_t i = 0; i < args->count; i++)
		free(args->argv[i]);
	free(args->argv);
}

static void add_common(struct arguments *args, const struct qemu_options *options)
{
	add(args, "%s", options->program);
	add(args, "-no-user-config");
	add(args, "-nodefaults");
	add_pair(args, "-M", options->board->machine);
	add_pair(args, "-cpu", options->board->cpu);
	if (!options->board->firmware) {
		add(args, "-smp");
		add(args, "%d", options->board->cpus);
	}
	if (options->one_core)
		add_pair(args, "-global", options->board->one_core);
	add_pair(args, "-display", "none");
	add_pair(args, "-kernel", options->kernel);
	add_pair(args, "-dtb", options->dtb);
	add_pair(args, "-initrd", options->initrd);
	add_pair(args, "-append", options->cmdline);
	add_pair(args, "-drive", options->drive);
	add_pair(args, "-drive", options->vmstate);
	add_pair(args, "-plugin", options->plugin);
	if (options->icount_shift >= 0) {
		add(args, "-icount");
		add(args, "shift=%d,sleep=%s", options->icount_shift,
		    options->icount_sleep ? "on" : "off");
		/* The guest's random numbers would make runs differ. */
		add_pair(args, "-seed", "1");
	}
	if (!options->restart)
		add(args, "-no-reboot");
}

static void add_extra(struct arguments *args, const struct qemu_options *options)
{
	for (size_t i = 0; i < options->device_count; i++)
		add_pair(args, "-device", options->devices[i]);
	for (char *const *extra = options->extra; extra && *extra; extra++)
		add(args, "%s", *extra);
}

static void add_serial(struct arguments *args, const struct qemu_options *options,
		       const char *backend)
{
	for (int i = 0; i < options->board->serial_index; i++)
		add_pair(args, "-serial", "null");
	add_pair(args, "-serial", backend);
}

static void add_socket(struct arguments *args, const char *id, int fd)
{
	add(args, "-chardev");
	add(args, "socket,id=%s,fd=%d", id, fd);
}

static bool needs_quotes(const char *text)
{
	return !*text ||
	       strspn(text,
		      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789%+,-./:=@_") !=
		       strlen(text);
}

static void print_word(FILE *f, const char *text)
{
	if (!needs_quotes(text)) {
		fputs(text, f);
		return;
	}
	fputc('\'', f);
	for (; *text; text++)
		if (*text == '\'')
			fputs("'\\''", f);
		else
			fputc(*text, f);
	fputc('\'', f);
}

int qemu_print(FILE *f, const struct qemu_options *options, struct error *err)
{
	struct arguments args = { 0 };
	int rc = 0;

	add_common(&args, options);
	add_serial(&args, options, "mon:stdio");
	add_extra(&args, options);
	if (args.failed)
		rc = error_set(err, "out of memory");
	for (size_t i = 0; !rc && i < args.count; i++) {
		if (i)
			fputc(' ', f);
		print_word(f, args.argv[i]);
	}
	if (!rc)
		fputc('\n', f);
	free_arguments(&args);
	return rc;
}

static void keep_over_exec(int fd)
{
	fcntl(fd, F_SETFD, fcntl(fd, F_GETFD) & ~FD_CLOEXEC);
}

/* The ends of the connections to QEMU, and the pipe by which a failing exec is told. */
struct wires {
	int console[2], qmp[2], registers[2], messages[2], fault[2];
};

/* What the child does. It never returns; what went wrong goes into the pipe FAULT as an errno. */
static void __attribute__((noreturn)) become_qemu(char **argv, const struct qemu_options *options,
						  pid_t parent, const struct wires *wires)
{
	int null = open("/dev/null", O_RDONLY), messages = wires->messages[1], cause;
	sigset_t none;

	/* Dies with its parent, which may be dead already. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);
	setpgid(0, 0);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	if (null >= 0 && dup2(null, STDIN_FILENO) >= 0 && dup2(messages, STDOUT_FILENO) >= 0 &&
	    dup2(messages, STDERR_FILENO) >= 0) {
		keep_over_exec(wires->console[1]);
		keep_over_exec(wires->qmp[1]);
		if (wires->registers[1] >= 0)
			keep_over_exec(wires->registers[1]);
		for (const int *fd = options->inherit; fd && *fd >= 0; fd++)
			keep_over_exec(*fd);
		execvp(argv[0], argv);
	}
	cause = errno;
	if (write(wires->fault[1], &cause, sizeof(cause)) < 0)
		_exit(126);
	_exit(127);
}

/* Waits until the child became QEMU or could not. Returns 0 or the errno of its failure. */
static int wait_for_exec(int fault)
{
	int cause = 0;
	ssize_t n;

	do
		n = read(fault, &cause, sizeof(cause));
	while (n < 0 && errno == EINTR);
	return n == (ssize_t)sizeof(cause) ? cause : 0;
}

static void close_pair(int fd[2])
{
	for (int i = 0; i < 2; i++)
		if (fd[i] >= 0)
			close(fd[i]);
}

static int open_wires(struct wires *wires, const struct qemu_options *options, struct error *err)
{
	*wires = (struct wires){ { -1, -1 }, { -1, -1 }, { -1, -1 }, { -1, -1 }, { -1, -1 } };
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, wires->console) < 0 ||
	    socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, wires->qmp) < 0 ||
	    (options->registers &&
	     socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, wires->registers) < 0) ||
	    pipe2(wires->messages, O_CLOEXEC) < 0 || pipe2(wires->fault, O_CLOEXEC) < 0)
		return error_errno(err, "cannot make a connection for QEMU");
	fcntl(wires->console[0], F_SETFL, O_NONBLOCK);
	fcntl(wires->qmp[0], F_SETFL, O_NONBLOCK);
	if (options->registers)
		fcntl(wires->registers[0], F_SETFL, O_NONBLOCK);
	fcntl(wires->messages[0], F_SETFL, O_NONBLOCK);
	return 0;
}

static int build_arguments(struct arguments *args, const struct qemu_options *options,
			   const struct wires *wires, struct error *err)
{
	add_common(args, options);
	add_socket(args, "console", wires->console[1]);
	add_serial(args, options, "chardev:console");
	add_socket(args, "control", wires->qmp[1]);
	add_pair(args, "-mon", "chardev=control,mode=control");
	if (options->registers) {
		add_socket(args, "registers", wires->registers[1]);
		add_pair(args, "-qtest", "chardev:registers");
		add_pair(args, "-qtest-log", "none");
		/* Beside the emulated processor, not in its place. */
		add_pair(args, "-accel", "tcg");
	}
	add_extra(args, options);
	add_end(args);
	return args->failed ? error_set(err, "out of memory") : 0;
}

static int launch(struct qemu *qemu, const struct qemu_options *options, struct wires *wires,
		  char **argv, struct error *err)
{
	pid_t parent = getpid(), pid = fork();
	int cause;

	if (pid < 0)
		return error_errno(err, "cannot start a process");
	if (pid == 0)
		become_qemu(argv, options, parent, wires);
	setpgid(pid, pid);
	close(wires->fault[1]);
	wires->fault[1] = -1;
	cause = wait_for_exec(wires->fault[0]);
	if (cause) {
		waitpid(pid, NULL, 0);
		errno = cause;
		error_errno(err, "%s: cannot run it", options->program);
		return cause == ENOENT ? error_set(err,
						   "%s: not found; install QEMU %d or newer (`make "
						   "setup`), or name it with --qemu",
						   options->program, QEMU_OLDEST) :
					 -1;
	}
	qemu->pid = pid;
	return 0;
}

int qemu_start(struct qemu *qemu, const struct qemu_options *options, struct error *err)
{
	struct arguments args = { 0 };
	struct wires wires;
	int rc = -1;

	*qemu = QEMU_NONE;
	if (open_wires(&wires, options, err) < 0 ||
	    build_arguments(&args, options, &wires, err) < 0 ||
	    launch(qemu, options, &wires, args.argv, err) < 0)
		goto out;
	qemu->console = wires.console[0];
	qemu->qmp = wires.qmp[0];
	qemu->registers = wires.registers[0];
	qemu->messages = wires.messages[0];
	wires.console[0] = wires.qmp[0] = wires.registers[0] = wires.messages[0] = -1;
	rc = 0;
out:
	close_pair(wires.console);
	close_pair(wires.qmp);
	close_pair(wires.registers);
	close_pair(wires.messages);
	close_pair(wires.fault);
	free_arguments(&args);
	return rc;
}

int qemu_reap(struct qemu *qemu, int *status)
{
	siginfo_t info = { 0 };

	if (!qemu->pid || waitid(P_PID, (id_t)qemu->pid, &info, WEXITED | WNOHANG | WNOWAIT) < 0 ||
	    !info.si_pid)
		return 0;
	/*
	 * First what else is in its group, as when the program is a shell script: until it is
	 * waited for, its id is its own.
	 */
	kill(-qemu->pid, SIGKILL);
	waitpid(qemu->pid, status, 0);
	qemu->pid = 0;
	return 1;
}

void qemu_free(struct qemu *qemu)
{
	if (qemu->pid) {
		kill(-qemu->pid, SIGKILL);
		waitpid(qemu->pid, NULL, 0);
	}
	if (qemu->console >= 0)
		close(qemu->console);
	if (qemu->qmp >= 0)
		close(qemu->qmp);
	if (qemu->registers >= 0)
		close(qemu->registers);
	if (qemu->messages >= 0)
		close(qemu->messages);
	*qemu = QEMU_NONE;
}
