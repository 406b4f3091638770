/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * The BCM2835's power manager: watchdog and reset. No manual has it; the registers are those of
 * Linux' bcm2835_wdt.
 */
#ifndef PORTS_BARE_CHIPS_BCM2835_PM_H
#define PORTS_BARE_CHIPS_BCM2835_PM_H

#include <stdint.h>

void bcm2835_pm_init(uintptr_t registers);
/* Resets in MS milliseconds, 16000 at the most; 0: not any more. */
void bcm2835_pm_watchdog(unsigned ms);
/* Resets, after 150 us. */
void bcm2835_pm_reset(void);
/*
 * Resets so that the firmware, which then runs first, stops there. That is as far off as the board
 * goes.
 */
void bcm2835_pm_off(void);

#endif
