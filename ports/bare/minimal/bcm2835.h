/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * What the minimal port needs of a Raspberry Pi: the system timer's counter of microseconds
 * (BCM2835 ARM Peripherals, 12.1), and the LED's pin (6.1). The board's minimal.h says where:
 * PERIPHERALS, LED, LED_ACTIVE_LOW.
 */
#ifndef PORTS_BARE_MINIMAL_BCM2835_H
#define PORTS_BARE_MINIMAL_BCM2835_H

#include <ferry/gpio.h>

#include "chips/register.h"

#define CLO    (PERIPHERALS + 0x003004u)
#define GPFSEL (PERIPHERALS + 0x200000u + LED / 10 * 4)
#define GPSET  (PERIPHERALS + 0x20001cu + LED / 32 * 4)
#define GPCLR  (PERIPHERALS + 0x200028u + LED / 32 * 4)

static inline uint32_t minimal_us(void)
{
	return read32(CLO);
}

/* Makes the pin an output. */
static inline struct fy_gpio minimal_led(void)
{
	write32(GPFSEL, (read32(GPFSEL) & ~(7u << LED % 10 * 3)) | 1u << LED % 10 * 3);
	return (struct fy_gpio){
		.store = {
			{ (volatile uint32_t *)(LED_ACTIVE_LOW ? GPSET : GPCLR), 1u << LED % 32 },
			{ (volatile uint32_t *)(LED_ACTIVE_LOW ? GPCLR : GPSET), 1u << LED % 32 },
		},
		.pin = LED,
	};
}

#endif
