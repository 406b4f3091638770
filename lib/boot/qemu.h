/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * QEMU as a child process: its command line, its start, its end. It lives in a process group of its
 * own, dies with us even when we are killed, and talks through descriptors that it inherits:
 * nothing has a name in the file system.
 */
#ifndef LIB_BOOT_QEMU_H
#define LIB_BOOT_QEMU_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

#include "base/error.h"
#include "boot/boards.h"

#define QEMU_OLDEST 9 /* major version */

struct qemu_options {
	const char *program;
	const struct board *board;
	const char *kernel, *dtb, *initrd, *cmdline; /* all but the kernel may be NULL */
	const char *drive;			     /* the value of -drive, or NULL */
	const char *vmstate; /* the same of a disk that no device has, for snapshots; or NULL */
	const char *plugin;  /* the value of -plugin, or NULL */
	int icount_shift;    /* -1: virtual time follows the host's clock */
	bool icount_sleep;   /* idle virtual time takes as long as real time */
	/* the kernel leaves the other cores alone: QEMU need not emulate how they wait */
	bool one_core;
	bool registers;		    /* they are read and written from outside: see registers.h */
	bool restart;		    /* the guest may restart the board */
	const char *const *devices; /* values of -device */
	size_t device_count;
	char *const *extra; /* more arguments, ended by NULL; or NULL */
	const int *inherit; /* descriptors that QEMU needs, ended by -1; or NULL */
};

struct qemu {
	pid_t pid;   /* 0 when it does not run */
	int console; /* sockets, non-blocking */
	int qmp;
	int registers; /* -1 unless they were asked for */
	int messages;  /* what it prints: the reading end of a pipe, non-blocking */
};

#define QEMU_NONE ((struct qemu){ .console = -1, .qmp = -1, .registers = -1, .messages = -1 })

/*
 * Starts it. Returns 0, or -1 with ERR set: the program is not there or cannot be run. What QEMU
 * itself finds wrong shows only later, by its messages and its end.
 */
int qemu_start(struct qemu *qemu, const struct qemu_options *options, struct error *err);
/*
 * Prints the command line as a shell would take it, with the console on standard input and output.
 */
int qemu_print(FILE *f, const struct qemu_options *options, struct error *err);
/*
 * Takes the exit status of a QEMU that ended. Returns 1 with *STATUS set as by waitpid(2), 0 while
 * it still runs.
 */
int qemu_reap(struct qemu *qemu, int *status);
/* Kills what still runs, with all that it started, and closes the descriptors. */
void qemu_free(struct qemu *qemu);

#endif
