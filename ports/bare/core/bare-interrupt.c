// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * Interrupts: a table of handlers by the controller's numbers. They are handled one after the
 * other, in the order in which the controller names them, with interrupts off. One without a
 * handler ends in a panic: nobody can make it stop.
 */
#include <ferry/io.h>

#include "core.h"

#define IRQS 256

static struct {
	fy_irq_handler *handler;
	void *arg;
} irq_table[IRQS];

int bare_irq_handle(int irq, fy_irq_handler *handler, void *arg)
{
	if (irq < 0 || irq >= IRQS)
		return FY_ERR_INVALID;
	if (irq_table[irq].handler)
		return FY_ERR_BUSY;
	irq_table[irq].arg = arg;
	irq_table[irq].handler = handler;
	bare_board.irq_enable(irq, true);
	return 0;
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

	return irq < 0 ? irq : bare_irq_handle(irq, handler, arg);
}

/* Handlers run on core 0 as drivers' threads do, so none is running now. */
void fy_port_irq_detach(struct fy_device *dev, unsigned index)
{
	int irq = number(dev, index);

	if (irq < 0)
		return;
	bare_board.irq_enable(irq, false);
	irq_table[irq].handler = NULL;
}

void bare_interrupt(void)
{
	int irq;

	fy_read_barrier();
	while ((irq = bare_board.irq_next()) >= 0) {
		if (irq >= IRQS || !irq_table[irq].handler)
			bare_panic(BARE_CODE_INTERRUPT, "interrupt %d has no handler", irq);
		irq_table[irq].handler(irq_table[irq].arg);
		bare_board.irq_done(irq);
	}
	fy_read_barrier();
}
