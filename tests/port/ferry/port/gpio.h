/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Test port of <ferry/gpio.h>: one pin, active high. An output's edges are counted; an input has
 * the level that the test puts on it.
 */
#include <assert.h>

struct fy_gpio {
	bool taken, is_input;
	unsigned trigger; /* NONE: not watched */
	fy_gpio_handler *handler;
	void *arg;
};

extern int test_level;
extern uint64_t test_rises, test_first_rise, test_last_fall;
extern int test_gpio_result;   /* what a request returns */
extern unsigned test_triggers; /* what the pin's controller can do, all at first */

static inline int fy_gpio_request(struct fy_device *dev, const char *function,
				  enum fy_gpio_mode mode, struct fy_gpio *pin)
{
	if (test_gpio_result)
		return test_gpio_result;
	*pin = (struct fy_gpio){ .taken = true, .is_input = mode == FY_GPIO_IN };
	if (!pin->is_input)
		test_level = mode == FY_GPIO_OUT_HIGH;
	return 0;
}

static inline void fy_gpio_release(struct fy_gpio *pin)
{
	*pin = (struct fy_gpio){ .taken = false };
}

static inline void fy_gpio_set(const struct fy_gpio *pin, int level)
{
	if (level && !test_level) {
		if (!test_rises++)
			test_first_rise = test_now;
	} else if (!level && test_level) {
		test_last_fall = test_now;
	}
	test_level = level;
}

static inline int fy_gpio_get(const struct fy_gpio *pin)
{
	return test_level;
}

static inline int fy_gpio_watch(struct fy_gpio *pin, unsigned trigger, fy_gpio_handler *handler,
				void *arg)
{
	assert(pin->taken && handler);
	if (!pin->is_input || !trigger || trigger & ~FY_GPIO_TRIGGER_ALL)
		return FY_ERR_INVALID;
	if (pin->trigger)
		return FY_ERR_BUSY;
	if (trigger & ~test_triggers)
		return FY_ERR_UNSUPPORTED;
	pin->trigger = trigger;
	pin->handler = handler;
	pin->arg = arg;
	return 0;
}

static inline void fy_gpio_unwatch(struct fy_gpio *pin)
{
	pin->trigger = FY_GPIO_TRIGGER_NONE;
}

/*
 * Puts LEVEL on the input, and calls the handler of who watches it: for an edge once, for a level
 * until it goes.
 */
static inline void test_pin_input(struct fy_gpio *pin, int level)
{
	unsigned edge = level ? FY_GPIO_TRIGGER_RISING : FY_GPIO_TRIGGER_FALLING;
	bool changed = test_level != level;

	assert(pin->is_input);
	test_level = level;
	if (changed && pin->trigger & edge)
		pin->handler(pin->arg);
	for (int calls = 0;
	     pin->trigger & (test_level ? FY_GPIO_TRIGGER_HIGH : FY_GPIO_TRIGGER_LOW); calls++) {
		assert(calls < 1000 && "a handler that makes the level go away");
		pin->handler(pin->arg);
	}
}
