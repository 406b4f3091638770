/* SPDX-License-Identifier: GPL-2.0-only */
/* Test port of <ferry/stream.h>: the test calls the ops itself. */
struct fy_stream {
	const struct fy_stream_ops *ops;
};

extern int test_ready_calls;
extern int test_offer_result; /* what an offer returns */

static inline int fy_stream_offer(struct fy_device *dev, struct fy_stream *stream, const char *name,
				  const struct fy_stream_ops *ops)
{
	stream->ops = ops;
	return test_offer_result;
}

static inline void fy_stream_withdraw(struct fy_stream *stream)
{
	stream->ops = NULL;
}

static inline void fy_stream_ready(struct fy_stream *stream)
{
	test_ready_calls++;
}
