/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * <ferry/gpio-controller.h> where no kernel has the class: controllers on a list of the port's,
 * each with a list of its pins in use. See ports/common/gpio-pins.h.
 */
#ifndef FERRY_PORT_GPIO_CONTROLLER_H
#define FERRY_PORT_GPIO_CONTROLLER_H

#include <ferry/work.h>

struct fy_gpio;

struct fy_gpio_controller {
	struct fy_gpio_controller *next;
	struct fy_device *dev;
	const struct fy_gpio_ops *ops;
	unsigned pins;
	struct fy_gpio *in_use;
	uint64_t event_time;	    /* of the event that is being told; 0: now */
	const struct fy_gpio *told; /* whose handler is running; NULL: none */
	struct fy_wait telling;	    /* for its end */
	struct fy_mutex ops_mutex;  /* one op at a time, where they wait */
};

int fy_port_gpio_offer(struct fy_device *dev, struct fy_gpio_controller *controller, unsigned pins,
		       const struct fy_gpio_ops *ops);
void fy_port_gpio_withdraw(struct fy_gpio_controller *controller);
void fy_port_gpio_event(struct fy_gpio_controller *controller, unsigned pin, uint64_t time);

static inline int fy_gpio_offer(struct fy_device *dev, struct fy_gpio_controller *controller,
				unsigned pins, const struct fy_gpio_ops *ops)
{
	return fy_port_gpio_offer(dev, controller, pins, ops);
}

static inline void fy_gpio_withdraw(struct fy_gpio_controller *controller)
{
	fy_port_gpio_withdraw(controller);
}

static inline void fy_gpio_event(struct fy_gpio_controller *controller, unsigned pin)
{
	fy_port_gpio_event(controller, pin, 0);
}

static inline void fy_gpio_event_at(struct fy_gpio_controller *controller, unsigned pin,
				    uint64_t time)
{
	fy_port_gpio_event(controller, pin, time);
}

#endif
