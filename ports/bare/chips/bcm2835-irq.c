// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* See bcm2835-irq.h. There is no end of interrupt: one is over when the device stops asking. */
#include "bcm2835-irq.h"
#include "register.h"

#define BANKS 3

/* A bank's registers: pending, enable, disable. The manual's "basic" bank is the last one here. */
static const struct bank {
	uint16_t pending, enable, disable;
	uint32_t mask; /* what is an interrupt in `pending` */
} banks[BANKS] = {
	{ 0x04, 0x10, 0x1c, 0xffffffff },
	{ 0x08, 0x14, 0x20, 0xffffffff },
	{ 0x00, 0x18, 0x24, 0x000000ff },
};

static uintptr_t base;
static uint32_t enabled[BANKS];

void bcm2835_irq_init(uintptr_t registers)
{
	base = registers;
	for (int i = 0; i < BANKS; i++)
		write32(base + banks[i].disable, banks[i].mask);
}

int bcm2835_irq_next(void)
{
	for (int i = 0; i < BANKS; i++) {
		uint32_t pending = enabled[i] ? read32(base + banks[i].pending) & enabled[i] : 0;

		if (pending)
			return i * 32 + __builtin_ctz(pending);
	}
	return -1;
}

void bcm2835_irq_done(int irq)
{
	(void)irq;
}

void bcm2835_irq_enable(int irq, bool enable)
{
	const struct bank *bank = &banks[irq / 32 % BANKS];
	uint32_t bit = 1u << irq % 32, *which = &enabled[irq / 32 % BANKS];

	*which = enable ? *which | bit : *which & ~bit;
	write32(base + (enable ? bank->enable : bank->disable), bit);
}
