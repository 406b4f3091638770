// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * say: a stream for tests, which says each line that is written to it in the log. Then it has no
 * room for a millisecond.
 */
#include <ferry/driver.h>
#include <ferry/stream.h>
#include <ferry/time.h>

enum { LINE = 80 };

struct session {
	unsigned length;
	char line[LINE + 1];
};

struct say {
	struct fy_stream stream;
	struct fy_timer breath;
	bool breathes;
};

static uint64_t go_on(void *arg, uint64_t due)
{
	struct say *s = arg;

	s->breathes = false;
	fy_stream_ready(&s->stream);
	return FY_TIMER_STOP;
}

static long say_write(struct fy_device *dev, void *at, const char *data, size_t len)
{
	struct say *s = fy_state(dev);
	struct session *session = at;

	if (s->breathes)
		return FY_ERR_AGAIN;
	for (size_t i = 0; i < len; i++) {
		if (data[i] != '\n') {
			session->line[session->length] = data[i];
			session->length += session->length < LINE;
			continue;
		}
		session->line[session->length] = '\0';
		session->length = 0;
		fy_info(dev, "%s", session->line);
		s->breathes = true;
		fy_timer_start(&s->breath, fy_now_ns() + FY_NS_PER_MS);
		return (long)i + 1;
	}
	return (long)len;
}

static bool say_drained(struct fy_device *dev, void *session)
{
	return true;
}

static void nothing_to_do(struct fy_device *dev, void *session)
{
}

static const struct fy_stream_ops ops = { sizeof(struct session), say_write, say_drained,
					  nothing_to_do, nothing_to_do };

static int say_probe(struct fy_device *dev)
{
	struct say *s = fy_state(dev);

	fy_timer_init(&s->breath, dev, go_on, s);
	return fy_stream_offer(dev, &s->stream, "say", &ops);
}

static void say_remove(struct fy_device *dev)
{
	struct say *s = fy_state(dev);

	fy_stream_withdraw(&s->stream);
	fy_timer_stop(&s->breath);
}

FY_DRIVER(say) = {
	.name = "say", .state_size = sizeof(struct say), .probe = say_probe, .remove = say_remove
};
