/* SPDX-License-Identifier: GPL-2.0-only */
/* The command line of `ferry boot`. */
#ifndef TOOL_CMD_BOOT_OPTIONS_H
#define TOOL_CMD_BOOT_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

/* What was not asked for goes by the mode: a script at the console, or the user. */
enum choice { BY_MODE, YES, NO };

enum { ICOUNT_AUTO = -2, ICOUNT_OFF = -1, ICOUNT_MOST = 10 };

struct boot_options {
	const char *image, *board, *append, *qemu;
	const char *script, *log, *junit, *record, *dtb_out;
	uint64_t pins; /* to record, or else to show; 0 is all or none */
	enum choice snapshot, restart;
	int icount; /* the shift, or ICOUNT_... */
	bool print, quiet;
	char *const *extra; /* for QEMU, ended by NULL; or NULL */
};

/* Returns 0; -1 for wrong use, having said what; 1 when --help was asked for and given. */
int boot_options_parse(struct boot_options *options, int argc, char **argv);

#endif
