/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * <ferry/gpio.h> where no kernel has the class, but for setting a pin, which each port does in its
 * own way: included by the port's header behind its struct fy_gpio.
 */
#ifndef FERRY_PORT_GPIO_PIN_H
#define FERRY_PORT_GPIO_PIN_H

int fy_port_gpio_request(struct fy_device *dev, const char *function, enum fy_gpio_mode mode,
			 struct fy_gpio *pin);
void fy_port_gpio_release(struct fy_gpio *pin);
int fy_port_gpio_get(const struct fy_gpio *pin);
int fy_port_gpio_watch(struct fy_gpio *pin, unsigned trigger, fy_gpio_handler *handler, void *arg);
void fy_port_gpio_unwatch(struct fy_gpio *pin);

static inline int fy_gpio_request(struct fy_device *dev, const char *function,
				  enum fy_gpio_mode mode, struct fy_gpio *pin)
{
	return fy_port_gpio_request(dev, function, mode, pin);
}

static inline void fy_gpio_release(struct fy_gpio *pin)
{
	fy_port_gpio_release(pin);
}

static inline int fy_gpio_get(const struct fy_gpio *pin)
{
	return fy_port_gpio_get(pin);
}

static inline int fy_gpio_watch(struct fy_gpio *pin, unsigned trigger, fy_gpio_handler *handler,
				void *arg)
{
	return fy_port_gpio_watch(pin, trigger, handler, arg);
}

static inline void fy_gpio_unwatch(struct fy_gpio *pin)
{
	fy_port_gpio_unwatch(pin);
}

#endif
