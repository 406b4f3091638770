/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Linux port of <ferry/stream.h>: a misc character device. What it does is in
 * ports/linux/linux-stream.c.
 */
#ifndef FERRY_PORT_STREAM_H
#define FERRY_PORT_STREAM_H

struct fy_linux_stream; /* outlives the device while somebody has it open */

struct fy_stream {
	struct fy_linux_stream *stream;
};

int fy_linux_stream_offer(struct fy_device *dev, struct fy_stream *stream, const char *name,
			  const struct fy_stream_ops *ops, size_t input);
void fy_linux_stream_input(struct fy_stream *stream, const char *data, size_t len);
void fy_linux_stream_withdraw(struct fy_stream *stream);
void fy_linux_stream_ready(struct fy_stream *stream);

static inline int fy_stream_offer(struct fy_device *dev, struct fy_stream *stream, const char *name,
				  const struct fy_stream_ops *ops)
{
	return fy_linux_stream_offer(dev, stream, name, ops, 0);
}

static inline int fy_stream_offer_readable(struct fy_device *dev, struct fy_stream *stream,
					   const char *name, const struct fy_stream_ops *ops,
					   size_t input)
{
	return input && input <= 65536 ? fy_linux_stream_offer(dev, stream, name, ops, input) :
					 FY_ERR_INVALID;
}

static inline void fy_stream_input(struct fy_stream *stream, const char *data, size_t len)
{
	fy_linux_stream_input(stream, data, len);
}

static inline void fy_stream_withdraw(struct fy_stream *stream)
{
	fy_linux_stream_withdraw(stream);
}

static inline void fy_stream_ready(struct fy_stream *stream)
{
	fy_linux_stream_ready(stream);
}

#endif
