/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Linux port of <ferry/interrupt.h>: the interrupts of the device's devicetree node. See
 * ports/linux/linux-interrupt.c.
 */
#ifndef FERRY_PORT_INTERRUPT_H
#define FERRY_PORT_INTERRUPT_H

int fy_linux_irq_attach(struct fy_device *dev, unsigned index, fy_irq_handler *handler, void *arg);
void fy_linux_irq_detach(struct fy_device *dev, unsigned index);

static inline int fy_irq_attach(struct fy_device *dev, unsigned index, fy_irq_handler *handler,
				void *arg)
{
	return fy_linux_irq_attach(dev, index, handler, arg);
}

static inline void fy_irq_detach(struct fy_device *dev, unsigned index)
{
	fy_linux_irq_detach(dev, index);
}

#endif
