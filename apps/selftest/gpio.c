// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * The board's pins, through the driver of its controller. The pin is one that nothing hangs on: 5
 * of a Raspberry Pi (header pin 29), and of virt.
 */
#include <ferry/gpio-controller.h>
#include <ferry/io.h>

#include "tap.h"

#define PIN 5

/* ---- Levels. ---- */

static void test_use(void)
{
	struct fy_gpio pin, again;

	tap_is_int("a pin can be had", fy_gpio_take("gpio", PIN, false, FY_GPIO_OUT_HIGH, &pin), 0);
	tap_is_int("it begins with the level asked for", fy_gpio_get(&pin), 1);
	tap_is_int("only once", fy_gpio_take("gpio", PIN, false, FY_GPIO_IN, &again), FY_ERR_BUSY);
	tap_is_int("and the other user's level stays", fy_gpio_get(&pin), 1);
	for (int i = 0; i < 4; i++) {
		fy_gpio_set(&pin, i % 2);
		tap_is_int("it has the level that it was set to", fy_gpio_get(&pin), i % 2);
	}
	fy_gpio_release(&pin);
	tap_is_int("given back, it can be had again",
		   fy_gpio_take("gpio", PIN, true, FY_GPIO_OUT_LOW, &pin), 0);
	tap_is_int("active low: inactive", fy_gpio_get(&pin), 0);
	tap_is_int("is a high pin", pin.controller->ops->get(pin.controller->dev, PIN), 1);
	fy_gpio_set(&pin, 1);
	tap_is_int("active", fy_gpio_get(&pin), 1);
	tap_is_int("is a low pin", pin.controller->ops->get(pin.controller->dev, PIN), 0);
	tap_is_int("it is an output", pin.controller->ops->is_output(pin.controller->dev, PIN), 1);
	fy_gpio_release(&pin);
	tap_is_int("or an input", fy_gpio_take("gpio", PIN, false, FY_GPIO_IN, &pin), 0);
	tap_is_int("which it then is", pin.controller->ops->is_output(pin.controller->dev, PIN), 0);
	fy_gpio_release(&pin);
	fy_gpio_release(&pin);
}

void test_gpio(void)
{
	struct fy_gpio pin = { 0 };

	fy_gpio_release(&pin);
	tap_is_int("a pin that the controller does not have",
		   fy_gpio_take("gpio", 58, false, FY_GPIO_IN, &pin), FY_ERR_INVALID);
	tap_is_int("a controller that the board does not have",
		   fy_gpio_take("none", 0, false, FY_GPIO_IN, &pin), FY_ERR_DEFER);
	test_use();
	tap_is_int("the board's LED can be had", fy_gpio_take_led(&pin), 0);
	fy_gpio_release(&pin);
}

/* ---- Events. ---- */

static volatile unsigned events;

static void count_event(void *arg)
{
	(void)arg;
	events++;
}

static unsigned wait_for_event(void)
{
	uint64_t end = fy_now_ns() + 10 * FY_NS_PER_MS;

	while (fy_now_ns() < end)
		;
	return events;
}

static bool is_raspberry(struct fy_gpio *pin)
{
	struct fy_device *dev = pin->controller->dev;

	return fy_is_compatible(dev, "brcm,bcm2835-gpio") ||
	       fy_is_compatible(dev, "brcm,bcm2711-gpio");
}

/*
 * Without anything on the pin, it is driven as an output. A Raspberry Pi notices that; QEMU's PL061
 * when the pin becomes an input again, and it keeps the level.
 */
static void drive(struct fy_gpio *pin, int level)
{
	const struct fy_gpio_ops *ops = pin->controller->ops;

	ops->set_output(pin->controller->dev, pin->pin, level);
	if (!is_raspberry(pin))
		ops->set_input(pin->controller->dev, pin->pin);
}

/*
 * QEMU's BCM2835 does not have the registers for events: they read as zero whatever is written.
 * GPRENn, chapter 6.
 */
static bool has_events(struct fy_gpio *pin)
{
	bool holds;

	if (!is_raspberry(pin))
		return true;
	fy_gpio_watch(pin, FY_GPIO_TRIGGER_RISING, count_event, NULL);
	holds = fy_read32(pin->controller->dev, 0x4c) & (1u << PIN);
	fy_gpio_unwatch(pin);
	return holds;
}

