/* SPDX-License-Identifier: GPL-2.0-only */
/* User port of <ferry/gpio.h>: a pin goes through its controller's ops. See core/user-gpio.c. */
#ifndef FERRY_PORT_GPIO_H
#define FERRY_PORT_GPIO_H

struct fy_gpio_controller;

struct fy_gpio {
	struct fy_gpio_controller *controller; /* NULL: not taken */
	struct fy_gpio *next;		       /* in the controller's list of pins in use */
	unsigned pin;
	bool active_low, is_input;
	bool may_sleep;		  /* its controller does */
	uint8_t drive;		  /* enum fy_gpio_drive, which the controller does not do itself */
	uint8_t trigger;	  /* of the watch, physical */
	fy_gpio_handler *handler; /* NULL: not watched */
	void *arg;
};

void user_gpio_set(const struct fy_gpio *pin, int level);

static inline void fy_gpio_set(const struct fy_gpio *pin, int level)
{
	user_gpio_set(pin, level);
}

#include <ferry/port/gpio-pin.h>

#endif
