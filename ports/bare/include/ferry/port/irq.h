/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Bare port of <ferry/irq.h>: interrupts off on this core; where there are several cores, a
 * spinlock besides. The ARMv6 boards have one core.
 */
#ifndef FERRY_PORT_IRQ_H
#define FERRY_PORT_IRQ_H

unsigned long arch_irq_save(void);
void arch_irq_restore(unsigned long flags);

struct fy_lock {
	bool taken;
};

static inline void fy_lock_init(struct fy_lock *lock)
{
	lock->taken = false;
}

static inline fy_irqflags fy_lock(struct fy_lock *lock)
{
	fy_irqflags flags = arch_irq_save();

#ifdef __aarch64__
	while (__atomic_test_and_set(&lock->taken, __ATOMIC_ACQUIRE))
		;
#else
	(void)lock;
#endif
	return flags;
}

static inline void fy_unlock(struct fy_lock *lock, fy_irqflags flags)
{
#ifdef __aarch64__
	__atomic_clear(&lock->taken, __ATOMIC_RELEASE);
#else
	(void)lock;
#endif
	arch_irq_restore(flags);
}

#endif
