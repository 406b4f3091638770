// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * Pins in use, and what their users do with them: see gpio-pins.h. What drivers call of it is in
 * <ferry/port/gpio-pin.h>. The watching of pins is in gpio-watch.c.
 */
#include "gpio-pins.h"

#include <ferry/port/gpio-store.h>

#include "list.h"

/* ---- Whose a pin is ---- */

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
		pin->may_sleep = controller->ops->may_sleep;
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

/* ---- Levels ---- */

/* Calls an op; one that may wait, without what would keep handlers out. */
#define OP(pin, call)                                                   \
	({                                                              \
		const struct fy_gpio_ops *ops = (pin)->controller->ops; \
		struct fy_device *dev = (pin)->controller->dev;         \
		uintptr_t before = gpio_enter_op((pin)->controller);    \
		__auto_type result_ = (call);                           \
                                                                        \
		gpio_leave_op((pin)->controller, before);               \
		result_;                                                \
	})

uintptr_t gpio_enter_op(struct fy_gpio_controller *controller)
{
	uintptr_t before;

	if (!controller->ops->may_sleep)
		return fy_port_enter(controller->dev);
	before = fy_port_enter_waiting(controller->dev);
	fy_mutex_lock(&controller->ops_mutex);
	return before;
}

void gpio_leave_op(struct fy_gpio_controller *controller, uintptr_t before)
{
	if (!controller->ops->may_sleep) {
		fy_port_leave(controller->dev, before);
		return;
	}
	fy_mutex_unlock(&controller->ops_mutex);
	fy_port_leave_waiting(controller->dev, before);
}

static int drive(const struct fy_gpio *pin, int high)
{
	if (pin->drive == (high ? FY_GPIO_DRIVE_OPEN_DRAIN : FY_GPIO_DRIVE_OPEN_SOURCE))
		return OP(pin, ops->set_input(dev, pin->pin));
	if (pin->drive || pin->may_sleep)
		return OP(pin, ops->set_output(dev, pin->pin, high));
	return OP(pin, (ops->set(dev, pin->pin, high), 0));
}

int fy_port_gpio_write(const struct fy_gpio *pin, int level)
{
	return pin->controller ? drive(pin, (level != 0) != pin->active_low) : FY_ERR_GONE;
}

int fy_port_gpio_read(const struct fy_gpio *pin)
{
	int level = pin->controller ? OP(pin, ops->get(dev, pin->pin)) : FY_ERR_GONE;

	return level < 0 ? level : (level > 0) != pin->active_low;
}

/* ---- Several at once ---- */

/* Whether the controller sets this one together with others. */
static bool goes_together(const struct fy_gpio *pin)
{
	return pin->controller && pin->controller->ops->set_several && !pin->drive && pin->pin < 64;
}

/* Sets PINS[FIRST] and those after it that go together with it, and marks them in *DONE. */
static int set_together(const struct fy_gpio *pins, unsigned first, unsigned count, uint32_t levels,
			uint32_t *done)
{
	struct fy_gpio_controller *controller = pins[first].controller;
	uint64_t mask = 0, values = 0;

	for (unsigned i = first; i < count; i++) {
		const struct fy_gpio *pin = &pins[i];

		if (pin->controller != controller || !goes_together(pin) || *done >> i & 1)
			continue;
		*done |= 1u << i;
		mask |= 1ULL << pin->pin;
		if ((levels >> i & 1) != pin->active_low)
			values |= 1ULL << pin->pin;
	}
	return OP(&pins[first], ops->set_several(dev, mask, values));
}

int fy_port_gpio_set_several(const struct fy_gpio *pins, unsigned count, uint32_t levels)
{
	uint32_t done = 0;
	int rc = count > 32 ? FY_ERR_INVALID : 0;

	for (unsigned i = 0; i < count && !rc; i++) {
		if (done >> i & 1)
			continue;
		rc = goes_together(&pins[i]) ? set_together(pins, i, count, levels, &done) :
					       fy_port_gpio_write(&pins[i], levels >> i & 1);
	}
	return rc;
}

/* ---- What a pin is ---- */

static bool more_than_one(unsigned flags)
{
	return flags & (flags - 1);
}

