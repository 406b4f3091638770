/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Keeping handlers out: a lock that a driver's threads and its timer and interrupt handlers share.
 * Short sections only: interrupts are off inside. (A device's interrupts are in
 * <ferry/interrupt.h>.)
 */
#ifndef FERRY_IRQ_H
#define FERRY_IRQ_H

#include <ferry/driver.h>

struct fy_lock; /* by the port; part of the driver's state */
typedef unsigned long fy_irqflags;

/* Makes a lock ready. Context: thread, from probe. */
static inline void fy_lock_init(struct fy_lock *lock);
/*
 * Takes the lock and keeps handlers out on this processor. Returns what fy_unlock wants back. Not
 * recursive. Context: any.
 */
static inline fy_irqflags fy_lock(struct fy_lock *lock);
/* Gives the lock back. Context: any. */
static inline void fy_unlock(struct fy_lock *lock, fy_irqflags flags);

#include <ferry/port/irq.h>

#endif
