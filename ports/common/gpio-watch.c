// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* The events of pins in use get to their users: see gpio-pins.h. */
#include "gpio-pins.h"

#include <ferry/work.h>

void fy_port_gpio_event(struct fy_gpio_controller *controller, unsigned pin, uint64_t time)
{
	struct fy_gpio *user = gpio_pin_user(controller, pin);

	if (!user || !user->handler)
		return;
	controller->event_time = time;
	controller->told = user;
	user->handler(user->arg);
	controller->told = NULL;
	controller->event_time = 0;
	fy_wake(&controller->telling);
}

uint64_t fy_port_gpio_event_time(const struct fy_gpio *pin)
{
	uint64_t time = pin->controller ? pin->controller->event_time : 0;

	return time ? time : fy_now_ns();
}

/* The op may make the event happen at once: so the handler is there before. */
int fy_port_gpio_watch(struct fy_gpio *pin, unsigned trigger, fy_gpio_handler *handler, void *arg)
{
	struct fy_gpio_controller *controller = pin->controller;
	uintptr_t before;
	int rc;

	if (!controller)
		return FY_ERR_GONE;
	if (!pin->is_input || !trigger || trigger & ~FY_GPIO_TRIGGER_ALL)
		return FY_ERR_INVALID;
	if (pin->handler)
		return FY_ERR_BUSY;
	if (!controller->ops->set_trigger)
		return FY_ERR_UNSUPPORTED;
	if (pin->active_low)
		trigger = fy_gpio_trigger_invert(trigger);
	before = gpio_enter_op(controller);
	pin->handler = handler;
	pin->arg = arg;
	pin->trigger = (uint8_t)trigger;
	rc = controller->ops->set_trigger(controller->dev, pin->pin, trigger);
	if (rc && pin->handler == handler)
		pin->handler = NULL;
	gpio_leave_op(controller, before);
	return rc;
}

/*
 * No handler runs meanwhile where it would be one of an interrupt, on this processor, since this is
 * none. One that waits, of a controller that sleeps, is waited for.
 */
void fy_port_gpio_unwatch(struct fy_gpio *pin)
{
	struct fy_gpio_controller *controller = pin->controller;
	uintptr_t before;

	if (!pin->handler)
		return;
	before = gpio_enter_op(controller);
	controller->ops->set_trigger(controller->dev, pin->pin, FY_GPIO_TRIGGER_NONE);
	pin->handler = NULL;
	gpio_leave_op(controller, before);
	if (pin->may_sleep)
		fy_wait_for(&controller->telling, controller->told != pin, FY_FOREVER);
}
