/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Bare port of <ferry/gpio.h>. What a level means for the pin's controller is worked out when the pin is taken, active-low
 * included, so that setting the pin is one store. A controller that cannot do that is called. See core/gpio.c.
 */
#ifndef FERRY_PORT_GPIO_H
#define FERRY_PORT_GPIO_H

struct fy_gpio_controller;

/* A pin did what its trigger says. Context: interrupt. */
typedef void bare_gpio_handler(void *arg);

struct fy_gpio {
	/* By logical level. */
	struct bare_gpio_store {
		volatile uint32_t *address;	/* NULL: call the controller */
		uint32_t value;
	} store[2];
	struct fy_gpio_controller *controller;
	unsigned pin;
	bool active_low;
	struct fy_gpio *next;			/* in the controller's list of pins in use */
	bare_gpio_handler *handler;
	void *arg;
};

int bare_gpio_request(struct fy_device *dev, const char *function, enum fy_gpio_mode mode, struct fy_gpio *pin);
void bare_gpio_release(struct fy_gpio *pin);
void bare_gpio_set(struct fy_gpio *pin, int level);
int bare_gpio_get(struct fy_gpio *pin);

static inline int fy_gpio_request(struct fy_device *dev, const char *function, enum fy_gpio_mode mode,
				  struct fy_gpio *pin)
{
	return bare_gpio_request(dev, function, mode, pin);
}

static inline void fy_gpio_release(struct fy_gpio *pin)
{
	bare_gpio_release(pin);
}

static inline void fy_gpio_set(struct fy_gpio *pin, int level)
{
	const struct bare_gpio_store *store = &pin->store[level != 0];

	if (store->address)
		*store->address = store->value;
	else
		bare_gpio_set(pin, level);
}

static inline int fy_gpio_get(struct fy_gpio *pin)
{
	return bare_gpio_get(pin);
}

#endif
