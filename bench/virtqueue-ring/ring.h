/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The synthetic guest of bench/virtqueue: a memory with one full ring of network frames to send, of
 * 64 bytes with their header, each in one descriptor, in two, or in an indirect table of two. What
 * is measured takes them all; then the guest fills the ring again. It wants no notifications, and
 * says so by flags or by event index.
 */
#ifndef BENCH_VIRTQUEUE_RING_H
#define BENCH_VIRTQUEUE_RING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define SIZE	    256
#define FRAME	    64
#define HEADER	    12
#define MEMORY_SIZE (1 << 20)
#define GUEST	    UINT64_C(0x100000) /* its first physical address */

/* Offsets in memory. */
#define DESCRIPTORS 0x0000
#define DRIVER	    0x2000
#define DEVICE	    0x3000
#define TABLES	    0x8000
#define FRAMES	    0x40000
#define OTHER	    0x80000 /* a second queue, which stays empty */

enum { NEXT = 1, INDIRECT = 4, AVAIL = 1 << 7, USED = 1 << 15 };
enum { FEATURE_INDIRECT = 28, FEATURE_EVENT = 29, FEATURE_VERSION_1 = 32, FEATURE_PACKED = 34 };

enum { NO_NOTIFY = 1, NOTIFY_AT_PLACE = 2 };
/* An event that does not come: so far ahead, or at a place that is in no ring. */
#define NEVER 0x7fff

struct desc {
	uint64_t address;
	uint32_t length;
	uint16_t third, fourth; /* split: flags, next; packed: id, flags */
};

struct ring {
	unsigned char *memory;
	bool packed, indirect, event;
	unsigned pieces; /* descriptors of a frame */
	unsigned frames; /* that fill the ring */
	bool wrap;
	uint64_t features;
};

static inline struct desc describe(const struct ring *ring, uint64_t offset, uint32_t length,
				   uint16_t flags, uint16_t link)
{
	return (struct desc){ GUEST + offset, length, ring->packed ? link : flags,
			      ring->packed ? flags : link };
}

/* Writes the descriptors of frame NUMBER at AT, the first one being number FIRST of its table. */
static inline void describe_frame(const struct ring *ring, struct desc *at, unsigned number,
				  unsigned first, uint16_t flags)
{
	uint64_t frame = FRAMES + number * FRAME;

	if (ring->pieces == 1) {
		at[0] = describe(ring, frame, FRAME, flags, (uint16_t)(ring->packed ? number : 0));
		return;
	}
	at[0] = describe(ring, frame, HEADER, flags | NEXT,
			 (uint16_t)(ring->packed ? number : first + 1));
	at[1] = describe(ring, frame + HEADER, FRAME - HEADER, flags,
			 (uint16_t)(ring->packed ? number : 0));
}

/* Makes all frames available. */
static inline void fill(struct ring *ring)
{
	struct desc *desc = (struct desc *)(ring->memory + DESCRIPTORS);
	uint16_t *driver = (uint16_t *)(ring->memory + DRIVER);
	uint16_t flags = !ring->packed ? 0 : ring->wrap ? AVAIL : USED;
	unsigned step = ring->indirect ? 1 : ring->pieces;

	for (unsigned i = 0; i < ring->frames; i++) {
		struct desc *table = (struct desc *)(ring->memory + TABLES) + i * 2;

		if (ring->indirect) {
			describe_frame(ring, table, i, 0, 0);
			if (ring->packed)
				table[0].fourth = 0; /* no flag there has a meaning, but for one */
			desc[i] =
				describe(ring, TABLES + i * 32, 32, flags | INDIRECT, (uint16_t)i);
		} else {
			describe_frame(ring, &desc[i * step], i, i * step, flags);
		}
		if (!ring->packed)
			driver[2 + (uint16_t)(driver[1] + i) % SIZE] = (uint16_t)(i * step);
	}
	if (ring->event && ring->packed)
		driver[0] = NEVER;
	else if (ring->event)
		driver[2 + SIZE] = (uint16_t)(driver[1] + NEVER);
	if (ring->packed)
		ring->wrap = !ring->wrap;
	else
		__atomic_store_n(&driver[1], (uint16_t)(driver[1] + ring->frames),
				 __ATOMIC_RELEASE);
}

/* Prepares the ring that KIND names, as bench/virtqueue does. MEMORY is zero. */
static inline struct ring prepare(const char *kind, unsigned char *memory)
{
	struct ring ring = { .memory = memory, .wrap = true, .pieces = 1 };
	unsigned per_frame;

	ring.packed = !strncmp(kind, "packed", 6);
	ring.indirect = strstr(kind, "indirect");
	ring.event = strstr(kind, "event");
	if (ring.indirect || strstr(kind, "two"))
		ring.pieces = 2;
	per_frame = ring.indirect ? 1 : ring.pieces;
	ring.frames = SIZE / per_frame;
	ring.features = UINT64_C(1) << FEATURE_VERSION_1 | UINT64_C(1) << FEATURE_INDIRECT |
			(ring.packed ? UINT64_C(1) << FEATURE_PACKED : 0) |
			(ring.event ? UINT64_C(1) << FEATURE_EVENT : 0);
	for (unsigned i = 0; i < SIZE * FRAME; i++)
		memory[FRAMES + i] = (unsigned char)((i % FRAME < HEADER) ? 0 : i * 7);
	/* The flags; a split ring's do not count with event index. */
	((uint16_t *)(memory + DRIVER))[ring.packed ? 1 : 0] =
		ring.packed && ring.event ? NOTIFY_AT_PLACE : NO_NOTIFY;
	return ring;
}

/*
 * Takes all frames of the ring; gives the number back, and in *SUM something of what was in them.
 * To be measured.
 */
unsigned take_all(void *device, uint64_t *sum);

/*
 * Runs take_all() on ROUNDS full rings and prints: descriptors a round, frames in all, nanoseconds
 * in all.
 */
static inline int measure(struct ring *ring, void *device, unsigned rounds)
{
	uint64_t taken = 0, sum = 0, ns = 0;
	struct timespec from, to;

	for (unsigned i = 0; i < rounds; i++) {
		fill(ring);
		clock_gettime(CLOCK_THREAD_CPUTIME_ID, &from);
		taken += take_all(device, &sum);
		clock_gettime(CLOCK_THREAD_CPUTIME_ID, &to);
		ns += (uint64_t)(to.tv_sec - from.tv_sec) * 1000000000 + (uint64_t)to.tv_nsec -
		      (uint64_t)from.tv_nsec;
	}
	if (taken != (uint64_t)rounds * ring->frames) {
		fprintf(stderr, "bench/virtqueue: %llu frames were taken of %llu\n",
			(unsigned long long)taken, (unsigned long long)rounds * ring->frames);
		return 1;
	}
	printf("%llu %llu %llu\n", (unsigned long long)taken * ring->pieces, (unsigned long long)ns,
	       (unsigned long long)sum);
	return 0;
}

#endif