static void watch(struct fy_gpio *pin, unsigned trigger)
{
	drive(pin, pin->active_low);
	events = 0;
	tap_is_int("a pin can be watched", fy_gpio_watch(pin, trigger, count_event, NULL), 0);
	tap_is("of what was before the watch, nothing is told", wait_for_event(), 0);
}

static void test_edges(struct fy_gpio *pin)
{
	static const struct {
		/* events after a rising edge, and after a falling one too */
		unsigned trigger, rising, both;
		const char *name;
	} cases[] = {
		{ FY_GPIO_TRIGGER_RISING, 1, 1, "rising edges" },
		{ FY_GPIO_TRIGGER_FALLING, 0, 1, "falling edges" },
		{ FY_GPIO_TRIGGER_RISING | FY_GPIO_TRIGGER_FALLING, 1, 2, "both edges" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		fy_print("# %s of an active-%s pin\n", cases[i].name,
			 pin->active_low ? "low" : "high");
		watch(pin, cases[i].trigger);
		drive(pin, !pin->active_low);
		tap_is("the pin becomes active", wait_for_event(), cases[i].rising);
		drive(pin, pin->active_low);
		tap_is("and inactive", wait_for_event(), cases[i].both);
		tap_is_int("it cannot be watched twice",
			   fy_gpio_watch(pin, cases[i].trigger, count_event, NULL), FY_ERR_BUSY);
		fy_gpio_unwatch(pin);
		drive(pin, !pin->active_low);
		drive(pin, pin->active_low);
		tap_is("after the watch nothing is told", wait_for_event(), cases[i].both);
	}
}

/* A level that lasts is told again and again; so this makes it go away, the second time. */
static void handle_level(void *arg)
{
	struct fy_gpio *pin = arg;

	if (++events == 2)
		drive(pin, !fy_gpio_get(pin) != pin->active_low);
}

static void test_levels(struct fy_gpio *pin)
{
	for (int level = 0; level <= 1; level++) {
		drive(pin, !level != pin->active_low);
		events = 0;
		tap_is_int("a level can be watched",
			   fy_gpio_watch(pin, level ? FY_GPIO_TRIGGER_HIGH : FY_GPIO_TRIGGER_LOW,
					 handle_level, pin),
			   0);
		tap_is(level ? "an inactive pin is not active" : "an active pin is not inactive",
		       wait_for_event(), 0);
		drive(pin, level != pin->active_low);
		tap_is("the level is told until it goes", wait_for_event(), 2);
		tap_is_int("when the handler makes it go", fy_gpio_get(pin), !level);
		fy_gpio_unwatch(pin);
	}
}

static void test_watch_errors(void)
{
	struct fy_gpio pin = { 0 };

	fy_gpio_unwatch(&pin);
	if (fy_gpio_take("gpio", PIN, false, FY_GPIO_OUT_LOW, &pin))
		return;
	tap_is_int("an output is not watched",
		   fy_gpio_watch(&pin, FY_GPIO_TRIGGER_RISING, count_event, NULL), FY_ERR_INVALID);
	fy_gpio_release(&pin);
	if (fy_gpio_take("gpio", PIN, false, FY_GPIO_IN, &pin))
		return;
	tap_is_int("nor an input for nothing",
		   fy_gpio_watch(&pin, FY_GPIO_TRIGGER_NONE, count_event, NULL), FY_ERR_INVALID);
	tap_is_int("nor for what there is not",
		   fy_gpio_watch(&pin, FY_GPIO_TRIGGER_ALL + 1, count_event, NULL), FY_ERR_INVALID);
	fy_gpio_release(&pin);
}

void test_gpio_events(void)
{
	struct fy_gpio pin;

	test_watch_errors();
	for (int active_low = 0; active_low <= 1; active_low++) {
		if (fy_gpio_take("gpio", PIN, active_low, FY_GPIO_IN, &pin))
			return;
		if (has_events(&pin)) {
			test_edges(&pin);
			test_levels(&pin);
		} else {
			tap_skip(active_low ? "events of an active-low pin" :
					      "events of an active-high pin",
				 "QEMU's Raspberry Pis have none");
		}
		fy_gpio_release(&pin);
	}
}
