// SPDX-License-Identifier: GPL-2.0-only
/*
 * Class gpio: controllers that drivers offer, and how drivers and outlets come to their pins. Who
 * has which is in ports/common/gpio-pins.c.
 */
#include <string.h>

#include "gpio-pins.h"
#include "list.h"
#include "world.h"

/* ---- Providers ---- */

int fy_port_gpio_offer(struct fy_device *dev, struct fy_gpio_controller *controller, unsigned pins,
		       const struct fy_gpio_ops *ops)
{
	int refused = user_refused(dev, USER_GPIO_OFFER);

	if (refused)
		return refused;
	*controller = (struct fy_gpio_controller){ .dev = dev, .ops = ops, .pins = pins };
	fy_mutex_init(&controller->ops_mutex);
	list_append(&dev->world->controllers, controller);
	return 0;
}

void fy_port_gpio_withdraw(struct fy_gpio_controller *controller)
{
	if (controller->in_use)
		user_log(controller->dev, USER_LOG_WARN, "pin %u is still in use",
			 controller->in_use->pin);
	while (controller->in_use) {
		struct fy_gpio *user = controller->in_use;

		controller->in_use = user->next;
		user->controller = NULL;
		user->handler = NULL;
	}
	list_remove(&controller->dev->world->controllers, controller);
}

struct fy_gpio_controller *user_gpio_first(struct user_world *w)
{
	return w->controllers;
}

struct fy_gpio_controller *user_gpio_find(struct user_world *w, const char *name)
{
	struct fy_gpio_controller *controller = w->controllers;

	while (controller && strcmp(controller->dev->name, name) != 0)
		controller = controller->next;
	return controller;
}

/* ---- Taking and giving back ---- */

int user_gpio_take(struct fy_gpio_controller *controller, unsigned number, struct fy_gpio *pin)
{
	if (number >= controller->pins)
		return FY_ERR_NOT_FOUND;
	if (gpio_pin_user(controller, number))
		return FY_ERR_BUSY;
	*pin = (struct fy_gpio){ .controller = controller, .pin = number };
	gpio_pin_claim(pin);
	pin->is_input = user_gpio_is_output(pin) != 1;
	return 0;
}

int fy_port_gpio_request(struct fy_device *dev, const char *function, unsigned index, unsigned mode,
			 struct fy_gpio *pin)
{
	const struct user_wire *wire = dev->wires;
	int rc = user_refused(dev, USER_GPIO_REQUEST);

	if (rc)
		return rc;
	while (wire && (wire->index != index || strcmp(wire->function, function) != 0))
		wire = wire->next;
	if (!wire)
		return FY_ERR_NOT_FOUND;
	return gpio_pin_request(user_gpio_find(dev->world, wire->controller), wire->pin,
				wire->active_low, mode, pin);
}

/* ---- Using ---- */

/* The world is entered; the controller must not be gone. */
#define OP(pin, call)                                           \
	({                                                      \
		struct fy_device *dev = (pin)->controller->dev; \
		uintptr_t before = fy_port_enter(dev);          \
		__auto_type result = (call);                    \
		fy_port_leave(dev, before);                     \
		result;                                         \
	})

int user_gpio_set_mode(struct fy_gpio *pin, enum fy_gpio_mode mode)
{
	if (mode & (FY_GPIO_OUT_LOW | FY_GPIO_OUT_HIGH))
		fy_port_gpio_unwatch(pin);
	return fy_port_gpio_set_mode(pin, mode);
}

int user_gpio_is_output(const struct fy_gpio *pin)
{
	return pin->controller ? OP(pin, pin->controller->ops->is_output(dev, pin->pin)) :
				 FY_ERR_GONE;
}

int user_gpio_level(struct fy_gpio_controller *controller, unsigned number)
{
	const struct fy_gpio pin = { .controller = controller, .pin = number };

	return fy_port_gpio_read(&pin);
}

int user_gpio_set_trigger(const struct fy_gpio *pin, unsigned trigger)
{
	if (!pin->controller)
		return FY_ERR_GONE;
	if (!pin->controller->ops->set_trigger)
		return FY_ERR_UNSUPPORTED;
	return OP(pin, pin->controller->ops->set_trigger(dev, pin->pin, trigger));
}

int user_gpio_fast_set(const struct fy_gpio *pin, struct fy_gpio_fast_set *fast)
{
	if (!pin->controller)
		return FY_ERR_GONE;
	if (!pin->controller->ops->fast_set)
		return FY_ERR_UNSUPPORTED;
	OP(pin, (pin->controller->ops->fast_set(dev, pin->pin, fast), 0));
	return 0;
}

/* ---- What only some pins can, of drivers ---- */

static void expect(const struct fy_gpio *pin, bool may, const char *call)
{
	if (!may)
		user_violation(pin->controller->dev->world, pin->controller->dev,
			       "%s is called for pin %u, which %s", call, pin->pin,
			       pin->may_sleep ? "sleeps" : "is not push-pull");
}

void user_gpio_set(const struct fy_gpio *pin, int level)
{
	if (!pin->controller)
		return;
	expect(pin, !pin->may_sleep && !pin->drive, "fy_gpio_set()");
	fy_port_gpio_write(pin, level);
}

int fy_port_gpio_get(const struct fy_gpio *pin)
{
	if (!pin->controller)
		return FY_ERR_GONE;
	expect(pin, !pin->may_sleep, "fy_gpio_get()");
	return fy_port_gpio_read(pin);
}
