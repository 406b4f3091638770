/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Bare port of <ferry/stream.h>: a stream has one session, whose writer is the app (<ferry/app.h>:
 * fy_stream_write, from the console for one). See core/bare-stream.c.
 */
#ifndef FERRY_PORT_STREAM_H
#define FERRY_PORT_STREAM_H

struct fy_stream {
	struct fy_stream *next;
	const char *name;
	struct fy_device *dev;
	const struct fy_stream_ops *ops;
	void *session;
	volatile unsigned changes; /* counts the calls of fy_stream_ready() */
};

int bare_stream_offer(struct fy_device *dev, struct fy_stream *stream, const char *name,
		      const struct fy_stream_ops *ops);
void bare_stream_withdraw(struct fy_stream *stream);

static inline int fy_stream_offer(struct fy_device *dev, struct fy_stream *stream, const char *name,
				  const struct fy_stream_ops *ops)
{
	return bare_stream_offer(dev, stream, name, ops);
}

static inline void fy_stream_withdraw(struct fy_stream *stream)
{
	bare_stream_withdraw(stream);
}

static inline void fy_stream_ready(struct fy_stream *stream)
{
	stream->changes++;
}

#endif
