/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * A device's supplies: got by name, enabled, and asked for their voltage. Linux has them from its
 * regulators; the bare port from the board's table, or where the devicetree has a
 * "regulator-fixed"; a test gives a device some.
 */
#ifndef FERRY_REGULATOR_H
#define FERRY_REGULATOR_H

#include <ferry/driver.h>

struct fy_regulator; /* by the port; part of the driver's state */

/*
 * Gets the device's supply NAME, which its property NAME-supply names. It goes with the device.
 * Returns 0; FY_ERR_NOT_FOUND: it has none of that name, and *REGULATOR is all zero; FY_ERR_DEFER;
 * FY_ERR_NO_MEMORY. Context: thread, from probe.
 */
static inline int fy_regulator_get(struct fy_device *dev, const char *name,
				   struct fy_regulator *regulator);
/*
 * Turns the supply on, and off, as often as it was turned on. Harmless on a supply that the device
 * does not have (all zero). fy_regulator_enable() returns 0 or the provider's error. Context:
 * thread.
 */
static inline int fy_regulator_enable(struct fy_regulator *regulator);
static inline void fy_regulator_disable(struct fy_regulator *regulator);
/* Its voltage in microvolts; 0: it is not known, or there is none. Context: thread. */
static inline uint32_t fy_regulator_voltage(const struct fy_regulator *regulator);
/*
 * Sets the voltage to one from MIN to MAX microvolts. Returns 0 or FY_ERR_UNSUPPORTED: it is fixed
 * at another one. Context: thread.
 */
static inline int fy_regulator_set_voltage(struct fy_regulator *regulator, uint32_t min,
					   uint32_t max);

#include <ferry/port/regulator.h>

#endif
