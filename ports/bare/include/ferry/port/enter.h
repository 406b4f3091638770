/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* For ports/common: what is between the two, no interrupt handler sees half done. */
#ifndef FERRY_PORT_ENTER_H
#define FERRY_PORT_ENTER_H

#include <ferry/irq.h>

static inline uintptr_t fy_port_enter(struct fy_device *dev)
{
	(void)dev;
	return arch_irq_save();
}

static inline void fy_port_leave(struct fy_device *dev, uintptr_t before)
{
	(void)dev;
	arch_irq_restore(before);
}

#endif
