/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Linux port of <ferry/gpio.h>, consumer side: a GPIO descriptor. Taking and watching a pin is in
 * ports/linux/linux-gpio.c.
 */
#ifndef FERRY_PORT_GPIO_H
#define FERRY_PORT_GPIO_H

#include <linux/gpio/consumer.h>

struct fy_gpio {
	struct gpio_desc *desc;
	bool is_input;
	unsigned int irq; /* 0: not watched */
	fy_gpio_handler *handler;
	void *arg;
};

int fy_linux_gpio_request(struct fy_device *dev, const char *function, enum fy_gpio_mode mode,
			  struct fy_gpio *pin);
void fy_linux_gpio_release(struct fy_gpio *pin);
int fy_linux_gpio_watch(struct fy_gpio *pin, unsigned trigger, fy_gpio_handler *handler, void *arg);
void fy_linux_gpio_unwatch(struct fy_gpio *pin);

static inline int fy_gpio_request(struct fy_device *dev, const char *function,
				  enum fy_gpio_mode mode, struct fy_gpio *pin)
{
	return fy_linux_gpio_request(dev, function, mode, pin);
}

static inline void fy_gpio_release(struct fy_gpio *pin)
{
	fy_linux_gpio_release(pin);
}

static inline void fy_gpio_set(const struct fy_gpio *pin, int level)
{
	gpiod_set_value(pin->desc, level);
}

static inline int fy_gpio_get(const struct fy_gpio *pin)
{
	return gpiod_get_value(pin->desc) > 0;
}

static inline int fy_gpio_watch(struct fy_gpio *pin, unsigned trigger, fy_gpio_handler *handler,
				void *arg)
{
	return fy_linux_gpio_watch(pin, trigger, handler, arg);
}

static inline void fy_gpio_unwatch(struct fy_gpio *pin)
{
	fy_linux_gpio_unwatch(pin);
}

#endif
