// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * See mini-uart.h. The manual has the bits of IER wrong; its errata
 * (elinux.org/BCM2835_datasheet_errata) have them right.
 */
#include "mini-uart.h"
#include "register.h"

#define BAUD 115200

#define AUX_ENABLES	      0x04
#define AUX_ENABLES_MINI_UART (1u << 0)
#define IO		      0x40
#define IER		      0x44
/* bits 2 and 3 mean nothing by the manual: without them there is no interrupt */
#define IER_RX		(1u << 0 | 3u << 2)
#define IIR		0x48
#define IIR_CLEAR_FIFOS (3u << 1)
#define LCR		0x4c
#define LCR_8_BITS	3u /* the manual says 1: errata */
#define MCR		0x50
#define LSR		0x54
#define LSR_RX_READY	(1u << 0)
#define LSR_TX_ROOM	(1u << 5)
#define CNTL		0x60
#define CNTL_RX		(1u << 0)
#define CNTL_TX		(1u << 1)
#define BAUDRATE	0x68

static uintptr_t base;

void mini_uart_init(uintptr_t registers, uint32_t hz)
{
	base = registers;
	write32(base + AUX_ENABLES, read32(base + AUX_ENABLES) | AUX_ENABLES_MINI_UART);
	write32(base + CNTL, 0);
	write32(base + IER, 0);
	write32(base + LCR, LCR_8_BITS);
	write32(base + MCR, 0);
	write32(base + IIR, IIR_CLEAR_FIFOS);
	write32(base + BAUDRATE, (hz + BAUD * 4) / (BAUD * 8) - 1);
	write32(base + CNTL, CNTL_RX | CNTL_TX);
	write32(base + IER, IER_RX);
}

void mini_uart_put(char c)
{
	while (!(read32(base + LSR) & LSR_TX_ROOM))
		;
	write32(base + IO, (unsigned char)c);
}

int mini_uart_get(void)
{
	if (!(read32(base + LSR) & LSR_RX_READY))
		return -1;
	return (int)(read32(base + IO) & 0xff);
}
