/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Gives GPIO 14 and 15 to a UART before any driver runs, in case the firmware did not (BCM2835 ARM
 * Peripherals, section 6).
 */
#ifndef PORTS_BARE_CHIPS_BCM2835_PINS_H
#define PORTS_BARE_CHIPS_BCM2835_PINS_H

#include "register.h"

#define GPFSEL1	      0x04
#define FUNCTION_ALT0 4u /* PL011 */
#define FUNCTION_ALT5 2u /* mini UART */

static inline void bcm2835_pins_uart(uintptr_t gpio, uint32_t function)
{
	uint32_t select = read32(gpio + GPFSEL1) & ~(077u << 12);

	write32(gpio + GPFSEL1, select | function << 12 | function << 15);
}

#endif
