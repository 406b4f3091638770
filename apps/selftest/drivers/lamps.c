// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * lamps: two LEDs for tests, without a device. `lamp` has a brightness up to 200 and blinks by
 * itself, in steps of 50 ms; `wait` is behind a bus that takes its time. Each says what it does.
 */
#include <ferry/driver.h>
#include <ferry/led.h>

enum { LAMP, WAIT, LAMPS };

struct lamps {
	struct fy_led led[LAMPS];
};

static int lamps_set(struct fy_device *dev, unsigned index, unsigned brightness)
{
	fy_info(dev, "lamp %u: %u", index, brightness);
	return 0;
}

static int lamps_blink(struct fy_device *dev, unsigned index, uint32_t *on_ms, uint32_t *off_ms)
{
	if (!*on_ms && !*off_ms)
		*on_ms = *off_ms = 500;
	*on_ms = (*on_ms + 49) / 50 * 50;
	*off_ms = (*off_ms + 49) / 50 * 50;
	fy_info(dev, "lamp %u: blinks %u %u", index, *on_ms, *off_ms);
	return 0;
}

static const struct fy_led_ops ops = {
	.set = lamps_set,
	.blink = lamps_blink,
};

static const struct fy_led_ops waiting_ops = {
	.set = lamps_set,
	.may_wait = true,
};

static int lamps_probe(struct fy_device *dev)
{
	struct lamps *l = fy_state(dev);
	int rc = fy_led_offer(dev, &l->led[LAMP], LAMP, "lamp", 200, &ops);

	if (rc)
		return rc;
	rc = fy_led_offer(dev, &l->led[WAIT], WAIT, "wait", 1, &waiting_ops);
	if (rc)
		fy_led_withdraw(&l->led[LAMP]);
	return rc;
}

static void lamps_remove(struct fy_device *dev)
{
	struct lamps *l = fy_state(dev);

	fy_led_withdraw(&l->led[WAIT]);
	fy_led_withdraw(&l->led[LAMP]);
}

FY_DRIVER(lamps) = {
	.name = "lamps",
	.state_size = sizeof(struct lamps),
	.probe = lamps_probe,
	.remove = lamps_remove,
};
