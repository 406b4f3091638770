/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Class stream: a device that bytes are written to, by several writers at once: /dev/NAME on Linux,
 * the console on the bare metal. Each writer has a session, from its open to its close.
 */
#ifndef FERRY_STREAM_H
#define FERRY_STREAM_H

#include <ferry/driver.h>

struct fy_stream; /* by the port; part of the driver's state */

/*
 * What a driver offers. Several ops may run at once, for different sessions; for one session never.
 * They may not wait.
 * Context: thread.
 */
struct fy_stream_ops {
	/* bytes that each writer's session has, zeroed at first; at least 1 */
	size_t session_size;
	/*
	 * Takes up to LEN bytes (at least 1). Returns how many it took, at least 1; FY_ERR_AGAIN
	 * when it has no room now (it calls fy_stream_ready() when that changes); FY_ERR_INVALID
	 * when the data are not valid: then it took none of DATA, and forgets what they were the
	 * continuation of.
	 */
	long (*write)(struct fy_device *dev, void *session, const char *data, size_t len);
	/*
	 * Whether all that the session wrote has taken effect; fy_stream_ready() is called when
	 * that changes.
	 */
	bool (*drained)(struct fy_device *dev, void *session);
	/*
	 * The writer was interrupted: stops at once, and drops, what the session wrote and has not
	 * taken effect.
	 */
	void (*cancel)(struct fy_device *dev, void *session);
	/*
	 * The session ends. What it left unfinished counts as finished; what it wrote goes on
	 * taking effect.
	 */
	void (*close)(struct fy_device *dev, void *session);
};

/*
 * Offers the stream as NAME. Returns 0, FY_ERR_BUSY when the name is taken, FY_ERR_NO_MEMORY.
 * Context: thread, from probe.
 */
static inline int fy_stream_offer(struct fy_device *dev, struct fy_stream *stream, const char *name,
				  const struct fy_stream_ops *ops);
/*
 * Withdraws it: writers that wait get FY_ERR_GONE, and after it returns no op runs or is called.
 * Context: thread.
 */
static inline void fy_stream_withdraw(struct fy_stream *stream);
/* There is room again, or something has taken effect: writers that wait try again. Context: any. */
static inline void fy_stream_ready(struct fy_stream *stream);

#include <ferry/port/stream.h>

#endif
