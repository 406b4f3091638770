// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* A lock keeps handlers out, and lets them in after. */
#include <ferry/irq.h>

#include "tap.h"

static volatile unsigned handled;

static uint64_t handle(void *arg, uint64_t due)
{
	(void)arg;
	(void)due;
	handled++;
	return FY_TIMER_STOP;
}

void test_lock(void)
{
	struct fy_lock lock, inner;
	struct fy_timer timer;
	fy_irqflags flags, inner_flags;
	uint64_t end;

	fy_lock_init(&lock);
	fy_lock_init(&inner);
	fy_timer_init(&timer, NULL, handle, NULL);
	flags = fy_lock(&lock);
	inner_flags = fy_lock(&inner);
	fy_timer_start(&timer, fy_now_ns());
	fy_delay_us(1000);
	fy_unlock(&inner, inner_flags);
	fy_delay_us(1000);
	tap_is("no handler runs while a lock is held, even after an inner one was given back",
	       handled, 0);
	fy_unlock(&lock, flags);
	end = fy_now_ns() + 10 * FY_NS_PER_SEC;
	while (!handled && fy_now_ns() < end)
		;
	tap_is("it runs after", handled, 1);
}
