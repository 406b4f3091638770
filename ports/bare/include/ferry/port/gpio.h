/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Bare port of <ferry/gpio.h>. What a level means for the pin's controller is worked out when the
 * pin is taken, active-low included, so that setting the pin is one store. Where it cannot be one
 * (open drain, a controller that sleeps) the store goes nowhere, and fy_gpio_write() does it.
 */
#ifndef FERRY_PORT_GPIO_H
#define FERRY_PORT_GPIO_H

struct fy_gpio_controller;

struct fy_gpio {
	/* By logical level. */
	struct bare_gpio_store {
		/* NULL: an input of a controller without fast_set */
		volatile uint32_t *address;
		uint32_t value;
	} store[2];
	struct fy_gpio_controller *controller;
	unsigned pin;
	bool active_low, is_input;
	bool may_sleep;		  /* its controller does */
	uint8_t drive;		  /* enum fy_gpio_drive, which the controller does not do itself */
	uint8_t trigger;	  /* of the watch, physical */
	struct fy_gpio *next;	  /* in the controller's list of pins in use */
	fy_gpio_handler *handler; /* NULL: not watched */
	void *arg;
};

/*
 * The value of a `static const struct fy_gpio` for pin N of the BCM2835 style controller at BASE,
 * known when compiling: setting it is the one store that it would be by hand. Somebody else makes
 * it an output.
 */
/* clang-format off */
#define FY_GPIO_BCM2835(base, n) \
	{ \
		.store = { \
			{ FY_GPIO_BCM2835_REGISTER(base, 0x28, n), UINT32_C(1) << (n) % 32 }, \
			{ FY_GPIO_BCM2835_REGISTER(base, 0x1c, n), UINT32_C(1) << (n) % 32 }, \
		}, \
		.pin = (n), \
	}
/* clang-format on */
#define FY_GPIO_BCM2835_REGISTER(base, offset, n) \
	(volatile uint32_t *)((base) + (offset) + (n) / 32 * 4)

static inline void fy_gpio_set(const struct fy_gpio *pin, int level)
{
	const struct bare_gpio_store *store = &pin->store[level != 0];

	*store->address = store->value;
}

#include <ferry/port/gpio-pin.h>

#endif
