/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * User port of <ferry/gpio-controller.h>: the world's list of controllers, each with a list of its
 * pins in use. See core/user-gpio.c.
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

int user_gpio_offer(struct fy_device *dev, struct fy_gpio_controller *controller, unsigned pins,
		    const struct fy_gpio_ops *ops);
void user_gpio_withdraw(struct fy_gpio_controller *controller);
void user_gpio_event(struct fy_gpio_controller *controller, unsigned pin);

static inline int fy_gpio_offer(struct fy_device *dev, struct fy_gpio_controller *controller,
				unsigned pins, const struct fy_gpio_ops *ops)
{
	return user_gpio_offer(dev, controller, pins, ops);
}

static inline void fy_gpio_withdraw(struct fy_gpio_controller *controller)
{
	user_gpio_withdraw(controller);
}

static inline void fy_gpio_event(struct fy_gpio_controller *controller, unsigned pin)
{
	user_gpio_event(controller, pin);
}

#endif
