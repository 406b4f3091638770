// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * blink-minimal: the board's LED, and no byte for anything else. Without APP_PARTS in app.mk it is
 * built with all of the port.
 *
 *	make app APP=blink-minimal BOARD=rpi-4
 */
#include <ferry/app.h>

int main(void)
{
	struct fy_gpio led;

	fy_gpio_take_led(&led);
	for (;;) {
		fy_gpio_set(&led, 1);
		fy_sleep_ms(500);
		fy_gpio_set(&led, 0);
		fy_sleep_ms(500);
	}
}
