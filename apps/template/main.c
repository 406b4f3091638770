// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * A program of your own: copy this directory to anywhere, and change what main() does. It blinks
 * the board's LED.
 */
#include <ferry/app.h>

int main(void)
{
	struct fy_gpio led;
	uint64_t next = fy_now_ns();
	int level = 0;
	int rc = fy_gpio_take_led(&led);

	/* Another pin: fy_gpio_take("gpio", 17, false, FY_GPIO_OUT_LOW, &led) */
	if (rc) {
		fy_print("no LED: error %d\n", rc);
		return 1;
	}
	fy_print("blinking\n");
	for (;;) {
		level = !level;
		fy_gpio_set(&led, level);
		next += 250 * FY_NS_PER_MS;
		fy_sleep_until(next);
	}
}
