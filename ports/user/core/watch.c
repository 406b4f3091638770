// SPDX-License-Identifier: GPL-2.0-only
/*
 * File descriptors that a world watches: a list, and waiting for those that are on it. The list is
 * not one of lib/base: this folder is built in people's projects, too, which have no lib/.
 */
#include <poll.h>
#include <stdlib.h>
#include <time.h>

#include "world.h"

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

static bool wait_for(struct pollfd *polled, size_t count, uint64_t ns)
{
	struct timespec limit = { .tv_sec = (time_t)(ns / FY_NS_PER_SEC),
				  .tv_nsec = (long)(ns % FY_NS_PER_SEC) };

	return ppoll(polled, count, ns == UINT64_MAX ? NULL : &limit, NULL) > 0;
}

size_t user_wait_fds(struct user_world *w, uint64_t ns)
{
	return prepare_poll(w) && wait_for(w->polled, w->fd_count, ns) ? w->fd_count : 0;
}

bool user_handle_fds(struct user_world *w, size_t count)
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

/* All others keep their places, for they are being gone through, perhaps: poll() skips them. */
void user_poll_driver_fds(struct user_world *w, uint64_t ns)
{
	size_t count = w->fd_count;
	struct pollfd *polled = w->polled_in_wait;

	if (w->polled_in_wait_room < count) {
		polled = realloc(polled, w->fd_room * sizeof(*polled));
		if (!polled)
			return;
		w->polled_in_wait = polled;
		w->polled_in_wait_room = w->fd_room;
	}
	for (size_t i = 0; i < count; i++) {
		const struct user_fd *watch = w->fds[i];

		polled[i] = (struct pollfd){ .fd = -1 };
		if (watch && watch->for_device)
			polled[i] = (struct pollfd){ .fd = watch->fd, .events = watch->events };
	}
	if (!wait_for(polled, count, ns))
		return;
	for (size_t i = 0; i < count; i++)
		if (polled[i].revents && w->fds[i])
			w->fds[i]->ready(w->fds[i]->arg, polled[i].revents);
}
