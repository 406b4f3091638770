// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * The clock and timers. An emulated board may be late by any time, but never early; so what is
 * tested is order, count and the times that handlers are told, and lateness only against a limit
 * that says that something hangs.
 */
#include "tap.h"

#define LATE_NS (10 * FY_NS_PER_SEC)

struct calls {
	struct fy_timer timer;
	char name;
	unsigned left; /* calls still wanted */
	uint64_t period;
	uint64_t due, early; /* told last; how many calls came before they were due */
	unsigned gaps;	     /* calls whose due time was not a period after the last */
};

static volatile unsigned call_count;
static char order[16];

static uint64_t called(void *arg, uint64_t due)
{
	struct calls *c = arg;

	if (fy_now_ns() < due)
		c->early++;
	if (c->due && due != c->due + c->period)
		c->gaps++;
	c->due = due;
	if (call_count < sizeof(order) - 1)
		order[call_count] = c->name;
	call_count++;
	return --c->left ? due + c->period : FY_TIMER_STOP;
}

static void prepare(struct calls *c, char name, unsigned left, uint64_t period)
{
	*c = (struct calls){ .name = name, .left = left, .period = period };
	fy_timer_init(&c->timer, NULL, called, c);
}

static void forget_calls(void)
{
	call_count = 0;
	for (size_t i = 0; i < sizeof(order); i++)
		order[i] = '\0';
}

/* Waits until there were COUNT calls, or long enough to say that they will not come. */
static void wait_for_calls(unsigned count)
{
	uint64_t end = fy_now_ns() + LATE_NS;

	while (call_count < count && fy_now_ns() < end)
		;
}

static void test_clock(void)
{
	uint64_t start = fy_now_ns(), last = start, now;
	unsigned backwards = 0;

	for (int i = 0; i < 10000; i++) {
		now = fy_now_ns();
		backwards += now < last;
		last = now;
	}
	tap_is("the clock never goes back", backwards, 0);
	tap_in("it goes on", last - start, 1, LATE_NS);
	start = fy_now_ns();
	fy_delay_us(1000);
	tap_in("fy_delay_us waits for long enough", fy_now_ns() - start, FY_NS_PER_MS, LATE_NS);
	start = fy_now_ns();
	fy_sleep_ms(20);
	tap_in("fy_sleep_ms does", fy_now_ns() - start, 20 * FY_NS_PER_MS, LATE_NS);
	start = fy_now_ns();
	fy_sleep_until(start - 1);
	tap_in("a time that is past is at once", fy_now_ns() - start, 0, LATE_NS);
}

static void test_order(void)
{
	struct calls a, b, c;
	uint64_t now = fy_now_ns();

	forget_calls();
	prepare(&a, 'a', 1, 0);
	prepare(&b, 'b', 1, 0);
	prepare(&c, 'c', 1, 0);
	fy_timer_start(&c.timer, now + 30 * FY_NS_PER_MS);
	fy_timer_start(&a.timer, now + 10 * FY_NS_PER_MS);
	fy_timer_start(&b.timer, now + 20 * FY_NS_PER_MS);
	wait_for_calls(3);
	tap_is_text("timers come in the order of their times", order, "abc");
	tap_is("and are told when they were due", c.due, now + 30 * FY_NS_PER_MS);
	tap_is("none came early", a.early + b.early + c.early, 0);
}

static void test_periodic(void)
{
	struct calls periodic, stopped;
	uint64_t start = fy_now_ns() + FY_NS_PER_MS;

	forget_calls();
	prepare(&periodic, 'p', 50, FY_NS_PER_MS);
	fy_timer_start(&periodic.timer, start);
	wait_for_calls(50);
	fy_sleep_ms(5);
	tap_is("a periodic timer comes as often as it says", call_count, 50);
	tap_is("without drift", periodic.due, start + 49 * FY_NS_PER_MS);
	tap_is("without a gap", periodic.gaps, 0);
	tap_is("never early", periodic.early, 0);

	forget_calls();
	prepare(&stopped, 's', 1, 0);
	fy_timer_start(&stopped.timer, fy_now_ns() + 20 * FY_NS_PER_MS);
	fy_timer_stop(&stopped.timer);
	fy_timer_stop(&stopped.timer);
	fy_sleep_ms(40);
	tap_is("a timer that was stopped does not come", call_count, 0);

	start = fy_now_ns();
	fy_timer_start(&stopped.timer, start + 3600 * FY_NS_PER_SEC);
	fy_timer_start(&stopped.timer, start + 10 * FY_NS_PER_MS);
	wait_for_calls(1);
	tap_is("a timer that was moved comes once", call_count, 1);
	tap_is("at the new time", stopped.due, start + 10 * FY_NS_PER_MS);
}

void test_time(void)
{
	test_clock();
	test_order();
	test_periodic();
}
