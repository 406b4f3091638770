// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* The clock: the board's, and how long it has been since the start. */
#include <ferry/time.h>

#include "core.h"

static uint64_t started_at;

uint64_t bare_now_ns(void)
{
	return bare_board.time_ns();
}

uint64_t bare_uptime_ns(void)
{
	return bare_board.time_ns() - started_at;
}

void bare_clock_init(void)
{
	started_at = bare_board.time_ns();
}
