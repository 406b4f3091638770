// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Pins in use: see gpio-pins.h. What drivers call of it is in <ferry/port/gpio-pin.h>. */
#include "gpio-pins.h"
#include "list.h"

struct fy_gpio *gpio_pin_user(const struct fy_gpio_controller *controller, unsigned number)
{
	struct fy_gpio *user = controller->in_use;

	while (user && user->pin != number)
		user = user->next;
	return user;
}

int gpio_pin_claim(struct fy_gpio *pin)
{
	struct fy_gpio_controller *controller = pin->controller;
	uintptr_t before = fy_port_enter(controller->dev);
	int rc = gpio_pin_user(controller, pin->pin) ? FY_ERR_BUSY : 0;

	if (!rc) {
		pin->next = controller->in_use;
		controller->in_use = pin;
	}
	fy_port_leave(controller->dev, before);
	return rc;
}

void fy_port_gpio_release(struct fy_gpio *pin)
{
	struct fy_gpio_controller *controller = pin->controller;
	uintptr_t before;

	if (!controller)
		return;
	fy_port_gpio_unwatch(pin);
	before = fy_port_enter(controller->dev);
	list_remove(&controller->in_use, pin);
	pin->controller = NULL;
	fy_port_leave(controller->dev, before);
}

void fy_port_gpio_event(struct fy_gpio_controller *controller, unsigned pin)
{
	struct fy_gpio *user = gpio_pin_user(controller, pin);

	if (user && user->handler)
		user->handler(user->arg);
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
	before = fy_port_enter(controller->dev);
	pin->handler = handler;
	pin->arg = arg;
	rc = controller->ops->set_trigger(controller->dev, pin->pin, trigger);
	if (rc && pin->handler == handler)
		pin->handler = NULL;
	fy_port_leave(controller->dev, before);
	return rc;
}

/* No handler runs meanwhile: it would be on this processor, and this is no handler. */
void fy_port_gpio_unwatch(struct fy_gpio *pin)
{
	struct fy_gpio_controller *controller = pin->controller;
	uintptr_t before;

	if (!pin->handler)
		return;
	before = fy_port_enter(controller->dev);
	controller->ops->set_trigger(controller->dev, pin->pin, FY_GPIO_TRIGGER_NONE);
	pin->handler = NULL;
	fy_port_leave(controller->dev, before);
}
