/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * The BCM2836's and BCM2837's: each core's own interrupts (QA7, "ARM Quad A7 core", section 4) in
 * front of the BCM2835's, which come to core 0. The cores' own have the numbers from 96 on.
 */
#ifndef PORTS_BARE_CHIPS_BCM2836_IRQ_H
#define PORTS_BARE_CHIPS_BCM2836_IRQ_H

#include <stdbool.h>
#include <stdint.h>

#define BCM2836_IRQ_VIRTUAL_TIMER (96 + 3)

void bcm2836_irq_init(uintptr_t local, uintptr_t bcm2835);
int bcm2836_irq_next(void);
void bcm2836_irq_enable(int irq, bool enable);

#endif
