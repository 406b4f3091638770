/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* A device's interrupts. (Keeping handlers out is in <ferry/irq.h>.) */
#ifndef FERRY_INTERRUPT_H
#define FERRY_INTERRUPT_H

#include <ferry/driver.h>

/*
 * An interrupt's handler. It has made the device stop asking before it returns. Context: runs in
 * interrupt context; may not wait.
 */
typedef void fy_irq_handler(void *arg);

/*
 * Has HANDLER called on the device's interrupt number INDEX, in the order of its devicetree
 * `interrupts`, from 0. Returns 0, FY_ERR_NOT_FOUND when it has no such interrupt, FY_ERR_BUSY when
 * that has a handler already. Context: thread.
 */
static inline int fy_irq_attach(struct fy_device *dev, unsigned index, fy_irq_handler *handler,
				void *arg);
/* Ends that, and waits for a handler that is running. Context: thread. */
static inline void fy_irq_detach(struct fy_device *dev, unsigned index);

#include <ferry/port/interrupt.h>

#endif
