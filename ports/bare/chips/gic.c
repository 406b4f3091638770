// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * See gic.h. Shared interrupts go to core 0; what triggers them stays as it is after reset: their
 * level.
 */
#include "gic.h"
#include "register.h"

#define GICD_CTLR	0x000
#define GICD_TYPER	0x004
#define GICD_IGROUPR	0x080
#define GICD_ISENABLER	0x100
#define GICD_ICENABLER	0x180
#define GICD_ICPENDR	0x280
#define GICD_ICACTIVER	0x380
#define GICD_IPRIORITYR 0x400 /* a byte each */
#define GICD_ITARGETSR	0x800 /* a byte each: a bit for each core */
#define FIRST_SHARED	32

#define GICC_CTLR 0x00
#define GICC_PMR  0x04
#define GICC_IAR  0x0c
#define GICC_EOIR 0x10
#define IAR_ID	  0x3ffu
#define SPURIOUS  1020

#define PRIORITY 0xa0a0a0a0u /* of four */
#define CORE_0	 0x01010101u

static uintptr_t gicd, gicc;
static uint32_t acknowledged; /* what IAR said, which EOIR wants back */

void gic_init(uintptr_t distributor, uintptr_t cpu_interface)
{
	uint32_t lines;

	gicd = distributor;
	gicc = cpu_interface;
	lines = ((read32(gicd + GICD_TYPER) & 0x1f) + 1) * 32;
	write32(gicd + GICD_CTLR, 0);
	for (uint32_t i = 0; i < lines; i += 32) {
		write32(gicd + GICD_ICENABLER + i / 8, 0xffffffff);
		write32(gicd + GICD_ICPENDR + i / 8, 0xffffffff);
		/* an interrupt that the previous program left active would never come again */
		write32(gicd + GICD_ICACTIVER + i / 8, 0xffffffff);
	}
	for (uint32_t i = 0; i < lines; i += 4) {
		write32(gicd + GICD_IPRIORITYR + i, PRIORITY);
		if (i >= FIRST_SHARED)
			write32(gicd + GICD_ITARGETSR + i, CORE_0);
	}
	write32(gicd + GICD_CTLR, 1);
	write32(gicc + GICC_PMR, 0xff);
	write32(gicc + GICC_CTLR, 1);
}

int gic_next(void)
{
	uint32_t iar = read32(gicc + GICC_IAR);

	if ((iar & IAR_ID) >= SPURIOUS)
		return -1;
	acknowledged = iar;
	return (int)(iar & IAR_ID);
}

void gic_done(int irq)
{
	(void)irq;
	write32(gicc + GICC_EOIR, acknowledged);
}

void gic_enable(int irq, bool enable)
{
	write32(gicd + (enable ? GICD_ISENABLER : GICD_ICENABLER) + (uint32_t)irq / 32 * 4,
		1u << irq % 32);
}
