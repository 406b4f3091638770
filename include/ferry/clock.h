/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * A device's clocks, which others make: got by name, enabled, and asked for their rate. Linux has
 * them from its clock framework; the bare port from the board's table, or where the devicetree has
 * a "fixed-clock"; a test gives a device some.
 */
#ifndef FERRY_CLOCK_H
#define FERRY_CLOCK_H

#include <ferry/driver.h>

struct fy_clock; /* by the port; part of the driver's state */

/*
 * Gets the device's clock NAME, one of its `clock-names`; NULL: its first one. It goes with the
 * device. Returns 0; FY_ERR_NOT_FOUND: it has none of that name, and *CLOCK is all zero;
 * FY_ERR_DEFER: its provider is not there yet; FY_ERR_NO_MEMORY. Context: thread, from probe.
 */
static inline int fy_clock_get(struct fy_device *dev, const char *name, struct fy_clock *clock);
/*
 * Enables the clock, and disables it, as often as it was enabled. Harmless on a clock that the
 * device does not have (all zero). fy_clock_enable() returns 0 or the provider's error. Context:
 * thread.
 */
static inline int fy_clock_enable(struct fy_clock *clock);
static inline void fy_clock_disable(struct fy_clock *clock);
/* Its rate in Hz; 0: it is not known, or the device has no such clock. Context: thread. */
static inline uint32_t fy_clock_rate(const struct fy_clock *clock);
/*
 * Sets the rate to HZ, or what the provider has nearest to it: fy_clock_rate() tells. Returns 0 or
 * FY_ERR_UNSUPPORTED: it has a fixed rate, which is another. Context: thread.
 */
static inline int fy_clock_set_rate(struct fy_clock *clock, uint32_t hz);

#include <ferry/port/clock.h>

#endif
