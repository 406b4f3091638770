// SPDX-License-Identifier: GPL-2.0-only
/*
 * Interrupts, and keeping them out. Lines are levels, as a model has them: a handler is called
 * until its line is down. One that never gets it down would be called for good at one moment of
 * virtual time; it is given up on until time has passed. The line of a device on a bus counts by
 * its edge, as boards have it: the handler cannot take it back, for that takes a transfer.
 */
#include <ferry/interrupt.h>
#include <ferry/irq.h>

#include "world.h"

#define CALLS_MAX 1000 /* of one handler in a row */

int fy_port_irq_attach(struct fy_device *dev, unsigned index, fy_irq_handler *handler, void *arg)
{
	int refused = user_refused(dev, USER_IRQ_ATTACH);

	if (refused)
		return refused;
	if (index >= dev->irqs || index >= USER_IRQS)
		return FY_ERR_NOT_FOUND;
	if (dev->irq[index].handler)
		return FY_ERR_BUSY;
	dev->irq[index] = (struct user_irq){ .handler = handler, .arg = arg };
	user_interrupts(dev->world);
	return 0;
}

void fy_port_irq_detach(struct fy_device *dev, unsigned index)
{
	if (index < USER_IRQS)
		dev->irq[index].handler = NULL;
}

static bool is_up(const struct fy_device *dev, unsigned index)
{
	if (dev->uio)
		return index == 0 && dev->uio->pending;
	return dev->model && dev->model->lines >> index & 1;
}

void user_call_handler(struct user_world *w, struct fy_device *dev, struct user_irq *irq)
{
	dev->irq_calls++;
	w->handling = true;
	w->spins = 0;
	irq->handler(irq->arg);
	w->handling = false;
}

static bool handle(struct user_world *w, struct fy_device *dev, unsigned index)
{
	struct user_irq *irq = &dev->irq[index];

	if (!is_up(dev, index) || !irq->handler || irq->calls > CALLS_MAX)
		return false;
	if (dev->model && dev->model->kind->target && irq->told)
		return false;
	irq->told = true;
	if (++irq->calls > CALLS_MAX) {
		user_violation(w, dev, "interrupt %u is still there after %d calls of its handler",
			       index, CALLS_MAX);
		return false;
	}
	user_call_handler(w, dev, irq);
	if (dev->uio)
		user_uio_done(dev);
	return true;
}

/* The first one that is up, each time. */
static bool handle_one(struct user_world *w)
{
	for (struct fy_device *dev = w->devices; dev; dev = dev->next)
		for (unsigned i = 0; i < USER_IRQS; i++)
			if (handle(w, dev, i))
				return true;
	return false;
}

void user_interrupts(struct user_world *w)
{
	if (!w->lines_up || w->handling || w->locks)
		return;
	while (w->lines_up && handle_one(w))
		;
}

void user_interrupts_forgive(struct user_world *w)
{
	for (struct fy_device *dev = w->devices; w->lines_up && dev; dev = dev->next)
		for (unsigned i = 0; i < USER_IRQS; i++)
			dev->irq[i].calls = 0;
}

/* ---- Locks ---- */

fy_irqflags user_lock(struct fy_lock *lock)
{
	if (!lock->ready)
		user_violation(user_current, NULL,
			       "a lock is used that fy_lock_init() has not seen");
	if (lock->held)
		user_violation(user_current, NULL,
			       "a lock is taken by who has it: on other ports that waits for good");
	lock->held = true;
	user_current->locks++;
	return 1;
}

void user_unlock(struct fy_lock *lock, fy_irqflags flags)
{
	if (!lock->held || flags != 1) {
		user_violation(user_current, NULL,
			       "a lock is given back that nobody has, or with another one's flags");
		return;
	}
	lock->held = false;
	user_current->locks--;
	user_interrupts(user_current);
}
