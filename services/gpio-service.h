/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Class gpio as virtio-gpio: each front end has a device with all lines of a controller. A line
 * belongs to the front end that made it an input or an output, until that front end releases it or
 * disconnects; requests of others for it fail.
 */
#ifndef SERVICES_GPIO_SERVICE_H
#define SERVICES_GPIO_SERVICE_H

#include <ferry/gpio-controller.h>
#include <ferry/gpio.h>

#include "service.h"

/* By the port, beyond what <ferry/gpio.h> has for a pin that was taken. Levels are physical. */
struct gpio_service_ops {
	/*
	 * Takes pin NUMBER, unchanged, into *PIN, until fy_gpio_release(). FY_ERR_BUSY: it is in
	 * use.
	 */
	int (*take)(struct fy_gpio_controller *controller, unsigned number, struct fy_gpio *pin);
	/* Makes it an input or an output. A watch ends when it becomes an output. */
	int (*set_mode)(struct fy_gpio *pin, enum fy_gpio_mode mode);
};

struct gpio_service {
	struct service service;
	struct fy_gpio_controller *controller;
	uint16_t lines;
	const struct gpio_service_ops *ops;
};

/* Makes *SERVICE one for CONTROLLER, which DEV offers with LINES pins. */
void gpio_service_init(struct gpio_service *service, struct fy_device *dev,
		       struct fy_gpio_controller *controller, uint16_t lines,
		       const struct gpio_service_ops *ops);

#endif
