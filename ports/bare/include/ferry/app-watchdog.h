/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * What an app has of the watchdogs that drivers offer (<ferry/watchdog.h>); the one that the board
 * itself has needs no driver: fy_watchdog() of <ferry/app.h>. NAME is that of the device in the
 * board's table, or fy_name(); NULL: the first one. Calls return 0; FY_ERR_NOT_FOUND: there is
 * none of that name; or what the driver says. Context of all: thread.
 */
#ifndef FERRY_APP_WATCHDOG_H
#define FERRY_APP_WATCHDOG_H

#include <ferry/app.h>
#include <ferry/watchdog.h>

/* ->was_reset: it caused the last reset; ->ops->longest_ms; NULL: there is none. */
struct fy_watchdog *fy_watchdog_find(const char *name);

/* The board is reset in MS milliseconds, unless this is called again. */
static inline int fy_watchdog_start(const char *name, uint32_t ms)
{
	struct fy_watchdog *watchdog = fy_watchdog_find(name);

	return watchdog ? fy_port_watchdog_start(watchdog, ms) : FY_ERR_NOT_FOUND;
}

static inline int fy_watchdog_stop(const char *name)
{
	struct fy_watchdog *watchdog = fy_watchdog_find(name);

	return watchdog ? fy_port_watchdog_stop(watchdog) : FY_ERR_NOT_FOUND;
}

#endif
