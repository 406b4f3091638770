// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * Class stream: those that drivers offer, by name, and the app as their writer. Each has one
 * session, which stays open.
 */
#include <ferry/app.h>
#include <ferry/stream.h>

#include "core.h"
#include "list.h"

static struct fy_stream *streams;

static struct fy_stream *find(const char *name)
{
	struct fy_stream *stream = streams;

	while (stream && !bare_text_equal(stream->name, name))
		stream = stream->next;
	return stream;
}

int bare_stream_offer(struct fy_device *dev, struct fy_stream *stream, const char *name,
		      const struct fy_stream_ops *ops)
{
	void *session;

	name = bare_shown_name(dev, name);
	if (!name)
		return FY_ERR_NO_MEMORY;
	if (find(name)) {
		bare_log(dev, "the name '%s' is in use: give the device another label", name);
		return FY_ERR_BUSY;
	}
	session = bare_memory(ops->session_size);
	if (!session)
		return FY_ERR_NO_MEMORY;
	*stream = (struct fy_stream){
		.next = streams, .name = name, .dev = dev, .ops = ops, .session = session
	};
	streams = stream;
	return 0;
}

void bare_stream_withdraw(struct fy_stream *stream)
{
	list_remove(&streams, stream);
}

/* Waits until the driver has called fy_stream_ready() since CHANGES was read. */
static void wait_change(const struct fy_stream *stream, unsigned changes)
{
	while (stream->changes == changes)
		bare_wait_unless(&stream->changes, changes);
}

int fy_stream_write(const char *name, const char *data, size_t len)
{
	struct fy_stream *stream = find(name);

	if (!stream)
		return FY_ERR_NOT_FOUND;
	while (len) {
		unsigned changes = stream->changes;
		long taken = stream->ops->write(stream->dev, stream->session, data, len);

		if (taken == FY_ERR_AGAIN) {
			wait_change(stream, changes);
		} else if (taken < 0) {
			return (int)taken;
		} else {
			data += taken;
			len -= (size_t)taken;
		}
	}
	return 0;
}

void fy_stream_drain(const char *name)
{
	struct fy_stream *stream = find(name);

	while (stream) {
		unsigned changes = stream->changes;

		if (stream->ops->drained(stream->dev, stream->session))
			return;
		wait_change(stream, changes);
	}
}
