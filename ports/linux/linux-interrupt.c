// SPDX-License-Identifier: GPL-2.0-only
/*
 * Linux port: a device's interrupts. Handlers run in interrupt context on every kernel, threaded
 * ones (PREEMPT_RT, threadirqs) too: the contract says so, and a GPIO controller's handler calls
 * those of its pins' users.
 */
#include <linux/device.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irqdesc.h>
#include <linux/irqdomain.h>
#include <linux/property.h>
#include <linux/slab.h>
#include <ferry/interrupt.h>

#include "kernel-compat.h"
#include "linux-error.h"

struct fy_linux_interrupt {
	struct fy_linux_interrupt *next;
	unsigned index;
	int irq;
	fy_irq_handler *handler;
	void *arg;
};

static irqreturn_t handle(int irq, void *arg)
{
	const struct fy_linux_interrupt *interrupt = arg;

	interrupt->handler(interrupt->arg);
	return IRQ_HANDLED;
}

/*
 * Whether a driver that is gone had the interrupt for a chained handler, as the kernel's drivers of
 * GPIO controllers have: it leaves the interrupt in a state in which nobody can request it.
 */
static bool is_left_over(int irq)
{
	struct irq_data *data = irq_get_irq_data(irq);

	return data && irq_check_status_bit(irq, IRQ_NOREQUEST) &&
	       irq_data_to_desc(data)->handle_irq == handle_bad_irq;
}

/* The kernel's number of the device's interrupt, or an error of the contract. */
static int find_irq(struct fy_device *dev, unsigned index)
{
	struct fwnode_handle *node = dev->dev ? dev_fwnode(dev->dev) : NULL;
	int irq = node ? fwnode_irq_get(node, index) : -ENOENT;

	if (irq > 0 && is_left_over(irq)) {
		irq_dispose_mapping(irq);
		irq = fwnode_irq_get(node, index);
	}
	if (irq == -EPROBE_DEFER)
		return FY_ERR_DEFER;
	return irq > 0 ? irq : FY_ERR_NOT_FOUND;
}

int fy_port_irq_attach(struct fy_device *dev, unsigned index, fy_irq_handler *handler, void *arg)
{
	struct fy_linux_interrupt *new;
	int irq = find_irq(dev, index), rc;

	if (irq < 0)
		return irq;
	new = kzalloc(sizeof(*new), GFP_KERNEL);
	if (!new)
		return FY_ERR_NO_MEMORY;
	*new = (struct fy_linux_interrupt){ dev->interrupts, index, irq, handler, arg };
	rc = request_irq(irq, handle, IRQF_NO_THREAD | IRQF_SHARED, dev_name(dev->dev), new);
	if (rc)
		kfree(new);
	else
		dev->interrupts = new;
	return fy_error_from_errno(rc);
}

void fy_port_irq_detach(struct fy_device *dev, unsigned index)
{
	struct fy_linux_interrupt **at = &dev->interrupts, *old;

	while (*at && (*at)->index != index)
		at = &(*at)->next;
	old = *at;
	if (!old)
		return;
	*at = old->next;
	free_irq(old->irq, old);
	kfree(old);
}
