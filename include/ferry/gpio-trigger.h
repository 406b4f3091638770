/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Class gpio: what makes a pin call its user. Both sides use it: <ferry/gpio.h> and
 * <ferry/gpio-controller.h> include it.
 */
#ifndef FERRY_GPIO_TRIGGER_H
#define FERRY_GPIO_TRIGGER_H

/*
 * Bits, to be or-ed. For the user of a pin they are logical: rising is becoming active. For a
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

/* What a logical trigger is at an active-low pin, and the other way round. */
static inline unsigned fy_gpio_trigger_invert(unsigned trigger)
{
	unsigned up = FY_GPIO_TRIGGER_RISING | FY_GPIO_TRIGGER_HIGH;
	unsigned down = FY_GPIO_TRIGGER_FALLING | FY_GPIO_TRIGGER_LOW;

	return (trigger & up) << 1 | (trigger & down) >> 1;
}

#endif
