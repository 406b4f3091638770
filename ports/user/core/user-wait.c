// SPDX-License-Identifier: GPL-2.0-only
/*
 * Waiting, of drivers. A fiber gives the processor up. Who is on no fiber, as a probe or an op that
 * an outlet calls, lets the world go on from within the wait: models, timers, interrupts and fibers
 * do, outlets do not, since they are in the middle of a call.
 */
#include <ferry/work.h>

#include <ferry/port/enter.h>

#include "world.h"

static uint64_t expire(void *arg, uint64_t due)
{
	struct user_wait *wait = arg;

	(void)due;
	wait->expired = true;
	return FY_TIMER_STOP;
}

/* Lets time pass until something is due. Returns false: nothing ever will be. */
static bool pass_virtual_time(struct user_world *w)
{
	uint64_t due = user_next_due_in_wait(w), again = w->now + USER_FIBERS_NS;

	if (again < due && user_fibers_ready(w))
		due = again;
	if (due == UINT64_MAX)
		return false;
	if (due > w->now)
		user_interrupts_forgive(w);
	user_advance(w, due);
	user_run_timer_in_wait(w, w->now);
	return true;
}

static bool pass_real_time(struct user_world *w)
{
	uint64_t due = user_next_due_in_wait(w), now = user_world_now(w), left = 0;

	if (!user_fibers_ready(w) && due > now)
		left = due == UINT64_MAX ? due : due - now;
	user_poll_driver_fds(w, left);
	user_interrupts_forgive(w);
	now = user_world_now(w);
	while (user_run_timer(w, &w->events, now) || user_run_timer_in_wait(w, now))
		;
	return true;
}

/* On the stack of who called the world. */
static void wait_here(struct user_world *w, const struct user_wait *wait)
{
	for (;;) {
		user_interrupts(w);
		user_fibers_run(w);
		if (user_wait_is_over(wait))
			return;
		if (w->clock == USER_CLOCK_VIRTUAL ? pass_virtual_time(w) : pass_real_time(w))
			continue;
		user_violation(w, NULL, "a driver waits for what never comes");
		return;
	}
}

/* Whether the caller may wait: the contract's context is "thread", and it has no lock. */
static bool may_wait(struct user_world *w)
{
	if (w->handling)
		user_violation(w, NULL, "a handler calls what may wait");
	else if (w->locks)
		user_violation(w, NULL, "a call that may wait is made with a lock held");
	else
		return true;
	return false;
}

bool user_wait(struct user_world *w, const volatile unsigned *wakes, unsigned seen, uint64_t end)
{
	struct user_wait wait = { .wakes = wakes, .seen = seen };
	struct user_world *before;

	if (!may_wait(w))
		return false;
	before = user_enter(w);
	user_spin(w);
	user_timer_init_for_port(&wait.timer, w, expire, &wait);
	if (end <= user_world_now(w))
		wait.expired = true;
	else if (end != FY_FOREVER)
		user_timer_start(&wait.timer, end);
	if (w->fiber)
		user_fiber_wait(w, &wait);
	else
		wait_here(w, &wait);
	user_timer_stop(&wait.timer);
	user_leave(w, before);
	return *wakes != seen;
}

int fy_port_wait_change(const unsigned *wakes, unsigned seen, uint64_t end)
{
	return user_wait(user_current, wakes, seen, end) ? 0 : FY_ERR_TIMEOUT;
}

void fy_port_sleep_until(uint64_t when)
{
	const unsigned never = 0;

	user_wait(user_current, &never, 0, when);
}

bool port_may_wait(void)
{
	return may_wait(user_current);
}

/* ---- Handlers, which may not ---- */

bool user_enter_handler(struct user_world *w)
{
	bool before = w->handling;

	w->handling = true;
	w->spins = 0;
	return before;
}

void user_leave_handler(struct user_world *w, bool before)
{
	w->handling = before;
}
