// SPDX-License-Identifier: GPL-2.0-only
/*
 * blink as one writes it for a Raspberry Pi, with no Ferry: the peer of apps/blink-minimal. -D says
 * PERIPHERALS and LED.
 */
#include <stdint.h>

#define REG(offset) (*(volatile uint32_t *)(PERIPHERALS + (offset)))
#define TIMER_CLO   REG(0x003004)
#define GPFSEL	    REG(0x200000 + LED / 10 * 4)
#define GPSET	    REG(0x20001c + LED / 32 * 4)
#define GPCLR	    REG(0x200028 + LED / 32 * 4)

#define SHIFT (LED % 10 * 3)
#define BIT   (1u << LED % 32)
#define HALF  500000

static inline void wait(uint32_t us)
{
	uint32_t start = TIMER_CLO;

	while (TIMER_CLO - start < us)
		;
}

int main(void)
{
	GPFSEL = (GPFSEL & ~(7u << SHIFT)) | 1u << SHIFT;
	for (;;) {
		GPSET = BIT;
		wait(HALF);
		GPCLR = BIT;
		wait(HALF);
	}
}
