/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Bare port of <ferry/interrupt.h>. Handlers run on core 0 with interrupts off: none interrupts
 * another. Of several that wait, the one with the lowest number runs first. What this does is in
 * core/bare-interrupt.c.
 */
#ifndef FERRY_PORT_INTERRUPT_H
#define FERRY_PORT_INTERRUPT_H

int bare_irq_attach(struct fy_device *dev, unsigned index, fy_irq_handler *handler, void *arg);
void bare_irq_detach(struct fy_device *dev, unsigned index);

static inline int fy_irq_attach(struct fy_device *dev, unsigned index, fy_irq_handler *handler,
				void *arg)
{
	return bare_irq_attach(dev, index, handler, arg);
}

static inline void fy_irq_detach(struct fy_device *dev, unsigned index)
{
	bare_irq_detach(dev, index);
}

#endif
