// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * Interrupts: a table of handlers by the controller's numbers; devices may share one. They are
 * handled one after the other, in the order in which the controller names them, with interrupts
 * off. One without a handler ends in a panic: nobody can make it stop.
 */
#include <ferry/io.h>

#include "core.h"
#include "list.h"

#define IRQS 256

static struct bare_handler *irq_table[IRQS];

static int attach(int irq, struct bare_handler *at, fy_irq_handler *handler, void *arg)
{
	unsigned long flags;

	if (irq < 0 || irq >= IRQS)
		return FY_ERR_INVALID;
	if (at->handler)
		return FY_ERR_BUSY;
	at->handler = handler;
	at->arg = arg;
	flags = arch_irq_save();
	list_append(&irq_table[irq], at);
	bare_board.irq_enable(irq, true);
	arch_irq_restore(flags);
	return 0;
}

int bare_irq_handle(int irq, fy_irq_handler *handler, void *arg)
{
	static struct bare_handler own[2]; /* the board's timer and console */
	static unsigned used;

	return used < 2 ? attach(irq, &own[used++], handler, arg) : FY_ERR_BUSY;
}

/* The controller's number of the device's interrupt INDEX, or FY_ERR_NOT_FOUND. */
static int number(struct fy_device *dev, unsigned index)
{
	unsigned max = sizeof(dev->irqs) / sizeof(dev->irqs[0]);

	return index < max && dev->irqs[index] ? dev->irqs[index] : FY_ERR_NOT_FOUND;
}

int fy_port_irq_attach(struct fy_device *dev, unsigned index, fy_irq_handler *handler, void *arg)
{
	int irq = number(dev, index);

	return irq < 0 ? irq : attach(irq, &dev->handlers[index], handler, arg);
}

/* Handlers run on core 0 as drivers' threads do, so none is running now. */
void fy_port_irq_detach(struct fy_device *dev, unsigned index)
{
	int irq = number(dev, index);
	unsigned long flags;

	if (irq < 0 || !dev->handlers[index].handler)
		return;
	flags = arch_irq_save();
	list_remove(&irq_table[irq], &dev->handlers[index]);
	if (!irq_table[irq])
		bare_board.irq_enable(irq, false);
	dev->handlers[index].handler = NULL;
	arch_irq_restore(flags);
}

void bare_interrupt(void)
{
	int irq;

	fy_read_barrier();
	while ((irq = bare_board.irq_next()) >= 0) {
		if (irq >= IRQS || !irq_table[irq])
			bare_panic(BARE_CODE_INTERRUPT, "interrupt %d has no handler", irq);
		for (const struct bare_handler *at = irq_table[irq]; at; at = at->next)
			at->handler(at->arg);
		bare_board.irq_done(irq);
	}
	fy_read_barrier();
}
