// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* say: a stream for tests, which says each line that is written to it in the log. It always has room, and keeps nothing back. */
#include <ferry/driver.h>
#include <ferry/stream.h>

enum { LINE = 80 };

struct session {
	unsigned length;
	char line[LINE + 1];
};

struct say {
	struct fy_stream stream;
};

static long say_write(struct fy_device *dev, void *at, const char *data, size_t len)
{
	struct session *session = at;

	for (size_t i = 0; i < len; i++) {
		session->line[session->length] = '\0';
		if (data[i] == '\n')
			fy_info(dev, "%s", session->line);
		if (data[i] == '\n' || session->length == LINE)
			session->length = 0;
		else
			session->line[session->length++] = data[i];
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

static const struct fy_stream_ops ops = { sizeof(struct session), say_write, say_drained, nothing_to_do, nothing_to_do };

static int say_probe(struct fy_device *dev)
{
	struct say *s = fy_state(dev);

	return fy_stream_offer(dev, &s->stream, "say", &ops);
}

static void say_remove(struct fy_device *dev)
{
	struct say *s = fy_state(dev);

	fy_stream_withdraw(&s->stream);
}

FY_DRIVER(say) = { .name = "say", .state_size = sizeof(struct say), .probe = say_probe, .remove = say_remove };
