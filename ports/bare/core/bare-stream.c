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
		      const struct fy_stream_ops *ops, size_t input)
{
	void *session;
	char *bytes;

	name = bare_shown_name(dev, name);
	if (!name)
		return FY_ERR_NO_MEMORY;
	if (find(name)) {
		bare_log(dev, "the name '%s' is in use: give the device another label", name);
		return FY_ERR_BUSY;
	}
	session = bare_memory(ops ? ops->session_size : 1);
	bytes = input ? bare_memory(input) : NULL;
	if (!session || (input && !bytes))
		return FY_ERR_NO_MEMORY;
	*stream = (struct fy_stream){
		.next = streams,
		.name = name,
		.dev = dev,
		.ops = ops,
		.session = session,
		.ring = { .bytes = bytes, .size = input },
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
	if (!stream->ops)
		return FY_ERR_UNSUPPORTED;
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

	while (stream && stream->ops) {
		unsigned changes = stream->changes;

		if (stream->ops->drained(stream->dev, stream->session))
			return;
		wait_change(stream, changes);
	}
}

/* ---- Reading. A handler puts bytes in; the app takes them out, with interrupts off. ---- */

void bare_stream_input(struct fy_stream *stream, const char *data, size_t len)
{
	unsigned long flags = arch_irq_save();

	fy_stream_ring_put(&stream->ring, data, len);
	stream->inputs++;
	arch_irq_restore(flags);
}

long fy_stream_take(const char *name, char *data, size_t len)
{
	struct fy_stream *stream = find(name);
	unsigned long flags;
	long taken;

	if (!stream)
		return FY_ERR_NOT_FOUND;
	if (!stream->ring.size)
		return FY_ERR_UNSUPPORTED;
	flags = arch_irq_save();
	taken = fy_stream_ring_get(&stream->ring, data, len);
	arch_irq_restore(flags);
	return taken;
}

long fy_stream_read(const char *name, char *data, size_t len)
{
	struct fy_stream *stream = find(name);

	for (;;) {
		const unsigned inputs = stream ? stream->inputs : 0;
		const long taken = fy_stream_take(name, data, len);

		if (taken != FY_ERR_AGAIN)
			return taken;
		bare_wait_unless(&stream->inputs, inputs);
	}
}
