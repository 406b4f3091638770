/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Class watchdog: a timer that resets the machine unless it is set back in time. Linux has it as
 * /dev/watchdogN.
 */
#ifndef FERRY_WATCHDOG_H
#define FERRY_WATCHDOG_H

#include <ferry/driver.h>

struct fy_watchdog; /* by the port; part of the driver's state */

/* What a driver offers. Ops are not called twice at a time, and may wait. Context: thread. */
struct fy_watchdog_ops {
	uint32_t longest_ms; /* that the device can wait, at least 1 */
	/*
	 * Starts it, or sets it back: the machine is reset MS milliseconds from now, 1 to
	 * `longest_ms`, or a little later. Returns 0 or an error of the device's.
	 */
	int (*start)(struct fy_device *dev, uint32_t ms);
	/* Stops it. FY_ERR_UNSUPPORTED: once started, it cannot be. */
	int (*stop)(struct fy_device *dev);
	/* How long it will wait, in ms; 0: it does not run. NULL: the device does not tell. */
	int (*left)(struct fy_device *dev, uint32_t *ms);
};

/*
 * Offers the watchdog. RUNS: somebody before us has started it; it goes on, and the port sets it
 * back until somebody takes care of it. WAS_RESET: it has caused the last reset. Returns 0,
 * FY_ERR_INVALID, FY_ERR_NO_MEMORY or FY_ERR_UNSUPPORTED. Context: thread, from probe.
 */
static inline int fy_watchdog_offer(struct fy_device *dev, struct fy_watchdog *watchdog,
				    const struct fy_watchdog_ops *ops, bool runs, bool was_reset);
/*
 * Withdraws it: after it returns no op runs or is called. It goes on if it runs. Context: thread.
 */
static inline void fy_watchdog_withdraw(struct fy_watchdog *watchdog);

#include <ferry/port/watchdog.h>

#endif
