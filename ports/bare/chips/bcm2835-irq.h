/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * The BCM2835's interrupt controller (BCM2835 ARM Peripherals, section 7). Interrupts 0 to 63 are
 * the peripherals', 64 to 71 the ARM's own. The lowest number comes first.
 */
#ifndef PORTS_BARE_CHIPS_BCM2835_IRQ_H
#define PORTS_BARE_CHIPS_BCM2835_IRQ_H

#include <stdbool.h>
#include <stdint.h>

void bcm2835_irq_init(uintptr_t registers);
int bcm2835_irq_next(void);
void bcm2835_irq_done(int irq);
void bcm2835_irq_enable(int irq, bool enable);

#endif
