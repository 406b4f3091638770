/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * A lock that a driver's threads and its timer and interrupt handlers share. Interrupts are off
 * while it is held, so keep critical sections short. (A device's interrupts are in
 * <ferry/interrupt.h>.)
 */
#ifndef FERRY_IRQ_H
#define FERRY_IRQ_H

#include <ferry/driver.h>

struct fy_lock; /* by the port; part of the driver's state */
typedef unsigned long fy_irqflags;

/* Initialises a lock. Context: thread, from probe. */
static inline void fy_lock_init(struct fy_lock *lock);
/*
 * Takes the lock and disables interrupts on this processor. Returns the flags for fy_unlock(). Not
 * recursive. Context: any.
 */
static inline fy_irqflags fy_lock(struct fy_lock *lock);
/* Releases the lock. Context: any. */
static inline void fy_unlock(struct fy_lock *lock, fy_irqflags flags);

#include <ferry/port/irq.h>

#endif
