// SPDX-License-Identifier: GPL-2.0-only
/*
 * A driver's thread that waits: the world goes on within the call. In a world with the real clock,
 * files of outlets wait meanwhile, since their handlers may call the very driver that waits.
 */
#include "world.h"

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

static void wait_virtual(struct user_world *w, uint64_t due)
{
	if (due > w->now)
		user_interrupts_forgive(w);
	user_advance(w, due);
	user_run_timer(w, &w->timers, w->now);
}

static void wait_real(struct user_world *w, uint64_t due)
{
	uint64_t now = user_world_now(w);

	user_wait_bus_fds(w, due > now ? due - now : 0);
	user_interrupts_forgive(w);
	now = user_world_now(w);
	while (user_run_timer(w, &w->events, now) || user_run_timer(w, &w->timers, now))
		;
}

bool user_wait(struct user_world *w, const volatile unsigned *flag)
{
	if (!may_wait(w))
		return false;
	while (!*flag) {
		uint64_t due = user_next_due(w);

		w->spins = 0;
		if (due == UINT64_MAX && w->clock == USER_CLOCK_VIRTUAL) {
			user_violation(w, NULL, "a driver waits for what never comes");
			return false;
		}
		if (w->clock == USER_CLOCK_VIRTUAL)
			wait_virtual(w, due);
		else
			wait_real(w, due);
		user_interrupts(w);
	}
	return true;
}
