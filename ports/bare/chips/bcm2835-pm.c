// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* See bcm2835-pm.h. */
#include "bcm2835-pm.h"
#include "register.h"

#define RSTC		0x1c
#define RSTC_WHAT	0x30u
#define RSTC_FULL_RESET 0x20u
#define RSTC_STOPPED	0x102u
#define RSTS		0x20
#define RSTS_HALT	0x555u /* "partition 63" to start from: none */
#define WDOG		0x24
#define WDOG_MAX	0xfffffu /* ticks of 1/65536 s */
#define VALUE		0xffffffu
#define PASSWORD	0x5a000000u /* in the top byte of each write */

static uintptr_t base;

void bcm2835_pm_init(uintptr_t registers)
{
	base = registers;
}

static void start(uint32_t ticks)
{
	uint32_t rstc = read32(base + RSTC) & VALUE & ~RSTC_WHAT;

	write32(base + WDOG, PASSWORD | ticks);
	write32(base + RSTC, PASSWORD | rstc | RSTC_FULL_RESET);
}

void bcm2835_pm_watchdog(unsigned ms)
{
	uint32_t ticks = ms < 16000 ? ms * 65536u / 1000 : WDOG_MAX;

	if (ms)
		start(ticks ? ticks : 1);
	else
		write32(base + RSTC, PASSWORD | RSTC_STOPPED);
}

void bcm2835_pm_reset(void)
{
	start(10);
}

void bcm2835_pm_off(void)
{
	write32(base + RSTS, PASSWORD | (read32(base + RSTS) & VALUE) | RSTS_HALT);
	start(10);
}
