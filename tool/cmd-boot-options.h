/* SPDX-License-Identifier: GPL-2.0-only */
/* The command line of `ferry boot`. */
#ifndef TOOL_CMD_BOOT_OPTIONS_H
#define TOOL_CMD_BOOT_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "boot/run.h"

struct boot_arguments {
	struct boot_options boot; /* but for the pins that a script waits for */
	const char *script, *log, *junit, *record, *dtb_out;
	uint64_t pins; /* to show, or to record; 0: all or none */
	bool print, quiet;
};

/* Returns 0; -1 for wrong use, having said what; 1 when --help was asked for and given. */
int boot_options_parse(struct boot_arguments *arguments, int argc, char **argv);
/* Frees what it holds, in any case. */
void boot_options_free(struct boot_arguments *arguments);

#endif
