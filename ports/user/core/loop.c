// SPDX-License-Identifier: GPL-2.0-only
/*
 * Letting time pass: in a virtual world, from one thing that is due to the next; in a real one, by
 * waiting for it and for files.
 */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <time.h>

#include "world.h"

#define TIMERS_A_TURN 64

/* ---- Virtual ---- */

bool user_step(struct user_world *w, uint64_t end)
{
	uint64_t due = user_next_due(w);
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

int user_watch_fd(struct user_world *w, struct user_fd *watch)
{
	if (watch->watched)
		return 0;
	if (w->fd_count == w->fd_room) {
		size_t room = w->fd_room ? 2 * w->fd_room : 16;
		struct user_fd **fds = realloc(w->fds, room * sizeof(void *));

		if (!fds)
			return FY_ERR_NO_MEMORY;
		w->fds = fds;
		w->fd_room = room;
	}
	w->fds[w->fd_count++] = watch;
	watch->watched = true;
	return 0;
}

/* Its place stays empty until the next turn: one is being gone through, perhaps. */
void user_unwatch_fd(struct user_world *w, struct user_fd *watch)
{
	for (size_t i = 0; i < w->fd_count; i++)
		if (w->fds[i] == watch)
			w->fds[i] = NULL;
	watch->watched = false;
}

static bool prepare_poll(struct user_world *w)
{
	size_t count = 0;

	for (size_t i = 0; i < w->fd_count; i++)
		if (w->fds[i])
			w->fds[count++] = w->fds[i];
	w->fd_count = count;
	if (w->polled_room < w->fd_room) {
		struct pollfd *polled = realloc(w->polled, w->fd_room * sizeof(*polled));

		if (!polled)
			return false;
		w->polled = polled;
		w->polled_room = w->fd_room;
	}
	for (size_t i = 0; i < count; i++)
		w->polled[i] = (struct pollfd){ .fd = w->fds[i]->fd, .events = w->fds[i]->events };
	return true;
}

/* How many of the descriptors of this turn are ready. Out of memory, none is. */
static size_t wait_for_fds(struct user_world *w, uint64_t ns)
{
	struct timespec limit = { .tv_sec = (time_t)(ns / FY_NS_PER_SEC),
				  .tv_nsec = (long)(ns % FY_NS_PER_SEC) };

	if (!prepare_poll(w))
		return 0;
	return ppoll(w->polled, w->fd_count, ns == UINT64_MAX ? NULL : &limit, NULL) > 0 ?
		       w->fd_count :
		       0;
}

static bool handle_fds(struct user_world *w, size_t count)
{
	bool any = false;

	for (size_t i = 0; i < count; i++) {
		if (!w->polled[i].revents || !w->fds[i])
			continue;
		w->fds[i]->ready(w->fds[i]->arg, w->polled[i].revents);
		any = true;
	}
	return any;
}

static uint64_t time_left(const struct user_world *w, uint64_t limit)
{
	uint64_t now = user_world_now(w), due = user_next_due(w), left = due > now ? due - now : 0;

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
	size_t ready = wait_for_fds(w, time_left(w, limit));
	struct user_world *before = user_enter(w);
	bool any;

	user_interrupts_forgive(w);
	any = handle_timers(w);
	any |= handle_fds(w, ready);
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
