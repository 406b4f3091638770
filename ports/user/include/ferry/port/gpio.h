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
	fy_gpio_handler *handler; /* NULL: not watched */
	void *arg;
};

int user_gpio_request(struct fy_device *dev, const char *function, enum fy_gpio_mode mode,
		      struct fy_gpio *pin);
void user_gpio_release(struct fy_gpio *pin);
void user_gpio_set(const struct fy_gpio *pin, int level);
int user_gpio_get(const struct fy_gpio *pin);
int user_gpio_watch(struct fy_gpio *pin, unsigned trigger, fy_gpio_handler *handler, void *arg);
void user_gpio_unwatch(struct fy_gpio *pin);

static inline int fy_gpio_request(struct fy_device *dev, const char *function,
				  enum fy_gpio_mode mode, struct fy_gpio *pin)
{
	return user_gpio_request(dev, function, mode, pin);
}

static inline void fy_gpio_release(struct fy_gpio *pin)
{
	user_gpio_release(pin);
}

static inline void fy_gpio_set(const struct fy_gpio *pin, int level)
{
	user_gpio_set(pin, level);
}

static inline int fy_gpio_get(const struct fy_gpio *pin)
{
	return user_gpio_get(pin);
}

static inline int fy_gpio_watch(struct fy_gpio *pin, unsigned trigger, fy_gpio_handler *handler,
				void *arg)
{
	return user_gpio_watch(pin, trigger, handler, arg);
}

static inline void fy_gpio_unwatch(struct fy_gpio *pin)
{
	user_gpio_unwatch(pin);
}

#endif
