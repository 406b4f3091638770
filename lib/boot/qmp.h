/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * QEMU's control channel: JSON objects, one a line (QEMU's docs/interop/qmp-spec). Bytes go in, a
 * small state comes out; no I/O here but the sending of commands.
 */
#ifndef LIB_BOOT_QMP_H
#define LIB_BOOT_QMP_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/strbuf.h"

#define QMP_LINE_MAX (1u << 20)

struct qmp {
	struct strbuf line; /* the unfinished one */
	int major, minor;   /* QEMU's version, 0 before the greeting */
	bool ready;	    /* takes commands */
	int resets;	    /* how often the guest restarted the board */
	char shutdown[64];  /* why the board stopped ("guest-shutdown"), "" while it runs */
	bool by_guest;	    /* the guest asked for it */
	/* an error that QEMU reported since it was last cleared, "": none */
	char trouble[160];
	int asked;	   /* the number of the last qmp_ask() */
	bool replied;	   /* to that */
	json_t *reply;	   /* what it returned; NULL: it was refused, */
	char refusal[300]; /* for this reason */
};

/* Takes what came. Returns 0, or -1 with ERR set when it is not QMP. */
int qmp_feed(struct qmp *qmp, const char *bytes, size_t len, struct error *err);
/* Sends a command without arguments on the channel FD. Returns 0, or -1 when QEMU is gone. */
int qmp_send(int fd, const char *command);
/*
 * Sends a command, after the answer to the one before, and awaits its answer: REPLIED becomes true
 * once qmp_feed() has seen it. ARGUMENTS may be NULL; they are given away. Returns as qmp_send().
 */
int qmp_ask(struct qmp *qmp, int fd, const char *command, json_t *arguments);
void qmp_free(struct qmp *qmp);

#endif
