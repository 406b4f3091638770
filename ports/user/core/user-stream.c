// SPDX-License-Identifier: GPL-2.0-only
/* Class stream: those that drivers offer, by name, and the sessions of their writers. */
#include <stdlib.h>
#include <string.h>

#include "list.h"
#include "world.h"

/* ---- For drivers ---- */

int user_stream_offer(struct fy_device *dev, struct fy_stream *stream, const char *name,
		      const struct fy_stream_ops *ops, size_t input)
{
	int refused = user_refused(dev, USER_STREAM_OFFER);

	if (refused)
		return refused;
	name = user_shown_name(dev, name);
	if (!name)
		return FY_ERR_INVALID;
	if (user_stream_find(dev->world, name)) {
		user_log(dev, USER_LOG_ERROR,
			 "the name '%s' is in use: give the device another label", name);
		return FY_ERR_BUSY;
	}
	*stream = (struct fy_stream){
		.next = dev->world->streams, .name = name, .dev = dev, .ops = ops, .input = input
	};
	dev->world->streams = stream;
	return 0;
}

/* Each who has it open gets all. */
void user_stream_input(struct fy_stream *stream, const char *data, size_t len)
{
	for (struct user_session *s = stream->sessions; s; s = s->next)
		if (s->ring.bytes)
			fy_stream_ring_put(&s->ring, data, len);
	user_stream_ready(stream);
}

/* Not at once: this may be called from within an op, and READY calls ops. */
void user_stream_ready(struct fy_stream *stream)
{
	for (struct user_session *s = stream->sessions; s; s = s->next)
		s->wake = true;
	stream->dev->world->wakes = true;
}

void user_stream_withdraw(struct fy_stream *stream)
{
	list_remove(&stream->dev->world->streams, stream);
	while (stream->sessions) {
		struct user_session *s = stream->sessions;

		stream->sessions = s->next;
		s->stream = NULL;
		if (s->ready)
			s->ready(s->arg);
	}
}

/* ---- For outlets ---- */

struct fy_stream *user_stream_first(struct user_world *w)
{
	return w->streams;
}

struct fy_stream *user_stream_find(struct user_world *w, const char *name)
{
	struct fy_stream *stream = w->streams;

	while (stream && strcmp(stream->name, name) != 0)
		stream = stream->next;
	return stream;
}

struct user_session *user_session_open(struct fy_stream *stream, void (*ready)(void *arg),
				       void *arg)
{
	const size_t size = stream->ops ? stream->ops->session_size : 0;
	struct user_session *s = calloc(1, sizeof(*s) + size);

	if (!s)
		return NULL;
	s->ring.size = stream->input;
	s->ring.bytes = stream->input ? malloc(stream->input) : NULL;
	if (stream->input && !s->ring.bytes) {
		free(s);
		return NULL;
	}
	s->world = stream->dev->world;
	s->stream = stream;
	s->ready = ready;
	s->arg = arg;
	s->next = stream->sessions;
	stream->sessions = s;
	return s;
}

long user_session_write(struct user_session *s, const char *data, size_t len)
{
	struct user_world *before;
	long taken;

	if (!s->stream)
		return FY_ERR_GONE;
	if (!s->stream->ops)
		return FY_ERR_UNSUPPORTED;
	before = user_enter(s->world);
	taken = s->stream->ops->write(s->stream->dev, s->state, data, len);
	user_leave(s->world, before);
	return taken;
}

long user_session_read(struct user_session *s, char *data, size_t len)
{
	if (!s->ring.bytes)
		return FY_ERR_UNSUPPORTED;
	if (!s->stream && !fy_stream_ring_ready(&s->ring))
		return FY_ERR_GONE;
	return fy_stream_ring_get(&s->ring, data, len);
}

bool user_session_drained(struct user_session *s)
{
	struct user_world *before;
	bool drained;

	if (!s->stream || !s->stream->ops)
		return true;
	before = user_enter(s->world);
	drained = s->stream->ops->drained(s->stream->dev, s->state);
	user_leave(s->world, before);
	return drained;
}

void user_session_cancel(struct user_session *s)
{
	struct user_world *before;

	if (!s->stream || !s->stream->ops)
		return;
	before = user_enter(s->world);
	s->stream->ops->cancel(s->stream->dev, s->state);
	user_leave(s->world, before);
}

/* Off the list first: what close() makes ready is no longer its business. */
void user_session_close(struct user_session *s)
{
	if (!s)
		return;
	if (s->stream) {
		struct user_world *before = user_enter(s->world);

		list_remove(&s->stream->sessions, s);
		if (s->stream->ops)
			s->stream->ops->close(s->stream->dev, s->state);
		user_leave(s->world, before);
	}
	free(s->ring.bytes);
	free(s);
}
