/* SPDX-License-Identifier: GPL-2.0-only */
/* What the files of run.h share among themselves, and nobody else has use for. */
#ifndef LIB_BOOT_RUN_WAIT_H
#define LIB_BOOT_RUN_WAIT_H

#include "boot/run.h"

/* The time that belongs to a snapshot's name, and the pins at that time. */
struct boot_mark {
	char *name;
	uint64_t time; /* of the guest, ns */
	struct pins_mark pins;
};

/* The time by which run.c goes, ns. */
int64_t run_now(void);
/*
 * Waits once, until UNTIL at most, and takes what comes: it is collected in BOOT, for the next
 * step. The rest as boot_step().
 */
int run_wait(struct boot *boot, struct boot_events *events, struct pollfd *more, size_t count,
	     int64_t until, struct error *err);

/* Forgets what the board said and no step has told, and what was typed and it did not take yet. */
void run_forget(struct boot *boot);

#endif
