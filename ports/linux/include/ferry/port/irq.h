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

/*
 * To lockdep, locks that are made ready at one place are alike: so that is the place in the driver,
 * under the name that the lock has there. A driver may hold two of them at once.
 */
#define fy_lock_init(lock)                                                         \
	do {                                                                       \
		static struct lock_class_key lock_class;                           \
                                                                                   \
		(fy_lock_init)(lock);                                              \
		lockdep_set_class_and_name(&(lock)->spinlock, &lock_class, #lock); \
	} while (0)

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
