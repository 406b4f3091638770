/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * The GIC-400, or any GICv2 (ARM IHI 0048B). Interrupts have their INTID: shared ones from 32 on.
 * All have the same priority, so the lowest number comes first, and none interrupts another.
 */
#ifndef PORTS_BARE_CHIPS_GIC_H
#define PORTS_BARE_CHIPS_GIC_H

#include <stdbool.h>
#include <stdint.h>

void gic_init(uintptr_t distributor, uintptr_t cpu_interface);
int gic_next(void);
void gic_done(int irq);
void gic_enable(int irq, bool enable);

#endif
