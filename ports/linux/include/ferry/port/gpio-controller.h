/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Linux port of <ferry/gpio-controller.h>: a gpio_chip of gpiolib's. What it does is in
 * ports/linux/linux-gpio-controller.c.
 */
#ifndef FERRY_PORT_GPIO_CONTROLLER_H
#define FERRY_PORT_GPIO_CONTROLLER_H

#include <linux/gpio/driver.h>
#include <linux/mutex.h>

#include "kernel-compat.h"

struct fy_gpio_controller {
	struct gpio_chip chip;
	struct fy_irq_chip_copy irqs;
	struct fy_device *dev;
	const struct fy_gpio_ops *ops;
	bool withdrawn; /* no event is passed on any more */

	/* Of a controller that sleeps: */
	struct mutex ops_mutex;	  /* one op at a time */
	struct mutex irq_mutex;	  /* of what follows, and of the kernel's changes to it */
	struct mutex event_mutex; /* held while an event is passed on */
	u64 unmasked, changed;	  /* pins */
	u8 trigger[64];
};

int fy_linux_gpio_offer(struct fy_device *dev, struct fy_gpio_controller *controller, unsigned pins,
			const struct fy_gpio_ops *ops);
void fy_linux_gpio_withdraw(struct fy_gpio_controller *controller);
void fy_linux_gpio_event(struct fy_gpio_controller *controller, unsigned pin);

static inline int fy_gpio_offer(struct fy_device *dev, struct fy_gpio_controller *controller,
				unsigned pins, const struct fy_gpio_ops *ops)
{
	return fy_linux_gpio_offer(dev, controller, pins, ops);
}

static inline void fy_gpio_withdraw(struct fy_gpio_controller *controller)
{
	fy_linux_gpio_withdraw(controller);
}

static inline void fy_gpio_event(struct fy_gpio_controller *controller, unsigned pin)
{
	fy_linux_gpio_event(controller, pin);
}

/* The kernel has no way to pass the time on: who wants it takes it. */
static inline void fy_gpio_event_at(struct fy_gpio_controller *controller, unsigned pin,
				    uint64_t time)
{
	fy_linux_gpio_event(controller, pin);
}

#endif
