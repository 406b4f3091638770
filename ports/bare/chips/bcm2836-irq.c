// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* See bcm2836-irq.h. Only the timers of core 0 are served, before all peripherals. */
#include "bcm2836-irq.h"
#include "bcm2835-irq.h"
#include "register.h"

#define FIRST_LOCAL 96
#define TIMERS	    0xfu

#define GPU_ROUTING   0x0c /* 0: to core 0 */
#define TIMER_CONTROL 0x40 /* core 0: bits 0 to 3 enable its four timers */
#define PENDING	      0x60 /* core 0 */
#define PENDING_GPU   (1u << 8)

static uintptr_t base;

void bcm2836_irq_init(uintptr_t local, uintptr_t bcm2835)
{
	base = local;
	write32(base + GPU_ROUTING, 0);
	write32(base + TIMER_CONTROL, 0);
	bcm2835_irq_init(bcm2835);
}

int bcm2836_irq_next(void)
{
	uint32_t pending = read32(base + PENDING),
		 timers = pending & TIMERS & read32(base + TIMER_CONTROL);

	if (timers)
		return FIRST_LOCAL + __builtin_ctz(timers);
	return pending & PENDING_GPU ? bcm2835_irq_next() : -1;
}

void bcm2836_irq_enable(int irq, bool enable)
{
	uint32_t control, bit;

	if (irq < FIRST_LOCAL) {
		bcm2835_irq_enable(irq, enable);
		return;
	}
	control = read32(base + TIMER_CONTROL);
	bit = 1u << (irq - FIRST_LOCAL);
	write32(base + TIMER_CONTROL, enable ? control | bit : control & ~bit);
}
