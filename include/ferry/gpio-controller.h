/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Class gpio, as a provider: a driver that offers the pins of a controller. Users of pins include
 * <ferry/gpio.h>. Levels here are physical: 1 is high. Pins are numbered from 0.
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
 * Registers that set a pin's level by one 32-bit store: the value to store, and the register's
 * offset in the device's first register window. A port may use them in place of the `set` op, so
 * that setting a pin costs one store.
 */
struct fy_gpio_fast_set {
	uint32_t high_offset, high_value;
	uint32_t low_offset, low_value;
};

/*
 * What a controller can do. PIN is below the number offered. Ops marked optional may be NULL: the
 * call that needs them then returns FY_ERR_UNSUPPORTED.
 */
struct fy_gpio_ops {
	/* Makes PIN an input. Context: any. */
	int (*set_input)(struct fy_device *dev, unsigned pin);
	/* Makes PIN an output, at LEVEL from the start. Context: any. */
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
	 * Enables events: from now on the driver calls fy_gpio_event() when PIN matches the bits of
	 * TRIGGER; NONE disables them. FY_ERR_UNSUPPORTED: the controller does not support this
	 * combination. Optional. Context: any.
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
 * PIN matched its trigger: notifies the pin's user. Context: any; the controller's interrupt
 * handler calls it.
 */
static inline void fy_gpio_event(struct fy_gpio_controller *controller, unsigned pin);

#include <ferry/port/gpio-controller.h>

#endif
