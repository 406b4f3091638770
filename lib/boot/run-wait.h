/* SPDX-License-Identifier: GPL-2.0-only */
/* Waiting for what a board does, for run.c and run-snapshot.c; nobody else has use for it. */
#ifndef LIB_BOOT_RUN_WAIT_H
#define LIB_BOOT_RUN_WAIT_H

#include <poll.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "boot/run-state.h"

/* The time by which a boot goes, ns. */
int64_t run_now(void);
/*
 * Waits once, until UNTIL at most, and takes what comes: it is collected in BOOT, for the next
 * step. The rest as boot_step().
 */
int run_wait(struct boot *boot, struct boot_events *events, struct pollfd *more, size_t count,
	     int64_t until, struct error *err);

/*
 * Ends the run for the reason WHY, unless it is ending already: QEMU is asked to stop, so that it
 * writes the card's last bytes.
 */
void run_end(struct boot *boot, enum boot_end why);
/* Forgets what the board said and no step has told, and what was typed and it did not take yet. */
void run_forget(struct boot *boot);

#endif
