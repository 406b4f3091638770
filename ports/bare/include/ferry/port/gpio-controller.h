/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Bare port of <ferry/gpio-controller.h>: a list of controllers, each with a list of its pins in
 * use. See core/bare-gpio.c.
 */
#ifndef FERRY_PORT_GPIO_CONTROLLER_H
#define FERRY_PORT_GPIO_CONTROLLER_H

struct fy_gpio;

struct fy_gpio_controller {
	struct fy_gpio_controller *next;
	struct fy_device *dev;
	const struct fy_gpio_ops *ops;
	unsigned pins;
	struct fy_gpio *in_use;
};

int bare_gpio_offer(struct fy_device *dev, struct fy_gpio_controller *controller, unsigned pins,
		    const struct fy_gpio_ops *ops);
void bare_gpio_withdraw(struct fy_gpio_controller *controller);
void bare_gpio_event(struct fy_gpio_controller *controller, unsigned pin);

static inline int fy_gpio_offer(struct fy_device *dev, struct fy_gpio_controller *controller,
				unsigned pins, const struct fy_gpio_ops *ops)
{
	return bare_gpio_offer(dev, controller, pins, ops);
}

static inline void fy_gpio_withdraw(struct fy_gpio_controller *controller)
{
	bare_gpio_withdraw(controller);
}

static inline void fy_gpio_event(struct fy_gpio_controller *controller, unsigned pin)
{
	bare_gpio_event(controller, pin);
}

#endif
