/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* <ferry/led.h> for every port: Linux' is in ports/linux/linux-led.c, others use common/led.c. */
#ifndef FERRY_PORT_LED_H
#define FERRY_PORT_LED_H

#include <ferry/port/offer.h>

struct fy_led {
	struct fy_offer offer;
	struct fy_device *dev;
	const struct fy_led_ops *ops;
	unsigned index, highest, brightness;
	void *port;
};

int fy_port_led_offer(struct fy_device *dev, struct fy_led *led, unsigned index, const char *name,
		      unsigned highest, const struct fy_led_ops *ops);
void fy_port_led_withdraw(struct fy_led *led);

/*
 * The ops, for who uses the LED where no kernel has the class. Brightness above the highest is
 * that. Context: thread.
 */
int fy_port_led_set(struct fy_led *led, unsigned brightness);
int fy_port_led_blink(struct fy_led *led, uint32_t *on_ms, uint32_t *off_ms);

static inline int fy_led_offer(struct fy_device *dev, struct fy_led *led, unsigned index,
			       const char *name, unsigned highest, const struct fy_led_ops *ops)
{
	return fy_port_led_offer(dev, led, index, name, highest, ops);
}

static inline void fy_led_withdraw(struct fy_led *led)
{
	fy_port_led_withdraw(led);
}

#endif
