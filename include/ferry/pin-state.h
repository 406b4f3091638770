/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * States of the pins that carry a device's signals, by name: "default", "sleep". Linux has them
 * from its pin controllers (`pinctrl-names`), and sets "default" before probe; the bare port from
 * the board's table; a test gives a device some.
 */
#ifndef FERRY_PIN_STATE_H
#define FERRY_PIN_STATE_H

#include <ferry/driver.h>

struct fy_pin_state; /* by the port; part of the driver's state */

/*
 * Gets the state NAME of the device's pins, and does not set it. It goes with the device. Returns
 * 0; FY_ERR_NOT_FOUND: there is none of that name, and *STATE is all zero; FY_ERR_DEFER;
 * FY_ERR_NO_MEMORY. Context: thread, from probe.
 */
static inline int fy_pin_state_get(struct fy_device *dev, const char *name,
				   struct fy_pin_state *state);
/*
 * Puts the pins into the state. Harmless on a state that there is not (all zero). Returns 0 or the
 * provider's error. Context: thread.
 */
static inline int fy_pin_state_set(struct fy_pin_state *state);

#include <ferry/port/pin-state.h>

#endif
