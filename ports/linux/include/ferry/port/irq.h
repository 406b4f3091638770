/* SPDX-License-Identifier: GPL-2.0-only */
/* Linux port of <ferry/irq.h>: a raw spinlock, since timer and interrupt handlers take it. */
#ifndef FERRY_PORT_IRQ_H
#define FERRY_PORT_IRQ_H

#include <linux/spinlock.h>

struct fy_lock {
	raw_spinlock_t spinlock;
};

static inline void fy_lock_init(struct fy_lock *lock)
{
	raw_spin_lock_init(&lock->spinlock);
}

static inline fy_irqflags fy_lock(struct fy_lock *lock)
{
	fy_irqflags flags;

	raw_spin_lock_irqsave(&lock->spinlock, flags);
	return flags;
}

static inline void fy_unlock(struct fy_lock *lock, fy_irqflags flags)
{
	raw_spin_unlock_irqrestore(&lock->spinlock, flags);
}

#endif
