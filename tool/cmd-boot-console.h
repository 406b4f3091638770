/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The console of `ferry boot`, until the board has ended: moves bytes between the board, the user's
 * terminal, the script and the log.
 */
#ifndef TOOL_CMD_BOOT_CONSOLE_H
#define TOOL_CMD_BOOT_CONSOLE_H

#include "boot/run.h"
#include "boot/script-run.h"

struct console_options {
	const struct script *script; /* or NULL: the user is at the console */
	struct script_run *run;	     /* of the script; the caller's to free */
	/* descriptors; -1 for none. IN is made raw when it is a terminal */
	int in, out, log;
	bool quiet; /* no notices */
};

/* Prints a line for the user on standard error, raw terminal or not. */
void console_note(const char *text);
/* Prints the notices of BOOT, and empties their list. */
void console_notices(struct boot *boot, bool quiet);

/*
 * Starts QEMU and runs the board until it is switched off, the user leaves or the script is done.
 * Returns 0 when that is as it should be, or -1 with ERR set: the script failed, QEMU failed, a
 * signal came. The terminal and the signals are as they were in any case.
 */
int console_run(struct boot *boot, const struct console_options *options, struct error *err);

#endif
