/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Class gpio, as a consumer: using a pin. Levels are logical: 1 is "active", which may be low on a
 * board. Drivers that offer the pins of a controller include <ferry/gpio-controller.h>.
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
 * is not there yet, FY_ERR_BUSY when the pin is in use, FY_ERR_UNSUPPORTED when setting the pin can
 * sleep (a pin behind a slow bus).
 * Context: thread.
 */
static inline int fy_gpio_request(struct fy_device *dev, const char *function,
				  enum fy_gpio_mode mode, struct fy_gpio *pin);
/*
 * Releases the pin; an output keeps its level, a watch ends. Harmless on a pin that was never
 * requested (all zero). Context: thread.
 */
static inline void fy_gpio_release(struct fy_gpio *pin);
/* Sets an output: 0 inactive, 1 active. Context: any. */
static inline void fy_gpio_set(const struct fy_gpio *pin, int level);
/* The level of the pin, 0 or 1. Context: any. */
static inline int fy_gpio_get(const struct fy_gpio *pin);

/*
 * Called when a watched pin matches its trigger. For a level it is called again and again until the
 * level is gone, so the handler has to make it go away. Several edges in quick succession may cause
 * one call only: read the level, and do not rely on the number of calls.
 * Context: runs in interrupt context; may not wait.
 */
typedef void fy_gpio_handler(void *arg);

/*
 * Watches the input PIN: calls HANDLER(ARG) when it matches the bits of TRIGGER (enum
 * fy_gpio_trigger, logical). Every controller that has events supports rising, falling and both;
 * levels, and mixes, are optional. Events before the call are not reported.
 * Returns 0; FY_ERR_INVALID: the pin is an output, or TRIGGER is none; FY_ERR_BUSY: it is watched
 * already; FY_ERR_UNSUPPORTED: its controller does not support that. Context: thread.
 */
static inline int fy_gpio_watch(struct fy_gpio *pin, unsigned trigger, fy_gpio_handler *handler,
				void *arg);
/*
 * Ends the watch, and waits for a handler that is running. Harmless on a pin that is not watched.
 * Context: thread.
 */
static inline void fy_gpio_unwatch(struct fy_gpio *pin);

#include <ferry/port/gpio.h>

#endif
