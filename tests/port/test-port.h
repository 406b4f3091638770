/* SPDX-License-Identifier: GPL-2.0-only */
/* What the test port needs once in a program: its variables, and the passing of time. Include it after the driver. */
#ifndef TEST_PORT_H
#define TEST_PORT_H

uint64_t test_now, test_rises, test_first_rise, test_last_fall;
struct fy_timer *test_timer;
int test_level, test_gpio_result, test_offer_result, test_ready_calls;

/* Lets the time pass until the timer stops or the time is END. */
static inline void test_run_until(uint64_t end)
{
	while (test_timer->running && test_timer->when <= end) {
		uint64_t next;

		if (test_timer->when > test_now)
			test_now = test_timer->when;
		next = test_timer->handler(test_timer->arg, test_timer->when);
		test_timer->running = next != FY_TIMER_STOP;
		test_timer->when = next;
	}
	if (end != UINT64_MAX && test_now < end)
		test_now = end;
}

#endif
