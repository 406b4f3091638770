/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Bare port of <ferry/stream.h>: a stream has one session, whose writer is the app (<ferry/app.h>:
 * fy_stream_write, from the console for one). See core/bare-stream.c.
 */
#ifndef FERRY_PORT_STREAM_H
#define FERRY_PORT_STREAM_H

#include <ferry/port/stream-ring.h>

struct fy_stream {
	struct fy_stream *next;
	const char *name;
	struct fy_device *dev;
	const struct fy_stream_ops *ops;
	void *session;
	volatile unsigned changes;  /* counts the calls of fy_stream_ready() */
	struct fy_stream_ring ring; /* what came in */
	volatile unsigned inputs;   /* counts them */
};

int bare_stream_offer(struct fy_device *dev, struct fy_stream *stream, const char *name,
		      const struct fy_stream_ops *ops, size_t input);
void bare_stream_input(struct fy_stream *stream, const char *data, size_t len);
void bare_stream_withdraw(struct fy_stream *stream);

static inline int fy_stream_offer(struct fy_device *dev, struct fy_stream *stream, const char *name,
				  const struct fy_stream_ops *ops)
{
	return bare_stream_offer(dev, stream, name, ops, 0);
}

static inline int fy_stream_offer_readable(struct fy_device *dev, struct fy_stream *stream,
					   const char *name, const struct fy_stream_ops *ops,
					   size_t input)
{
	return input && input <= 65536 ? bare_stream_offer(dev, stream, name, ops, input) :
					 FY_ERR_INVALID;
}

static inline void fy_stream_input(struct fy_stream *stream, const char *data, size_t len)
{
	bare_stream_input(stream, data, len);
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
