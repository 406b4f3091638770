/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Class gpio, as a provider: a driver that offers the pins of a controller. Those who use pins
 * include <ferry/gpio.h>. Levels here are physical: 1 is high. Pins are numbered from 0.
 */
#ifndef FERRY_GPIO_CONTROLLER_H
#define FERRY_GPIO_CONTROLLER_H

#include <ferry/driver.h>
#include <ferry/gpio-trigger.h>

struct fy_gpio_controller; /* by the port; part of the driver's state */

enum fy_gpio_bias {
	FY_GPIO_BIAS_NONE,
	FY_GPIO_BIAS_PULL_UP,
	FY_GPIO_BIAS_PULL_DOWN,
};

/*
 * Registers with which a pin's level is set by one 32-bit store each: the value to store, and
 * where, relative to the device's first register window. A port may use them in place of the `set`
 * op, so that setting a pin costs one store.
 */
struct fy_gpio_fast_set {
	uint32_t high_offset, high_value;
	uint32_t low_offset, low_value;
};

/*
 * What a controller can do. PIN is below the number offered. Ops marked optional may be NULL: then
 * the call that needs them returns FY_ERR_UNSUPPORTED.
 */
struct fy_gpio_ops {
	/* Makes PIN an input. Context: any. */
	int (*set_input)(struct fy_device *dev, unsigned pin);
	/* Makes PIN an output that is at LEVEL from its first moment on. Context: any. */
	int (*set_output)(struct fy_device *dev, unsigned pin, int level);
	/*
	 * 1: PIN is an output; 0: an input; FY_ERR_UNSUPPORTED: it serves another peripheral.
	 * Context: any.
	 */
	int (*is_output)(struct fy_device *dev, unsigned pin);
	/* The level at PIN, 0 or 1. Context: any. */
	int (*get)(struct fy_device *dev, unsigned pin);
	/* Sets the level of the output PIN. Context: any. */
	void (*set)(struct fy_device *dev, unsigned pin, int level);
	/* Fills *FAST for PIN. Optional. Context: any. */
	void (*fast_set)(struct fy_device *dev, unsigned pin, struct fy_gpio_fast_set *fast);
	/* Pulls PIN up, down, or not at all. Optional. Context: thread. */
	int (*set_bias)(struct fy_device *dev, unsigned pin, enum fy_gpio_bias bias);
	/*
	 * Has fy_gpio_event() called when PIN does what the bits of TRIGGER say; NONE ends that.
	 * FY_ERR_UNSUPPORTED for a combination that the controller cannot do. Optional. Context:
	 * any.
	 */
	int (*set_trigger)(struct fy_device *dev, unsigned pin, unsigned trigger);
};

/*
 * Offers PINS pins. Returns 0, FY_ERR_NO_MEMORY (too many controllers), or FY_ERR_BUSY. Context:
 * thread, from probe.
 */
static inline int fy_gpio_offer(struct fy_device *dev, struct fy_gpio_controller *controller,
				unsigned pins, const struct fy_gpio_ops *ops);
/* Withdraws the controller. Nobody may be using its pins. Context: thread. */
static inline void fy_gpio_withdraw(struct fy_gpio_controller *controller);
/*
 * PIN did what its trigger says: tells the pin's user. Context: any; the controller's interrupt
 * handler calls it.
 */
static inline void fy_gpio_event(struct fy_gpio_controller *controller, unsigned pin);

#include <ferry/port/gpio-controller.h>

#endif
