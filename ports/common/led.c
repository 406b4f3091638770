// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Class led where no kernel has it. */
#include <ferry/led.h>

int fy_port_led_offer(struct fy_device *dev, struct fy_led *led, unsigned index, const char *name,
		      unsigned highest, const struct fy_led_ops *ops)
{
	if (!highest)
		return FY_ERR_INVALID;
	led->dev = dev;
	led->ops = ops;
	led->index = index;
	led->highest = highest;
	led->brightness = 0;
	led->offer.name = name;
	return fy_port_offer(dev, &led->offer, FY_OFFER_LED);
}

int fy_port_led_set(struct fy_led *led, unsigned brightness)
{
	uintptr_t before = fy_port_op_enter(led->dev);
	int rc;

	led->brightness = brightness > led->highest ? led->highest : brightness;
	rc = led->ops->set(led->dev, led->index, led->brightness);
	fy_port_op_leave(led->dev, before);
	return rc;
}

int fy_port_led_blink(struct fy_led *led, uint32_t *on_ms, uint32_t *off_ms)
{
	uintptr_t before;
	int rc;

	if (!led->ops->blink)
		return FY_ERR_UNSUPPORTED;
	before = fy_port_op_enter(led->dev);
	rc = led->ops->blink(led->dev, led->index, on_ms, off_ms);
	fy_port_op_leave(led->dev, before);
	return rc;
}

void fy_port_led_withdraw(struct fy_led *led)
{
	fy_port_offer_end(&led->offer);
	led->ops->set(led->dev, led->index, 0);
}
