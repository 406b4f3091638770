/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* A device's interrupts. (A lock against handlers is in <ferry/irq.h>.) */
#ifndef FERRY_INTERRUPT_H
#define FERRY_INTERRUPT_H

#include <ferry/driver.h>

/*
 * An interrupt's handler. It makes the device withdraw the interrupt before it returns. Devices may
 * share a line: it is also called when another one raised the interrupt, and then finds nothing to
 * do. Context: runs in interrupt context; may not wait.
 */
typedef void fy_irq_handler(void *arg);

/*
 * Attaches HANDLER to the device's interrupt number INDEX, in the order of its devicetree
 * `interrupts`, from 0. Returns 0, FY_ERR_NOT_FOUND when the device has no such interrupt,
 * FY_ERR_BUSY when it has attached a handler already, or the line is somebody's who does not share.
 * Context: thread.
 */
static inline int fy_irq_attach(struct fy_device *dev, unsigned index, fy_irq_handler *handler,
				void *arg);
/* Detaches the handler, and waits for it if it is running. Context: thread. */
static inline void fy_irq_detach(struct fy_device *dev, unsigned index);

#include <ferry/port/interrupt.h>

#endif
