/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * The BCM2835's mini UART (UART1) as the console (BCM2835 ARM Peripherals, section 2.2). Its rate
 * follows the core's clock.
 */
#ifndef PORTS_BARE_CHIPS_MINI_UART_H
#define PORTS_BARE_CHIPS_MINI_UART_H

#include <stdint.h>

/*
 * At REGISTERS, those of the auxiliary peripherals; the core's clock has HZ: 115200 baud, 8 bits.
 */
void mini_uart_init(uintptr_t registers, uint32_t hz);
void mini_uart_put(char c);
int mini_uart_get(void);

#endif
