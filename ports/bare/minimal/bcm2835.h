/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * What the minimal port needs of a Raspberry Pi: the system timer's counter of microseconds
 * (BCM2835 ARM Peripherals, 12.1), and the LED's pin (6.1). The board's minimal.h says where:
 * BOARD_PERIPHERALS, BOARD_LED, BOARD_LED_ACTIVE_LOW.
 */
#ifndef PORTS_BARE_MINIMAL_BCM2835_H
#define PORTS_BARE_MINIMAL_BCM2835_H

#include <ferry/gpio.h>

#include "chips/register.h"

#define CLO    (BOARD_PERIPHERALS + 0x003004u)
#define GPFSEL (BOARD_PERIPHERALS + 0x200000u + BOARD_LED / 10 * 4)
#define GPSET  (BOARD_PERIPHERALS + 0x20001cu + BOARD_LED / 32 * 4)
#define GPCLR  (BOARD_PERIPHERALS + 0x200028u + BOARD_LED / 32 * 4)
#define LEVEL  (1u << BOARD_LED % 32) /* in GPSET and GPCLR */
#define SHIFT  (BOARD_LED % 10 * 3)   /* in GPFSEL */

static inline uint32_t minimal_us(void)
{
	return read32(CLO);
}

/* Makes the pin an output. */
static inline struct fy_gpio minimal_led(void)
{
	write32(GPFSEL, (read32(GPFSEL) & ~(7u << SHIFT)) | 1u << SHIFT);
	return (struct fy_gpio){
		.store = {
			{ (volatile uint32_t *)(BOARD_LED_ACTIVE_LOW ? GPSET : GPCLR), LEVEL },
			{ (volatile uint32_t *)(BOARD_LED_ACTIVE_LOW ? GPCLR : GPSET), LEVEL },
		},
		.pin = BOARD_LED,
	};
}

#endif
