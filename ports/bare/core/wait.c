// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * Waiting: other fibers have the processor meanwhile; when all wait it sleeps until an interrupt.
 */
#include <ferry/app.h>
#include <ferry/work.h>

#include "core.h"
#include "work-core.h"

/* Interrupts are off in a handler, and where a lock is held. */
bool port_may_wait(void)
{
	unsigned long flags = arch_irq_save();

	arch_irq_restore(flags);
	if (flags & ARCH_IRQ_OFF)
		bare_panic(BARE_CODE_PANIC, "a handler, or who holds a lock, calls what may wait");
	return true;
}

static uint64_t expire(void *arg, uint64_t due)
{
	struct bare_wait *wait = arg;

	(void)due;
	wait->expired = true;
	return FY_TIMER_STOP;
}

int fy_port_wait_change(const unsigned *wakes, unsigned seen, uint64_t end)
{
	struct bare_wait wait = { .wakes = wakes, .seen = seen };
	struct fy_timer timer;

	port_may_wait();
	if (end == FY_FOREVER) {
		bare_fiber_wait(&wait);
	} else if (end <= fy_now_ns()) {
		bare_fiber_yield(false);
	} else {
		fy_timer_init(&timer, NULL, expire, &wait);
		fy_timer_start(&timer, end);
		bare_fiber_wait(&wait);
		fy_timer_stop(&timer);
	}
	return *wait.wakes != seen ? 0 : FY_ERR_TIMEOUT;
}

void fy_port_sleep_until(uint64_t when)
{
	const unsigned never = 0;

	fy_port_wait_change(&never, 0, when);
}

void bare_wait_unless(const volatile unsigned *counter, unsigned seen)
{
	struct bare_wait wait = { .wakes = counter, .seen = seen };

	bare_fiber_wait(&wait);
}

void fy_wait(void)
{
	bare_fiber_yield(true);
}
