/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* For ports/common: what fy_gpio_set() stores, worked out when a pin becomes something else. */
#ifndef FERRY_PORT_GPIO_STORE_H
#define FERRY_PORT_GPIO_STORE_H

#include <ferry/gpio-controller.h>
#include <ferry/gpio.h>

/* Where the stores of pins go that are not set by one. */
extern volatile uint32_t bare_no_register;

/*
 * PIN is about to become what MODE says. FY_ERR_UNSUPPORTED: a push-pull output that is not set by
 * one store. Context: thread.
 */
static inline int fy_port_gpio_prepare(struct fy_gpio *pin, unsigned mode)
{
	struct fy_gpio_controller *controller = pin->controller;
	struct bare_gpio_store *high = &pin->store[!pin->active_low],
			       *low = &pin->store[pin->active_low];
	struct fy_gpio_fast_set fast;

	if (controller->ops->fast_set && !pin->drive) {
		controller->ops->fast_set(controller->dev, pin->pin, &fast);
		high->address =
			(volatile uint32_t *)(controller->dev->registers + fast.high_offset);
		high->value = fast.high_value;
		low->address = (volatile uint32_t *)(controller->dev->registers + fast.low_offset);
		low->value = fast.low_value;
		return 0;
	}
	high->address = low->address = &bare_no_register;
	if (mode & (FY_GPIO_OUT_LOW | FY_GPIO_OUT_HIGH) && !pin->drive && !pin->may_sleep)
		return FY_ERR_UNSUPPORTED;
	return 0;
}

#endif
