// SPDX-License-Identifier: GPL-2.0-only
/* The shell's command for streams. */
#include <stdio.h>

#include "shell-feed.h"

/* Hands the driver what it has room for. Returns an error, or 0. */
static int push(struct shell_feed *feed)
{
	long taken = user_session_write(feed->session, feed->line + feed->taken,
					feed->length - feed->taken);

	if (taken >= 0)
		feed->taken += (size_t)taken;
	feed->busy = taken >= 0 && feed->taken < feed->length;
	return taken < 0 ? (int)taken : 0;
}

static void ready(void *arg)
{
	struct shell_feed *feed = arg;

	if (feed->busy && push(feed))
		printf("feed: the driver refuses the rest of the line\n");
	if (!feed->busy)
		feed->ready(feed->arg);
}

int shell_feed_line(struct shell_feed *feed, const char *text)
{
	struct fy_stream *stream = user_stream_first(feed->world);

	if (!feed->session && stream)
		feed->session = user_session_open(stream, ready, feed);
	if (!feed->session)
		return FY_ERR_UNSUPPORTED;
	feed->length = (size_t)snprintf(feed->line, sizeof(feed->line), "%s\n", text);
	feed->taken = 0;
	return push(feed);
}

bool shell_feed_drained(const struct shell_feed *feed)
{
	return !feed->session || user_session_drained(feed->session);
}

void shell_feed_init(struct shell_feed *feed, struct user_world *world,
		     void (*ready_call)(void *arg), void *arg)
{
	feed->world = world;
	feed->ready = ready_call;
	feed->arg = arg;
}

void shell_feed_end(struct shell_feed *feed)
{
	user_session_close(feed->session);
	feed->session = NULL;
}
