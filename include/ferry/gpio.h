/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Class gpio, as a consumer: using a pin. Levels are logical: 1 is "active", which a board may wire
 * as low. Those who offer the pins of a controller include <ferry/gpio-controller.h>.
 */
#ifndef FERRY_GPIO_H
#define FERRY_GPIO_H

#include <ferry/driver.h>
#include <ferry/gpio-trigger.h>

struct fy_gpio; /* a pin in use; by the port; part of the driver's state */

enum fy_gpio_mode {
	FY_GPIO_IN,
	FY_GPIO_OUT_LOW,  /* output, inactive at first */
	FY_GPIO_OUT_HIGH, /* output, active at first */
};

/*
 * Takes the pin that the device's property FUNCTION-gpios names ("speaker" for `speaker-gpios`).
 * Returns 0, or FY_ERR_NOT_FOUND when there is no such property, FY_ERR_DEFER when its controller
 * is not there yet, FY_ERR_BUSY when somebody else has the pin, FY_ERR_UNSUPPORTED when setting the
 * pin would have to wait (a pin behind a slow bus).
 * Context: thread.
 */
static inline int fy_gpio_request(struct fy_device *dev, const char *function,
				  enum fy_gpio_mode mode, struct fy_gpio *pin);
/*
 * Gives the pin back; an output stays as it is, a watch ends. Harmless on a pin that was never
 * taken (all zero). Context: thread.
 */
static inline void fy_gpio_release(struct fy_gpio *pin);
/* Sets an output: 0 inactive, 1 active. Context: any. */
static inline void fy_gpio_set(const struct fy_gpio *pin, int level);
/* The level of the pin, 0 or 1. Context: any. */
static inline int fy_gpio_get(const struct fy_gpio *pin);

/*
 * Called when a pin did what it is watched for. For a level it is called again and again until that
 * level is gone; so it makes it go away. Edges that follow each other fast may be told once: read
 * the level, and do not count on their number.
 * Context: runs in interrupt context; may not wait.
 */
typedef void fy_gpio_handler(void *arg);

/*
 * Has HANDLER(ARG) called when the input PIN does what the bits of TRIGGER say (enum
 * fy_gpio_trigger, logical): rising, falling and both, every controller that has events can do; a
 * level, or a mix, perhaps. What happened before the call is not told.
 * Returns 0; FY_ERR_INVALID: the pin was taken as an output, or TRIGGER is none; FY_ERR_BUSY: it is
 * watched already; FY_ERR_UNSUPPORTED: its controller cannot do that. Context: thread.
 */
static inline int fy_gpio_watch(struct fy_gpio *pin, unsigned trigger, fy_gpio_handler *handler,
				void *arg);
/*
 * Ends that, and waits for a handler that is running. Harmless on a pin that is not watched.
 * Context: thread.
 */
static inline void fy_gpio_unwatch(struct fy_gpio *pin);

#include <ferry/port/gpio.h>

#endif
