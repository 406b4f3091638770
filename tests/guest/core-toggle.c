// SPDX-License-Identifier: GPL-2.0-only
/*
 * An app for the bare metal whose core 1 makes the LED's pin high and low, each for a millisecond:
 * for tests/bare-app.t.
 */
#include <ferry/app.h>
#include <ferry/gpio.h>
#include <ferry/time.h>

static bool done;

static void toggle(void *arg)
{
	struct fy_gpio *pin = arg;
	uint64_t next = fy_now_ns();

	for (int i = 1; i <= 20; i++) {
		next += FY_NS_PER_MS;
		while (fy_now_ns() < next)
			;
		fy_gpio_set(pin, i % 2);
	}
	__atomic_store_n(&done, true, __ATOMIC_RELEASE);
}

int main(void)
{
	static struct fy_gpio pin;

	if (fy_gpio_take("gpio", 3, false, FY_GPIO_OUT_LOW, &pin) || fy_core_start(1, toggle, &pin))
		return 1;
	while (!__atomic_load_n(&done, __ATOMIC_ACQUIRE))
		fy_sleep_ms(1);
	fy_print("toggled\n");
	return 0;
}
