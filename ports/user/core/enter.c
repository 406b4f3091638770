// SPDX-License-Identifier: GPL-2.0-only
/* The way into a world and out of it: on the way out, what waits is handled. */
#include "world.h"

_Thread_local struct user_world *user_current;

struct user_world *user_enter(struct user_world *w)
{
	struct user_world *before = user_current;

	user_current = w;
	if (!w->depth++)
		w->spins = 0;
	return before;
}

/* Whose READY it is, one by one: it may open and close sessions. */
static struct user_session *next_to_wake(struct user_world *w)
{
	for (struct fy_stream *stream = w->streams; stream; stream = stream->next)
		for (struct user_session *s = stream->sessions; s; s = s->next)
			if (s->wake)
				return s;
	return NULL;
}

static void wake_sessions(struct user_world *w)
{
	struct user_session *s;

	w->wakes = false;
	while ((s = next_to_wake(w))) {
		s->wake = false;
		if (s->ready)
			s->ready(s->arg);
	}
}

/* What is done here may make interrupts, start works and wake writers in turn. */
static void finish(struct user_world *w)
{
	user_interrupts(w);
	user_fibers_run(w);
	while (w->wakes && !w->handling) {
		wake_sessions(w);
		user_interrupts(w);
		user_fibers_run(w);
	}
}

void user_leave(struct user_world *w, struct user_world *before)
{
	if (w->depth == 1)
		finish(w);
	w->depth--;
	user_current = before;
}
