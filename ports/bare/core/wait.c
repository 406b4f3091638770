// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * Waiting: the processor sleeps until an interrupt. The check and the sleep are one atomic step, so
 * no interrupt is lost.
 */
#include <ferry/app.h>

#include "core.h"

/*
 * An idle processor wakes on an interrupt that is pending, even with interrupts off; it is handled
 * when they are on again.
 */
void bare_wait_unless(const volatile unsigned *counter, unsigned seen)
{
	unsigned long flags = arch_irq_save();

	if (*counter == seen)
		arch_idle();
	arch_irq_restore(flags);
}

void fy_wait(void)
{
	arch_idle();
}

static uint64_t wake(void *arg, uint64_t due)
{
	volatile unsigned *woken = arg;

	(void)due;
	*woken = 1;
	return FY_TIMER_STOP;
}

void fy_sleep_until(uint64_t time)
{
	volatile unsigned woken = 0;
	struct fy_timer timer;

	fy_timer_init(&timer, NULL, wake, (void *)&woken);
	fy_timer_start(&timer, time);
	while (!woken)
		bare_wait_unless(&woken, 0);
}
