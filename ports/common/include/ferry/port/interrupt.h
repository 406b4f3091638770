/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * <ferry/interrupt.h> for every port: each has these two functions. On the bare metal handlers run
 * on core 0 with interrupts off, that of the lowest number first; in a process where an interrupt
 * could come on a machine with one processor.
 */
#ifndef FERRY_PORT_INTERRUPT_H
#define FERRY_PORT_INTERRUPT_H

int fy_port_irq_attach(struct fy_device *dev, unsigned index, fy_irq_handler *handler, void *arg);
void fy_port_irq_detach(struct fy_device *dev, unsigned index);

static inline int fy_irq_attach(struct fy_device *dev, unsigned index, fy_irq_handler *handler,
				void *arg)
{
	return fy_port_irq_attach(dev, index, handler, arg);
}

static inline void fy_irq_detach(struct fy_device *dev, unsigned index)
{
	fy_port_irq_detach(dev, index);
}

#endif
