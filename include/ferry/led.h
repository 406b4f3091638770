/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Class led: a light that can be set, and that may blink by itself. Linux has it in its class leds,
 * with triggers.
 */
#ifndef FERRY_LED_H
#define FERRY_LED_H

#include <ferry/driver.h>

struct fy_led; /* by the port; part of the driver's state; one for each light */

struct fy_led_ops {
	/*
	 * Sets the LED number INDEX to BRIGHTNESS, 0 (off) to its highest; it stops blinking.
	 * Returns 0 or an error of the device's. Context: any; with `may_wait`: thread.
	 */
	int (*set)(struct fy_device *dev, unsigned index, unsigned brightness);
	/*
	 * Has the LED blink by itself, *ON_MS on and *OFF_MS off; both 0: as the device likes.
	 * Stores what times it really has. FY_ERR_UNSUPPORTED: it cannot do that; the port then
	 * blinks by `set`. NULL: none can. Context: as `set`.
	 */
	int (*blink)(struct fy_device *dev, unsigned index, uint32_t *on_ms, uint32_t *off_ms);
	bool may_wait; /* the ops do: the LEDs are behind a bus */
};

/*
 * Offers the LED INDEX, a number of the driver's, as NAME, which stays valid ("status"; NULL: the
 * device's), with brightness up to HIGHEST, at least 1. It is off. Returns 0, FY_ERR_BUSY when the
 * name is taken, FY_ERR_INVALID, FY_ERR_NO_MEMORY or FY_ERR_UNSUPPORTED. Context: thread, from
 * probe.
 */
static inline int fy_led_offer(struct fy_device *dev, struct fy_led *led, unsigned index,
			       const char *name, unsigned highest, const struct fy_led_ops *ops);
/* Withdraws it, off: after it returns no op runs or is called for it. Context: thread. */
static inline void fy_led_withdraw(struct fy_led *led);

#include <ferry/port/led.h>

#endif
