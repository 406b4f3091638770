// SPDX-License-Identifier: GPL-2.0-only
/*
 * Letting time pass: in a virtual world, from one thing that is due to the next; in a real one, by
 * waiting for it and for files.
 */
#include "world.h"

#define TIMERS_A_TURN 64

/* ---- Virtual ---- */

/* Of fibers that wait for nothing, each time that they run takes some time. */
static uint64_t next_due(const struct user_world *w)
{
	uint64_t due = user_next_due(w), again = w->now + USER_FIBERS_NS;

	return again < due && user_fibers_ready(w) ? again : due;
}

bool user_step(struct user_world *w, uint64_t end)
{
	uint64_t due = next_due(w);
	struct user_world *before = user_enter(w);

	if ((due < end ? due : end) > w->now)
		user_interrupts_forgive(w);
	user_advance(w, due < end ? due : end);
	if (due <= end)
		user_run_timer(w, &w->timers, w->now);
	user_leave(w, before);
	return due <= end;
}

void user_run_until(struct user_world *w, uint64_t end)
{
	while (user_step(w, end))
		;
}

/* ---- Real ---- */

static uint64_t time_left(const struct user_world *w, uint64_t limit)
{
	uint64_t now = user_world_now(w), due = user_next_due(w), left = due > now ? due - now : 0;

	if (user_fibers_ready(w))
		return 0;
	if (due == UINT64_MAX)
		return limit;
	return left < limit ? left : limit;
}

static bool handle_timers(struct user_world *w)
{
	uint64_t now = user_world_now(w);
	unsigned count = 0;

	while (count < TIMERS_A_TURN &&
	       (user_run_timer(w, &w->events, now) || user_run_timer(w, &w->timers, now)))
		count++;
	return count;
}

bool user_turn(struct user_world *w, uint64_t limit)
{
	size_t ready = user_wait_fds(w, time_left(w, limit));
	struct user_world *before = user_enter(w);
	bool any;

	user_interrupts_forgive(w);
	any = handle_timers(w);
	any |= user_handle_fds(w, ready);
	user_leave(w, before);
	return any;
}

int user_run(struct user_world *w)
{
	w->quit = false;
	while (!w->quit)
		user_turn(w, UINT64_MAX);
	return w->status;
}

void user_quit(struct user_world *w, int status)
{
	w->quit = true;
	w->status = status;
}
