/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * What an app on the minimal port has (APP_PARTS = minimal): no drivers, no interrupts, no console;
 * what is inline in the contract, and this. What needs more is missing when it is linked.
 */
#ifndef FERRY_APP_H
#define FERRY_APP_H

#include <ferry/driver.h>
#include <ferry/gpio.h>
#include <ferry/time.h>

/* Waits MS milliseconds, 2 million at the most, in a loop. */
static inline void fy_sleep_ms(uint32_t ms)
{
	fy_delay_us(ms * 1000);
}

/*
 * Takes the board's LED, which is as it is until it is set. Returns 0: each board of the minimal
 * port has one.
 */
static inline int fy_gpio_take_led(struct fy_gpio *pin)
{
	*pin = minimal_led();
	return 0;
}

#endif
