/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * User port of <ferry/stream.h>: the world's list of streams, each with its writers' sessions. See
 * core/user-stream.c.
 */
#ifndef FERRY_PORT_STREAM_H
#define FERRY_PORT_STREAM_H

struct user_session;

struct fy_stream {
	struct fy_stream *next;
	const char *name;
	struct fy_device *dev;
	const struct fy_stream_ops *ops;
	struct user_session *sessions;
	size_t input; /* bytes kept for a reader; 0: it is only written */
};

int user_stream_offer(struct fy_device *dev, struct fy_stream *stream, const char *name,
		      const struct fy_stream_ops *ops, size_t input);
void user_stream_input(struct fy_stream *stream, const char *data, size_t len);
void user_stream_withdraw(struct fy_stream *stream);
void user_stream_ready(struct fy_stream *stream);

static inline int fy_stream_offer(struct fy_device *dev, struct fy_stream *stream, const char *name,
				  const struct fy_stream_ops *ops)
{
	return user_stream_offer(dev, stream, name, ops, 0);
}

static inline int fy_stream_offer_readable(struct fy_device *dev, struct fy_stream *stream,
					   const char *name, const struct fy_stream_ops *ops,
					   size_t input)
{
	return input && input <= 65536 ? user_stream_offer(dev, stream, name, ops, input) :
					 FY_ERR_INVALID;
}

static inline void fy_stream_input(struct fy_stream *stream, const char *data, size_t len)
{
	user_stream_input(stream, data, len);
}

static inline void fy_stream_withdraw(struct fy_stream *stream)
{
	user_stream_withdraw(stream);
}

static inline void fy_stream_ready(struct fy_stream *stream)
{
	user_stream_ready(stream);
}

#endif
