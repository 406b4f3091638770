/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Class stream: a device that several writers write bytes to, and several readers read from:
 * /dev/NAME on Linux, the console on the bare metal. Each has a session, from its open to its
 * close; each reader gets all bytes that come in meanwhile.
 */
#ifndef FERRY_STREAM_H
#define FERRY_STREAM_H

#include <ferry/driver.h>

struct fy_stream; /* by the port; part of the driver's state */

/*
 * What a driver offers. Ops for different sessions may run at the same time, ops for one session
 * never. They may not wait.
 * Context: thread.
 */
struct fy_stream_ops {
	/* bytes of a writer's session, initially zero; at least 1 */
	size_t session_size;
	/*
	 * Takes up to LEN bytes (at least 1). Returns how many it took, at least 1; FY_ERR_AGAIN:
	 * it has no room now (it calls fy_stream_ready() when that changes); FY_ERR_INVALID: the
	 * data are not valid: it took none of DATA, and drops the unfinished data before them.
	 */
	long (*write)(struct fy_device *dev, void *session, const char *data, size_t len);
	/*
	 * Whether all that the session wrote has taken effect; fy_stream_ready() is called when
	 * that changes.
	 */
	bool (*drained)(struct fy_device *dev, void *session);
	/*
	 * The writer was interrupted: stops the session's output at once, and drops what has not
	 * taken effect.
	 */
	void (*cancel)(struct fy_device *dev, void *session);
	/*
	 * The session ends. Unfinished data count as finished; what the session wrote still takes
	 * effect.
	 */
	void (*close)(struct fy_device *dev, void *session);
};

/*
 * Offers the stream as NAME. Returns 0, FY_ERR_BUSY when the name is taken,
 * FY_ERR_INVALID when it is empty or too long (31 characters), FY_ERR_NO_MEMORY.
 * Context: thread, from probe.
 */
static inline int fy_stream_offer(struct fy_device *dev, struct fy_stream *stream, const char *name,
				  const struct fy_stream_ops *ops);
/*
 * The same, for a stream that can be read as well: the port keeps up to INPUT bytes, 1 to 65536,
 * for each reader. OPS may be NULL: then it is only read. Otherwise as fy_stream_offer(), and
 * FY_ERR_INVALID.
 */
static inline int fy_stream_offer_readable(struct fy_device *dev, struct fy_stream *stream,
					   const char *name, const struct fy_stream_ops *ops,
					   size_t input);
/*
 * Bytes have come in, for all who read; the driver owns DATA again after the call. A reader that
 * has no room for them loses them, and is told. Context: any, one at a time.
 */
static inline void fy_stream_input(struct fy_stream *stream, const char *data, size_t len);
/*
 * Withdraws the stream: waiting writers and readers get FY_ERR_GONE, and after it returns no op
 * runs or is called.
 * Context: thread.
 */
static inline void fy_stream_withdraw(struct fy_stream *stream);
/* There is room again, or something has taken effect: wakes waiting writers. Context: any. */
static inline void fy_stream_ready(struct fy_stream *stream);

#include <ferry/port/stream.h>

#endif
