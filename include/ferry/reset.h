/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * A device's reset lines, which another device drives: asserted, the device is held in reset. Linux
 * has them from its reset controllers, the bare port from the board's table; a test gives a device
 * some.
 */
#ifndef FERRY_RESET_H
#define FERRY_RESET_H

#include <ferry/driver.h>

struct fy_reset; /* by the port; part of the driver's state */

/*
 * Gets the device's reset line NAME, one of its `reset-names`; NULL: its first one; unchanged. It
 * goes with the device. Returns 0; FY_ERR_NOT_FOUND: it has none of that name, and *RESET is all
 * zero; FY_ERR_DEFER; FY_ERR_BUSY: another driver has it; FY_ERR_NO_MEMORY. Context: thread, from
 * probe.
 */
static inline int fy_reset_get(struct fy_device *dev, const char *name, struct fy_reset *reset);
/*
 * Holds the device in reset, and lets it go. Harmless on a line that the device does not have (all
 * zero). They return 0 or the provider's error. Context: thread.
 */
static inline int fy_reset_assert(struct fy_reset *reset);
static inline int fy_reset_deassert(struct fy_reset *reset);

#include <ferry/port/reset.h>

#endif
