/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A board at work: moves bytes between QEMU's console, the user, the log and the script, until one
 * of them ends it. One poll loop; the decisions are the script's (script-run.h).
 */
#ifndef LIB_BOOT_SESSION_H
#define LIB_BOOT_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "boot/console.h"
#include "boot/qemu.h"
#include "boot/script-run.h"

struct session_options {
	const struct qemu_options *qemu;
	const struct script *script; /* or NULL: the user is at the console */
	script_edges_fn edges;	     /* or NULL */
	void *edges_arg;
	/* descriptors; -1 for none. IN is made raw when it is a terminal */
	int in, out, log;
	void (*note)(const char *text); /* tells the user something, a line */
};

struct session {
	struct script_run run;	     /* of a script */
	struct console_tail console; /* what the board said last */
	bool answered;		     /* QEMU came up: the board ran */
};

/*
 * Runs QEMU until the board is switched off, the user leaves or the script is done. Returns 0 when
 * that is as it should be, or -1 with ERR set: the script failed, QEMU failed, a signal came. QEMU
 * has ended in any case, and the terminal is as it was. SESSION is the caller's to free.
 */
int session_run(struct session *session, const struct session_options *options, struct error *err);
void session_free(struct session *session);

#endif
