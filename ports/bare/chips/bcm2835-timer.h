/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * The BCM2835's system timer (BCM2835 ARM Peripherals, section 12): a 64-bit counter of
 * microseconds, and compare channels.
 */
#ifndef PORTS_BARE_CHIPS_BCM2835_TIMER_H
#define PORTS_BARE_CHIPS_BCM2835_TIMER_H

#include <stdint.h>

/* Channel 1 or 3 (the firmware has the others), whose interrupt has the channel's number. */
void bcm2835_timer_init(uintptr_t registers, unsigned channel);
uint64_t bcm2835_timer_ns(void);
/* In whole microseconds, never too early. */
void bcm2835_timer_set(uint64_t when_ns);

#endif
