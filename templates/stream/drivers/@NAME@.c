// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * @NAME@: takes lines and puts each into the log. Replace take_line() by what your driver does with
 * one.
 *
 *	make app BOARD=virt
 *	ferry boot --board virt output/virt/kernel8.img	# main.c writes a line
 *
 * On Linux: echo hello >/dev/@NAME@
 *
 * It names no devicetree node, so there is one device, from the start on. To serve a node, say
 * which with FY_COMPATIBLE().
 */
#include <ferry/driver.h>
#include <ferry/stream.h>

#define LINE_LEN 80 /* characters; a longer line is refused */

struct @SYMBOL@_state {
	struct fy_stream stream;
};

/* What each writer has: the line that it has not finished. */
struct @SYMBOL@_session {
	uint32_t len;
	char line[LINE_LEN];
};

static void take_line(struct fy_device *dev, const struct @SYMBOL@_session *session)
{
	fy_info(dev, "%.*s", (int)session->len, session->line);
}

/* Takes what is there up to the end of a line. A line that is too long is refused and forgotten. */
static long @SYMBOL@_write(struct fy_device *dev, void *arg, const char *data, size_t len)
{
	struct @SYMBOL@_session *session = arg;

	for (size_t i = 0; i < len; i++) {
		if (data[i] == '\n') {
			take_line(dev, session);
			session->len = 0;
			return (long)i + 1;
		}
		if (session->len == LINE_LEN) {
			fy_warn(dev, "a line has more than %d characters", LINE_LEN);
			session->len = 0;
			return FY_ERR_INVALID;
		}
		session->line[session->len++] = data[i];
	}
	return (long)len;
}

/*
 * Each line has taken effect when write returns. A driver that queues them calls fy_stream_ready()
 * when the queue moves on.
 */
static bool @SYMBOL@_drained(struct fy_device *dev, void *arg)
{
	return true;
}

static void @SYMBOL@_cancel(struct fy_device *dev, void *arg)
{
	struct @SYMBOL@_session *session = arg;

	session->len = 0;
}

static void @SYMBOL@_close(struct fy_device *dev, void *arg)
{
	const struct @SYMBOL@_session *session = arg;

	if (session->len)
		take_line(dev, session);
}

static const struct fy_stream_ops @SYMBOL@_ops = {
	.session_size = sizeof(struct @SYMBOL@_session),
	.write = @SYMBOL@_write,
	.drained = @SYMBOL@_drained,
	.cancel = @SYMBOL@_cancel,
	.close = @SYMBOL@_close,
};

static int @SYMBOL@_probe(struct fy_device *dev)
{
	struct @SYMBOL@_state *state = fy_state(dev);
	int rc = fy_stream_offer(dev, &state->stream, "@NAME@", &@SYMBOL@_ops);

	if (rc) {
		fy_error(dev, "cannot offer the stream '@NAME@': %s", fy_error_name(rc));
		return rc;
	}
	fy_info(dev, "ready");
	return 0;
}

static void @SYMBOL@_remove(struct fy_device *dev)
{
	struct @SYMBOL@_state *state = fy_state(dev);

	fy_stream_withdraw(&state->stream);
}

FY_DESCRIPTION("@NAME@");
FY_DRIVER(@SYMBOL@) = {
	.name = "@NAME@",
	.state_size = sizeof(struct @SYMBOL@_state),
	.probe = @SYMBOL@_probe,
	.remove = @SYMBOL@_remove,
};
