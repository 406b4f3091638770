/* SPDX-License-Identifier: GPL-2.0-only */
/* A script at the console of a board: hands over between script-run.h and run.h. */
#ifndef LIB_BOOT_SCRIPT_DRIVE_H
#define LIB_BOOT_SCRIPT_DRIVE_H

#include "boot/run.h"
#include "boot/script-run.h"

/*
 * Starts SCRIPT for a board that is about to run; as script_run_start() otherwise. The board must
 * have been told to record the pins that the script waits for.
 */
int script_drive_start(struct script_run *run, const struct script *script, struct boot *boot,
		       int64_t now, struct error *err);
/*
 * Has the script do what it can at the time NOW, after a step of BOOT: reads what the board said,
 * types, presses the power button. EVENTS is NULL when there was no step. Returns 0, or -1 when out
 * of memory.
 */
int script_drive(struct script_run *run, struct boot *boot, const struct boot_events *events,
		 int64_t now);
/* How long the next step may take before the script wants to be asked, in milliseconds. */
int script_drive_timeout(const struct script_run *run, int64_t now);

#endif
