/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * What the minimal port needs of a board with a PL061 (ARM DDI 0190, chapter 3) and the ARM generic
 * timer. The board's minimal.h says where: BOARD_GPIO, BOARD_LED.
 */
#ifndef PORTS_BARE_MINIMAL_PL061_H
#define PORTS_BARE_MINIMAL_PL061_H

#include <ferry/gpio.h>

#include "chips/register.h"

#define GPIODATA (BOARD_GPIO + (4u << BOARD_LED)) /* the LED's bit alone */
#define GPIODIR	 (BOARD_GPIO + 0x400u)

static inline uint32_t minimal_us(void)
{
	uint64_t count, hz;

	__asm__ volatile("isb\n\tmrs %0, cntvct_el0" : "=r"(count));
	__asm__("mrs %0, cntfrq_el0" : "=r"(hz));
	return (uint32_t)(count / hz * 1000000 + count % hz * 1000000 / hz);
}

/* Makes the pin an output. */
static inline struct fy_gpio minimal_led(void)
{
	write32(GPIODIR, read32(GPIODIR) | 1u << BOARD_LED);
	return (struct fy_gpio){
		.store = {
			{ (volatile uint32_t *)GPIODATA, 0 },
			{ (volatile uint32_t *)GPIODATA, 1u << BOARD_LED },
		},
		.pin = BOARD_LED,
	};
}

#endif
