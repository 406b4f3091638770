// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* See pl011.h. Section numbers are those of ARM DDI 0183G. */
#include "pl011.h"
#include "register.h"

#define BAUD 115200

#define DR	     0x00      /* 3.3.1 */
#define FR	     0x18      /* 3.3.3 */
#define FR_RXFE	     (1u << 4) /* nothing received */
#define FR_TXFF	     (1u << 5) /* no room to send */
#define FR_BUSY	     (1u << 3)
#define IBRD	     0x24 /* 3.3.5: the divisor, and its 64ths */
#define FBRD	     0x28
#define LCRH	     0x2c /* 3.3.7 */
#define LCRH_FEN     (1u << 4)
#define LCRH_8_BITS  (3u << 5)
#define CR	     0x30 /* 3.3.8 */
#define CR_UARTEN    (1u << 0)
#define CR_TXE	     (1u << 8)
#define CR_RXE	     (1u << 9)
#define IMSC	     0x38      /* 3.3.10 */
#define IMSC_RX	     (1u << 4) /* the FIFO is half full */
#define IMSC_TIMEOUT (1u << 6) /* something has been in it for a while */
#define ICR	     0x44      /* 3.3.13 */
#define ICR_ALL	     0x7ff

static uintptr_t base;

void pl011_init(uintptr_t registers, uint32_t hz)
{
	base = registers;
	if (hz) {
		/* in 64ths: hz / (16 x BAUD) x 64 */
		uint32_t divisor = (hz * 4 + BAUD / 2) / BAUD;

		while (read32(base + FR) & FR_BUSY)
			;
		write32(base + CR, 0);
		write32(base + IBRD, divisor / 64);
		write32(base + FBRD, divisor % 64);
		write32(base + LCRH, LCRH_8_BITS | LCRH_FEN);
	}
	write32(base + ICR, ICR_ALL);
	write32(base + IMSC, IMSC_RX | IMSC_TIMEOUT);
	write32(base + CR, CR_UARTEN | CR_TXE | CR_RXE);
}

void pl011_put(char c)
{
	while (read32(base + FR) & FR_TXFF)
		;
	write32(base + DR, (unsigned char)c);
}

/* Reading the FIFO empty takes both interrupts back. */
int pl011_get(void)
{
	if (read32(base + FR) & FR_RXFE)
		return -1;
	return (int)(read32(base + DR) & 0xff);
}
