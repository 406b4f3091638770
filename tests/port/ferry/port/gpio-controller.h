/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Test port of <ferry/gpio-controller.h>: one controller. The test reaches its pins through the
 * test_pin_ calls, which refuse pins that were not offered, as every port does; so no op is ever
 * called with one.
 */
#include <assert.h>

struct fy_gpio_controller {
	struct fy_device *dev;
	const struct fy_gpio_ops *ops;
	unsigned pins;
};

#define TEST_PINS_MAX 64
extern struct fy_gpio_controller *test_controller; /* NULL: none is offered */
extern int test_gpio_offer_result;		   /* what an offer returns */
extern unsigned test_events[TEST_PINS_MAX];	   /* how often each pin told of something */
/* what the pin's user does then; may be NULL */
extern void (*test_on_event)(unsigned pin);

static inline int fy_gpio_offer(struct fy_device *dev, struct fy_gpio_controller *controller,
				unsigned pins, const struct fy_gpio_ops *ops)
{
	assert(pins >= 1 && pins <= TEST_PINS_MAX && !test_controller);
	if (test_gpio_offer_result)
		return test_gpio_offer_result;
	*controller = (struct fy_gpio_controller){ dev, ops, pins };
	test_controller = controller;
	return 0;
}

static inline void fy_gpio_withdraw(struct fy_gpio_controller *controller)
{
	assert(test_controller == controller);
	test_controller = NULL;
}

static inline void fy_gpio_event(struct fy_gpio_controller *controller, unsigned pin)
{
	assert(controller == test_controller && pin < controller->pins);
	test_events[pin]++;
	if (test_on_event)
		test_on_event(pin);
}

static inline int test_pin_set_trigger(unsigned pin, unsigned trigger)
{
	if (pin >= test_controller->pins)
		return FY_ERR_NOT_FOUND;
	return test_controller->ops->set_trigger(test_controller->dev, pin, trigger);
}

static inline int test_pin_set_output(unsigned pin, int level)
{
	if (pin >= test_controller->pins)
		return FY_ERR_NOT_FOUND;
	return test_controller->ops->set_output(test_controller->dev, pin, level);
}
