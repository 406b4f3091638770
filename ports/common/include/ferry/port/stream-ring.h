/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * What a reader of a stream has not read yet, for every port; the port has the memory, and a lock.
 * When it is full the newest bytes are lost, until the reader has read the rest and has been told.
 */
#ifndef FERRY_PORT_STREAM_RING_H
#define FERRY_PORT_STREAM_RING_H

#include <ferry/driver.h>

struct fy_stream_ring {
	char *bytes;
	size_t size, first, used;
	bool lost; /* bytes came after those in it, and went */
};

/* Adds LEN bytes of DATA, or loses the last ones of them. */
static inline void fy_stream_ring_put(struct fy_stream_ring *ring, const char *data, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		size_t at = ring->first + ring->used;

		if (ring->lost || ring->used == ring->size) {
			ring->lost = true;
			return;
		}
		ring->bytes[at < ring->size ? at : at - ring->size] = data[i];
		ring->used++;
	}
}

/* Takes up to LEN bytes. Returns how many; FY_ERR_AGAIN: there are none; FY_ERR_IO: some went. */
static inline long fy_stream_ring_get(struct fy_stream_ring *ring, char *data, size_t len)
{
	size_t taken = 0;

	if (!ring->used && ring->lost) {
		ring->lost = false;
		return FY_ERR_IO;
	}
	while (taken < len && ring->used) {
		data[taken++] = ring->bytes[ring->first];
		ring->first = ring->first + 1 < ring->size ? ring->first + 1 : 0;
		ring->used--;
	}
	return taken || !len ? (long)taken : FY_ERR_AGAIN;
}

static inline bool fy_stream_ring_ready(const struct fy_stream_ring *ring)
{
	return ring->used || ring->lost;
}

#endif
