/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Class gpio: the events of a pin that call its user's handler. Both sides use it: <ferry/gpio.h>
 * and <ferry/gpio-controller.h> include it.
 */
#ifndef FERRY_GPIO_TRIGGER_H
#define FERRY_GPIO_TRIGGER_H

/*
 * Bits, to be or-ed. For the user of a pin they are logical: rising means becoming active. For a
 * controller they are physical.
 */
enum fy_gpio_trigger {
	FY_GPIO_TRIGGER_NONE = 0,
	FY_GPIO_TRIGGER_RISING = 1 << 0,
	FY_GPIO_TRIGGER_FALLING = 1 << 1,
	FY_GPIO_TRIGGER_HIGH = 1 << 2,
	FY_GPIO_TRIGGER_LOW = 1 << 3,
	FY_GPIO_TRIGGER_ALL = (1 << 4) - 1,
};

/* Converts a logical trigger of an active-low pin into the physical one, and vice versa. */
static inline unsigned fy_gpio_trigger_invert(unsigned trigger)
{
	unsigned up = FY_GPIO_TRIGGER_RISING | FY_GPIO_TRIGGER_HIGH;
	unsigned down = FY_GPIO_TRIGGER_FALLING | FY_GPIO_TRIGGER_LOW;

	return (trigger & up) << 1 | (trigger & down) >> 1;
}

#endif
