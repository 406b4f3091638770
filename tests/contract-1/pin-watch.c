// SPDX-License-Identifier: GPL-2.0-only
/*
 * pin-watch: logs what a pin does, for tests.
 *
 * Devicetree node:
 *	compatible = "ferry,pin-watch";
 *	watched-gpios = <&gpio 5 0>;
 *	trigger = <3>;			enum fy_gpio_trigger; both edges when left out
 *	number = <0>;			for the log
 */
#include <ferry/driver.h>
#include <ferry/gpio.h>

struct pin_watch {
	struct fy_device *dev;
	struct fy_gpio pin;
	uint32_t number, events;
};

static void handle_event(void *arg)
{
	struct pin_watch *w = arg;

	w->events++;
	fy_info(w->dev, "watch %u, event %u: %s", w->number, w->events,
		fy_gpio_get(&w->pin) ? "active" : "inactive");
}

static int pin_watch_probe(struct fy_device *dev)
{
	struct pin_watch *w = fy_state(dev);
	uint32_t trigger = FY_GPIO_TRIGGER_RISING | FY_GPIO_TRIGGER_FALLING;
	int rc;

	w->dev = dev;
	fy_property_u32(dev, "trigger", &trigger);
	fy_property_u32(dev, "number", &w->number);
	rc = fy_gpio_request(dev, "watched", FY_GPIO_IN, &w->pin);
	if (rc)
		return rc;
	rc = fy_gpio_watch(&w->pin, trigger, handle_event, w);
	fy_info(dev, "watch %u, trigger %u: %d", w->number, trigger, rc);
	if (!rc)
		fy_info(dev, "watch %u, again: %d", w->number,
			fy_gpio_watch(&w->pin, trigger, handle_event, w));
	if (rc)
		fy_gpio_release(&w->pin);
	return rc;
}

static void pin_watch_remove(struct fy_device *dev)
{
	struct pin_watch *w = fy_state(dev);

	fy_gpio_release(&w->pin); /* ends the watch too */
}

FY_DESCRIPTION("Logs what a pin does, to test");
FY_COMPATIBLE("ferry,pin-watch");
FY_DRIVER(pin_watch) = {
	.name = "pin-watch",
	.compatible = fy_compatible,
	.state_size = sizeof(struct pin_watch),
	.probe = pin_watch_probe,
	.remove = pin_watch_remove,
};
