/* SPDX-License-Identifier: GPL-2.0-only */
/* Test port of <ferry/irq.h>: one thread, so a lock only checks that it is used properly. */
#include <assert.h>

struct fy_lock {
	bool ready, held;
};

static inline void fy_lock_init(struct fy_lock *lock)
{
	lock->ready = true;
}

static inline fy_irqflags fy_lock(struct fy_lock *lock)
{
	assert(lock->ready && !lock->held);
	lock->held = true;
	return 1;
}

static inline void fy_unlock(struct fy_lock *lock, fy_irqflags flags)
{
	assert(lock->held && flags == 1);
	lock->held = false;
}
