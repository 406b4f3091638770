/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Class gpio, as a provider: a driver that offers the pins of a controller. Users of pins include
 * <ferry/gpio.h>. Levels here are physical: 1 is high. Pins are numbered from 0.
 *
 * A controller that sleeps, an expander behind a bus, sets may_sleep in its ops. Then
 *	- all ops are called from threads, one at a time for a device, and may wait;
 *	- `set` and `fast_set` are NULL; an output is set by set_output, whose error gets to who set
 *	  it. So keep a copy of the direction register, and write only what changes;
 *	- `get` and `is_output` return an error where a transfer fails; the latter had better look
 *	  at the copy;
 *	- set_trigger writes the device's mask, or changes the driver's own where it has none;
 *	- the handler of the device's interrupt line keeps the time, fy_now_ns(), and starts a work
 *	  (<ferry/work.h>). The work's handler reads what happened and calls fy_gpio_event_at() for
 *	  each pin, until nothing is left. A device whose line stays low until then is read with the
 *	  line's interrupt being an edge; one that tells no more than "something changed" (pcf8574)
 *	  is compared with the levels read before;
 *	- probe reads the device's state into the copies, offers the pins, and then attaches the
 *	  interrupt; remove withdraws the pins, detaches the interrupt, and stops the work.
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

enum fy_gpio_drive {
	FY_GPIO_DRIVE_PUSH_PULL,
	FY_GPIO_DRIVE_OPEN_DRAIN,
	FY_GPIO_DRIVE_OPEN_SOURCE,
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
	/*
	 * Sets several outputs at once: of PINS (bit n is pin n, of the first 64) to their bits in
	 * LEVELS, in as few accesses as there can be. Returns 0, or an error of a controller that
	 * sleeps. Optional: the port then sets one after the other. Context: any.
	 */
	int (*set_several)(struct fy_device *dev, uint64_t pins, uint64_t levels);
	/*
	 * How PIN makes its levels when it is an output. Optional: the port makes do with
	 * set_input. Context: thread.
	 */
	int (*set_drive)(struct fy_device *dev, unsigned pin, enum fy_gpio_drive drive);
	/*
	 * Ignores pulses at PIN that are shorter than US microseconds; 0: none.
	 * FY_ERR_UNSUPPORTED: US is too long. Optional. Context: thread.
	 */
	int (*set_debounce)(struct fy_device *dev, unsigned pin, uint32_t us);
	/* The ops may wait, see above: all are called from threads. */
	bool may_sleep;
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
 * handler calls it. Of a controller that sleeps: thread.
 */
static inline void fy_gpio_event(struct fy_gpio_controller *controller, unsigned pin);
/* The same, of what happened at the time TIME (fy_now_ns()), when the interrupt came. */
static inline void fy_gpio_event_at(struct fy_gpio_controller *controller, unsigned pin,
				    uint64_t time);

#include <ferry/port/gpio-controller.h>

#endif
