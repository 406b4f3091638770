/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * User port of <ferry/irq.h>: one thread, so a lock keeps handlers out, and reports wrong use. See
 * core/user-interrupt.c.
 */
#ifndef FERRY_PORT_IRQ_H
#define FERRY_PORT_IRQ_H

struct fy_lock {
	bool ready, held;
};

fy_irqflags user_lock(struct fy_lock *lock);
void user_unlock(struct fy_lock *lock, fy_irqflags flags);

static inline void fy_lock_init(struct fy_lock *lock)
{
	*lock = (struct fy_lock){ .ready = true };
}

static inline fy_irqflags fy_lock(struct fy_lock *lock)
{
	return user_lock(lock);
}

static inline void fy_unlock(struct fy_lock *lock, fy_irqflags flags)
{
	user_unlock(lock, flags);
}

#endif
