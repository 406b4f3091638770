// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * ticker: a stream for tests that can be read: a line with a number every 10 ms, and each line that
 * is written to it comes back to all who read.
 */
#include <ferry/driver.h>
#include <ferry/stream.h>
#include <ferry/time.h>

#define PERIOD (10 * FY_NS_PER_MS)

struct ticker {
	struct fy_stream stream;
	struct fy_timer timer;
	unsigned number;
};

static uint64_t tick(void *arg, uint64_t due)
{
	struct ticker *t = arg;
	unsigned n = ++t->number;
	char line[8];

	for (int i = 5; i >= 0; i--, n /= 10)
		line[i] = (char)('0' + n % 10);
	line[6] = '\n';
	fy_stream_input(&t->stream, line, 7);
	return due + PERIOD;
}

static long ticker_write(struct fy_device *dev, void *session, const char *data, size_t len)
{
	struct ticker *t = fy_state(dev);

	fy_stream_input(&t->stream, data, len);
	return (long)len;
}

static bool ticker_drained(struct fy_device *dev, void *session)
{
	return true;
}

static void nothing_to_do(struct fy_device *dev, void *session)
{
}

static const struct fy_stream_ops ops = {
	.session_size = 1,
	.write = ticker_write,
	.drained = ticker_drained,
	.cancel = nothing_to_do,
	.close = nothing_to_do,
};

static int ticker_probe(struct fy_device *dev)
{
	struct ticker *t = fy_state(dev);
	int rc = fy_stream_offer_readable(dev, &t->stream, "ticker", &ops, 700);

	if (rc)
		return rc;
	fy_timer_init(&t->timer, dev, tick, t);
	fy_timer_start(&t->timer, fy_now_ns() + PERIOD);
	return 0;
}

static void ticker_remove(struct fy_device *dev)
{
	struct ticker *t = fy_state(dev);

	fy_timer_stop(&t->timer);
	fy_stream_withdraw(&t->stream);
}

FY_DRIVER(ticker) = {
	.name = "ticker",
	.state_size = sizeof(struct ticker),
	.probe = ticker_probe,
	.remove = ticker_remove,
};
