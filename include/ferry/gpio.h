/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Class gpio, as a consumer: using a pin. Levels are logical: 1 is "active", which a board may wire as low. (Offering a
 * controller comes with the bare port.)
 */
#ifndef FERRY_GPIO_H
#define FERRY_GPIO_H

#include <ferry/driver.h>

struct fy_gpio;			/* a pin in use; by the port; part of the driver's state */

enum fy_gpio_mode {
	FY_GPIO_IN,
	FY_GPIO_OUT_LOW,	/* output, inactive at first */
	FY_GPIO_OUT_HIGH,	/* output, active at first */
};

/*
 * Takes the pin that the device's property FUNCTION-gpios names ("speaker" for `speaker-gpios`). Returns 0, or
 * FY_ERR_NOT_FOUND when there is no such property, FY_ERR_DEFER when its controller is not there yet, FY_ERR_BUSY when
 * somebody else has the pin, FY_ERR_UNSUPPORTED when setting the pin would have to wait (a pin behind a slow bus).
 * Context: thread.
 */
static inline int fy_gpio_request(struct fy_device *dev, const char *function, enum fy_gpio_mode mode,
				  struct fy_gpio *pin);
/* Gives the pin back; an output stays as it is. Harmless on a pin that was never taken (all zero). Context: thread. */
static inline void fy_gpio_release(struct fy_gpio *pin);
/* Sets an output: 0 inactive, 1 active. Context: any. */
static inline void fy_gpio_set(const struct fy_gpio *pin, int level);
/* The level of the pin, 0 or 1. Context: any. */
static inline int fy_gpio_get(const struct fy_gpio *pin);

#include <ferry/port/gpio.h>

#endif
