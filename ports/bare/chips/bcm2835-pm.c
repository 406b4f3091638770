// SPDX-License-Identifier: GPL-2.0-only
/* See bcm2835-pm.h. */
#include "bcm2835-pm.h"
#include "register.h"

#define RSTC 0x1c
#define RSTC_WHAT	0x30u
#define RSTC_FULL_RESET 0x20u
#define RSTC_STOPPED	0x102u
#define WDOG 0x24
#define WDOG_MAX 0xfffffu	/* ticks of 1/65536 s */
#define PASSWORD 0x5a000000u	/* in the top byte of each write */

static void start(uintptr_t base, uint32_t ticks)
{
	uint32_t rstc = read32(base + RSTC) & 0xffffff & ~RSTC_WHAT;

	write32(base + WDOG, PASSWORD | ticks);
	write32(base + RSTC, PASSWORD | rstc | RSTC_FULL_RESET);
}

void bcm2835_pm_watchdog(uintptr_t registers, unsigned ms)
{
	uint32_t ticks = ms < 16000 ? ms * 65536u / 1000 : WDOG_MAX;

	if (ms)
		start(registers, ticks ? ticks : 1);
	else
		write32(registers + RSTC, PASSWORD | RSTC_STOPPED);
}

void bcm2835_pm_reset(uintptr_t registers)
{
	start(registers, 10);
}
