// SPDX-License-Identifier: GPL-2.0-only
/*
 * watch-level: a driver that waits for the level of a pin, for tests/gpio-linux.t. It does nothing
 * about the level, so it is told again and again; when it is removed it logs how often, and for how
 * long.
 */
#include <ferry/driver.h>
#include <ferry/gpio.h>
#include <ferry/time.h>

struct watch_level {
	struct fy_gpio button;
	uint64_t first, last; /* fy_now_ns() */
	uint32_t events;
	int level; /* at the last one */
};

static void handle(void *arg)
{
	struct watch_level *w = arg;

	w->last = fy_now_ns();
	if (!w->events++)
		w->first = w->last;
	w->level = fy_gpio_get(&w->button);
}

static int watch_level_probe(struct fy_device *dev)
{
	struct watch_level *w = fy_state(dev);
	int rc = fy_gpio_request(dev, "button", FY_GPIO_IN, &w->button);

	if (rc)
		return rc;
	rc = fy_gpio_watch(&w->button, FY_GPIO_TRIGGER_HIGH, handle, w);
	if (rc) {
		fy_error(dev, "cannot watch the pin: error %d", rc);
		fy_gpio_release(&w->button);
	}
	return rc;
}

static void watch_level_remove(struct fy_device *dev)
{
	struct watch_level *w = fy_state(dev);

	fy_gpio_release(&w->button);
	fy_info(dev, "%u events in %u ms, the last at level %d", w->events,
		(unsigned)fy_div_u64(w->last - w->first, FY_NS_PER_MS), w->level);
}

FY_DESCRIPTION("Waits for the level of a pin");
FY_COMPATIBLE("ferry,watch-level");
FY_DRIVER(watch_level) = {
	.name = "watch-level",
	.compatible = fy_compatible,
	.state_size = sizeof(struct watch_level),
	.probe = watch_level_probe,
	.remove = watch_level_remove,
};
