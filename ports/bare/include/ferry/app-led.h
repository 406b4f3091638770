/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * What an app has of the LEDs that drivers offer (<ferry/led.h>). NAME is the LED's, or its
 * device's; NULL: the first one. Calls return 0; FY_ERR_NOT_FOUND: there is no such LED; or what
 * the driver says. Context of all: thread.
 */
#ifndef FERRY_APP_LED_H
#define FERRY_APP_LED_H

#include <ferry/app.h>
#include <ferry/led.h>

/* Its highest brightness: ->highest; NULL: there is none. */
struct fy_led *fy_led_find(const char *name);

/* 0: off; more than it can is as bright as it can. */
static inline int fy_led_set(const char *name, unsigned brightness)
{
	struct fy_led *led = fy_led_find(name);

	return led ? fy_port_led_set(led, brightness) : FY_ERR_NOT_FOUND;
}

/* Has it blink by itself; stores the times that it really has. FY_ERR_UNSUPPORTED: it cannot. */
static inline int fy_led_blink(const char *name, uint32_t *on_ms, uint32_t *off_ms)
{
	struct fy_led *led = fy_led_find(name);

	return led ? fy_port_led_blink(led, on_ms, off_ms) : FY_ERR_NOT_FOUND;
}

#endif