/* What the controller does not do itself is left to drive(). */
static int set_drive(struct fy_gpio *pin, unsigned mode)
{
	enum fy_gpio_drive drive = mode & FY_GPIO_OPEN_DRAIN  ? FY_GPIO_DRIVE_OPEN_DRAIN :
				   mode & FY_GPIO_OPEN_SOURCE ? FY_GPIO_DRIVE_OPEN_SOURCE :
								FY_GPIO_DRIVE_PUSH_PULL;
	int rc = FY_ERR_UNSUPPORTED;

	if (!(mode & FY_GPIO_DRIVES))
		return 0;
	if (pin->controller->ops->set_drive)
		rc = OP(pin, ops->set_drive(dev, pin->pin, drive));
	if (rc && rc != FY_ERR_UNSUPPORTED)
		return rc;
	pin->drive = rc ? (uint8_t)drive : FY_GPIO_DRIVE_PUSH_PULL;
	return 0;
}

int gpio_set_bias(struct fy_gpio *pin, enum fy_gpio_bias bias)
{
	if (!pin->controller)
		return FY_ERR_GONE;
	if (!pin->controller->ops->set_bias)
		return FY_ERR_UNSUPPORTED;
	return OP(pin, ops->set_bias(dev, pin->pin, bias));
}

static int set_pull(struct fy_gpio *pin, unsigned mode)
{
	if (!(mode & FY_GPIO_PULLS))
		return 0;
	return gpio_set_bias(pin, mode & FY_GPIO_PULL_UP   ? FY_GPIO_BIAS_PULL_UP :
				  mode & FY_GPIO_PULL_DOWN ? FY_GPIO_BIAS_PULL_DOWN :
							     FY_GPIO_BIAS_NONE);
}

/* A watch rests while the pin is an output. */
static int set_direction(struct fy_gpio *pin, unsigned mode)
{
	unsigned direction = mode & (FY_GPIO_OUT_LOW | FY_GPIO_OUT_HIGH);
	int high = (direction == FY_GPIO_OUT_HIGH) != pin->active_low;
	int rc;

	if (direction == FY_GPIO_IN) {
		rc = OP(pin, ops->set_input(dev, pin->pin));
		if (!rc && pin->handler && !pin->is_input)
			rc = OP(pin, ops->set_trigger(dev, pin->pin, pin->trigger));
	} else {
		if (pin->handler && pin->is_input)
			OP(pin, ops->set_trigger(dev, pin->pin, FY_GPIO_TRIGGER_NONE));
		rc = pin->drive ? drive(pin, high) : OP(pin, ops->set_output(dev, pin->pin, high));
	}
	if (!rc)
		pin->is_input = direction == FY_GPIO_IN;
	return rc;
}

int fy_port_gpio_set_mode(struct fy_gpio *pin, unsigned mode)
{
	int rc;

	if (!pin->controller)
		return FY_ERR_GONE;
	if (more_than_one(mode & FY_GPIO_DRIVES) || more_than_one(mode & FY_GPIO_PULLS) ||
	    more_than_one(mode & (FY_GPIO_OUT_LOW | FY_GPIO_OUT_HIGH)))
		return FY_ERR_INVALID;
	rc = set_pull(pin, mode);
	if (!rc)
		rc = set_drive(pin, mode);
	if (!rc)
		rc = fy_port_gpio_prepare(pin, mode);
	if (!rc)
		rc = set_direction(pin, mode);
	return rc;
}

int gpio_pin_request(struct fy_gpio_controller *controller, unsigned number, bool active_low,
		     unsigned mode, struct fy_gpio *pin)
{
	int rc;

	if (!controller)
		return FY_ERR_DEFER;
	if (number >= controller->pins)
		return FY_ERR_INVALID;
	if (controller->ops->may_sleep && !(mode & FY_GPIO_MAY_SLEEP))
		return FY_ERR_UNSUPPORTED;
	*pin = (struct fy_gpio){ .controller = controller, .pin = number };
	rc = gpio_pin_claim(pin);
	if (rc) {
		pin->controller = NULL;
		return rc;
	}
	pin->active_low = active_low;
	rc = fy_port_gpio_set_mode(pin, mode);
	if (rc)
		fy_port_gpio_release(pin);
	return rc;
}

int fy_port_gpio_debounce(struct fy_gpio *pin, uint32_t us)
{
	if (!pin->controller)
		return FY_ERR_GONE;
	if (!pin->controller->ops->set_debounce)
		return FY_ERR_UNSUPPORTED;
	return OP(pin, ops->set_debounce(dev, pin->pin, us));
}
