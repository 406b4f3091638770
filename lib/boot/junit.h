/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A script's outcome as JUnit XML, as continuous integration servers read it: a test case for each
 * line that waits.
 */
#ifndef LIB_BOOT_JUNIT_H
#define LIB_BOOT_JUNIT_H

#include "boot/script-run.h"

/*
 * The report of a run that ended. CLASS names where it ran (the board), CONSOLE is what the console
 * said last, or NULL. The caller frees it; NULL when out of memory. Bytes that XML cannot hold show
 * up as \xNN.
 */
char *junit_report(const struct script_run *run, const char *class, const char *console);

#endif
