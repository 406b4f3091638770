/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* For ports/common: what is between the two, no interrupt handler sees half done. */
#ifndef FERRY_PORT_ENTER_H
#define FERRY_PORT_ENTER_H

#include <ferry/irq.h>
#include <ferry/time.h>

void bare_wait_unless(const volatile unsigned *counter, unsigned seen);

static inline uintptr_t fy_port_enter(struct fy_device *dev)
{
	(void)dev;
	return arch_irq_save();
}

static inline void fy_port_leave(struct fy_device *dev, uintptr_t before)
{
	(void)dev;
	arch_irq_restore(before);
}

/* Around a call that may wait: interrupts stay on. */
static inline uintptr_t fy_port_enter_waiting(struct fy_device *dev)
{
	(void)dev;
	return 0;
}

static inline void fy_port_leave_waiting(struct fy_device *dev, uintptr_t before)
{
	(void)dev;
	(void)before;
}

/* What is between the two is a handler of the device's driver: so is who calls it here. */
static inline uintptr_t fy_port_enter_handler(struct fy_device *dev)
{
	(void)dev;
	return 0;
}

static inline void fy_port_leave_handler(struct fy_device *dev, uintptr_t before)
{
	(void)dev;
	(void)before;
}

/* Sleeps, while interrupts are handled, until *FLAG is not 0. Returns true. Context: thread. */
static inline bool fy_port_wait(struct fy_device *dev, const volatile unsigned *flag)
{
	(void)dev;
	while (!*flag)
		bare_wait_unless(flag, 0);
	return true;
}

/* A timer of the port itself. */
static inline void fy_port_timer_init(struct fy_timer *timer, struct fy_device *dev,
				      fy_timer_handler *handler, void *arg)
{
	fy_timer_init(timer, dev, handler, arg);
}

/* The device's driver did what the contract forbids: the user port tells of it. */
static inline void fy_port_violation(struct fy_device *dev, const char *text)
{
	(void)dev;
	(void)text;
}

#endif
