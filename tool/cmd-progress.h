/* SPDX-License-Identifier: GPL-2.0-only */
/* What commands draw while a library works: a bar on the terminal. */
#ifndef TOOL_CMD_PROGRESS_H
#define TOOL_CMD_PROGRESS_H

#include <stdint.h>

#include "base/progress.h"

/*
 * A sink that draws on standard error when that is a terminal: phase, bar, bytes, elapsed time,
 * speed.
 */
struct progress_bar {
	struct progress sink;
	int tty;
	int drawn;
	int64_t start_ns;
	int64_t last_ns;
};

void progress_bar_init(struct progress_bar *bar);
/* Wipes the line, so that a message can be printed. */
void progress_bar_clear(struct progress_bar *bar);

#endif
