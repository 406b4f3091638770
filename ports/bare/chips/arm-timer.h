/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * The ARM generic timer's virtual timer (ARM DDI 0487, section D11), which EL1 may use whatever
 * started it. PPI 11: INTID 27.
 */
#ifndef PORTS_BARE_CHIPS_ARM_TIMER_H
#define PORTS_BARE_CHIPS_ARM_TIMER_H

#include <stdint.h>

#define ARM_TIMER_IRQ 27

void arm_timer_init(void);
uint64_t arm_timer_ns(void);
void arm_timer_set(uint64_t when_ns);

#endif
