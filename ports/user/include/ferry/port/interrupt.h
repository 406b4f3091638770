/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * User port of <ferry/interrupt.h>. There is one thread; a handler is called where an interrupt
 * could come on a machine with one processor: after an access to a register, in a delay, at the end
 * of a lock. See core/user-interrupt.c.
 */
#ifndef FERRY_PORT_INTERRUPT_H
#define FERRY_PORT_INTERRUPT_H

int user_irq_attach(struct fy_device *dev, unsigned index, fy_irq_handler *handler, void *arg);
void user_irq_detach(struct fy_device *dev, unsigned index);

static inline int fy_irq_attach(struct fy_device *dev, unsigned index, fy_irq_handler *handler,
				void *arg)
{
	return user_irq_attach(dev, index, handler, arg);
}

static inline void fy_irq_detach(struct fy_device *dev, unsigned index)
{
	user_irq_detach(dev, index);
}

#endif
