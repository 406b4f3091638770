/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * For ports/common: an op is called in the world of its device, wherever the call comes from. See
 * core/enter.c.
 */
#ifndef FERRY_PORT_ENTER_H
#define FERRY_PORT_ENTER_H

#include <ferry/driver.h>
#include <ferry/time.h>

struct user_world *user_enter(struct user_world *w);
void user_leave(struct user_world *w, struct user_world *before);
bool user_enter_handler(struct user_world *w);
void user_leave_handler(struct user_world *w, bool before);
bool user_wait(struct user_world *w, const volatile unsigned *wakes, unsigned seen, uint64_t end);
void user_violation(struct user_world *w, struct fy_device *dev, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
void user_timer_init_for_port(struct fy_timer *timer, struct user_world *w,
			      fy_timer_handler *handler, void *arg);

static inline uintptr_t fy_port_enter(struct fy_device *dev)
{
	return (uintptr_t)user_enter(dev->world);
}

static inline void fy_port_leave(struct fy_device *dev, uintptr_t before)
{
	user_leave(dev->world, (struct user_world *)before);
}

/* Around a call that may wait. */
static inline uintptr_t fy_port_enter_waiting(struct fy_device *dev)
{
	return fy_port_enter(dev);
}

static inline void fy_port_leave_waiting(struct fy_device *dev, uintptr_t before)
{
	fy_port_leave(dev, before);
}

/* What is between the two is a handler of the device's driver, and may not wait. */
static inline uintptr_t fy_port_enter_handler(struct fy_device *dev)
{
	return user_enter_handler(dev->world);
}

static inline void fy_port_leave_handler(struct fy_device *dev, uintptr_t before)
{
	user_leave_handler(dev->world, before);
}

/*
 * Lets time pass, and handlers run, until *FLAG is not 0. Returns false, at once: the caller may
 * not wait. Context: thread.
 */
static inline bool fy_port_wait(struct fy_device *dev, const volatile unsigned *flag)
{
	return user_wait(dev->world, flag, 0, UINT64_MAX);
}

/* A timer of the port itself. */
static inline void fy_port_timer_init(struct fy_timer *timer, struct fy_device *dev,
				      fy_timer_handler *handler, void *arg)
{
	user_timer_init_for_port(timer, dev->world, handler, arg);
}

/* The device's driver did what the contract forbids. */
static inline void fy_port_violation(struct fy_device *dev, const char *text)
{
	user_violation(dev->world, dev, "%s", text);
}

#endif
