/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A guest with one virtqueue, for tests: its memory, and the driver's side of split and packed
 * rings. What the driver writes can be damaged afterwards by the test, which knows the layout.
 */
#ifndef TESTS_VIRTIO_GUEST_H
#define TESTS_VIRTIO_GUEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "virtio/virtio-queue.h"

/*
 * Memory: two regions side by side, and a third one far off; each an allocation of its own, so that
 * one byte too far is noticed.
 */
#define REGION_SIZE 0x4000
#define RINGS	    UINT64_C(0x10000)
#define DATA	    UINT64_C(0x14000) /* adjacent to RINGS */
#define FAR	    UINT64_C(0x8000000000)
#define NOWHERE	    UINT64_C(0x7000000)

#define QUEUE_MAX 256
enum { NEXT = 1, WRITE = 2, INDIRECT = 4, AVAIL = 1 << 7, USED = 1 << 15 };

struct split_desc {
	uint64_t addr;
	uint32_t len;
	uint16_t flags, next;
};
struct packed_desc {
	uint64_t addr;
	uint32_t len;
	uint16_t id, flags;
};

struct guest {
	bool packed;
	uint64_t features;
	uint16_t size;
	struct virtio_memory memory;
	unsigned char *rings, *data, *far;
	struct virtio_queue queue;
	/* the driver's own */
	uint16_t free[QUEUE_MAX], frees; /* ids that can be used */
	uint16_t count[QUEUE_MAX];	 /* descriptors of each id */
	uint16_t avail, used;		 /* next places */
	bool avail_wrap, used_wrap;
};

struct buffer {
	uint64_t address;
	uint32_t length;
	bool write;
};

/* Layout of the ring region: the descriptors, then the driver's area, then the device's. */
#define DRIVER_AREA (RINGS + 16 * QUEUE_MAX)
#define DEVICE_AREA (RINGS + 32 * QUEUE_MAX)

static inline struct split_desc *split(struct guest *g, unsigned i)
{
	return (struct split_desc *)(void *)g->rings + i;
}
static inline struct packed_desc *packed(struct guest *g, unsigned i)
{
	return (struct packed_desc *)(void *)g->rings + i;
}
/*
 * The driver's area as 16-bit words: split: flags, index, entries..., used event. Packed: event
 * place, event flags.
 */
static inline uint16_t *driver_area(struct guest *g)
{
	return (uint16_t *)(void *)(g->rings + (DRIVER_AREA - RINGS));
}
/*
 * The device's area: split: flags, index, then pairs of 32-bit words, then the available event.
 * Packed: as above.
 */
static inline uint16_t *device_area(struct guest *g)
{
	return (uint16_t *)(void *)(g->rings + (DEVICE_AREA - RINGS));
}

static inline unsigned char *guest_byte(struct guest *g, uint64_t address)
{
	size_t n;
	unsigned char *at = virtio_memory_at(&g->memory, address, 1, &n);

	assert_non_null(at);
	return at;
}

static inline struct virtio_queue_setup guest_setup(struct guest *g)
{
	return (struct virtio_queue_setup){
		.descriptors = RINGS,
		.driver = DRIVER_AREA,
		.device = DEVICE_AREA,
		.size = g->size,
		.features = g->features,
		.base = virtio_queue_fresh_base(g->features),
	};
}

/*
 * Makes the guest's memory and rings, without starting its queue. FEATURES: bit numbers or-ed as
 * VIRTIO_FEATURE().
 */
static inline struct guest *guest_make(uint64_t features, uint16_t size)
{
	struct guest *g = calloc(1, sizeof(*g));

	assert_non_null(g);
	g->features = features | VIRTIO_FEATURE(VIRTIO_F_VERSION_1);
	g->packed = features & VIRTIO_FEATURE(VIRTIO_F_RING_PACKED);
	g->size = size;
	g->rings = aligned_alloc(4096, REGION_SIZE);
	g->data = aligned_alloc(4096, REGION_SIZE);
	g->far = aligned_alloc(4096, REGION_SIZE);
	memset(g->rings, 0, REGION_SIZE);
	memset(g->data, 0, REGION_SIZE);
	memset(g->far, 0, REGION_SIZE);
	assert_int_equal(virtio_memory_add(&g->memory, DATA, REGION_SIZE, g->data), 0);
	assert_int_equal(virtio_memory_add(&g->memory, RINGS, REGION_SIZE, g->rings), 0);
	assert_int_equal(virtio_memory_add(&g->memory, FAR, REGION_SIZE, g->far), 0);
	while (g->frees < size) {
		g->free[g->frees] = (uint16_t)(size - 1 - g->frees);
		g->frees++;
	}
	g->avail_wrap = g->used_wrap = true;
	return g;
}

static inline void guest_free(struct guest *g)
{
	free(g->rings);
	free(g->data);
	free(g->far);
	free(g);
}

static inline struct guest *guest_start(uint64_t features, uint16_t size)
{
	struct guest *g = guest_make(features, size);
	struct virtio_queue_setup setup = guest_setup(g);

	assert_int_equal(virtio_queue_start(&g->queue, &g->memory, &setup, NULL, NULL), 0);
	return g;
}

/* Writes COUNT buffers as an indirect table at TABLE. */
static inline void guest_table(struct guest *g, uint64_t table, const struct buffer *buffer,
			       unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		uint16_t flags = buffer[i].write ? WRITE : 0;
		struct split_desc s = { buffer[i].address, buffer[i].length,
					i + 1 < count ? flags | NEXT : flags, (uint16_t)(i + 1) };
		struct packed_desc p = { buffer[i].address, buffer[i].length, 0, flags };

		assert_true(virtio_memory_write(&g->memory, table + 16 * i,
						g->packed ? (void *)&p : (void *)&s, 16));
	}
}

static inline uint16_t offer_split(struct guest *g, const struct buffer *buffer, unsigned count,
				   uint16_t extra)
{
	uint16_t head = g->free[g->frees - 1], i = head;

	g->count[head] = (uint16_t)count;
	for (unsigned n = 0; n < count; n++) {
		uint16_t flags = extra | (buffer[n].write ? WRITE : 0);

		assert_true(g->frees);
		i = g->free[--g->frees];
		*split(g, i) = (struct split_desc){ buffer[n].address, buffer[n].length, flags, 0 };
		if (n + 1 < count) {
			split(g, i)->flags |= NEXT;
			split(g, i)->next = g->free[g->frees - 1];
		}
	}
	driver_area(g)[2 + g->avail % g->size] = head;
	g->avail++;
	__atomic_store_n(&driver_area(g)[1], g->avail, __ATOMIC_RELEASE);
	return head;
}

static inline uint16_t offer_packed(struct guest *g, const struct buffer *buffer, unsigned count,
				    uint16_t extra)
{
	uint16_t id = g->free[--g->frees], first = g->avail, first_flags = 0;

	g->count[id] = (uint16_t)count;
	for (unsigned n = 0; n < count; n++) {
		uint16_t flags = extra | (buffer[n].write ? WRITE : 0) |
				 (n + 1 < count ? NEXT : 0) | (g->avail_wrap ? AVAIL : USED);
		struct packed_desc *desc = packed(g, g->avail);

		desc->addr = buffer[n].address;
		desc->len = buffer[n].length;
		desc->id = id;
		if (n)
			desc->flags = flags;
		else
			first_flags = flags;
		if (++g->avail == g->size) {
			g->avail = 0;
			g->avail_wrap = !g->avail_wrap;
		}
	}
	__atomic_store_n(&packed(g, first)->flags, first_flags, __ATOMIC_RELEASE);
	return id;
}

/* Makes a chain available, as descriptors of the ring, and returns its id. */
static inline uint16_t guest_offer(struct guest *g, const struct buffer *buffer, unsigned count)
{
	return g->packed ? offer_packed(g, buffer, count, 0) : offer_split(g, buffer, count, 0);
}

/* The same as one descriptor, an indirect table at TABLE of LENGTH bytes. */
static inline uint16_t guest_offer_table(struct guest *g, uint64_t table, uint32_t length)
{
	struct buffer buffer = { table, length, false };

	return g->packed ? offer_packed(g, &buffer, 1, INDIRECT) :
			   offer_split(g, &buffer, 1, INDIRECT);
}

/* Takes a used chain: its id and its length. False: there is none. */
static inline bool guest_collect(struct guest *g, uint16_t *id, uint32_t *length)
{
	if (!g->packed) {
		uint16_t index = __atomic_load_n(&device_area(g)[1], __ATOMIC_ACQUIRE), at, n;
		uint32_t *used = (uint32_t *)(void *)(device_area(g) + 2);

		if (g->used == index)
			return false;
		*id = (uint16_t)used[2 * (g->used % g->size)];
		*length = used[2 * (g->used % g->size) + 1];
		g->used++;
		for (at = *id, n = 0; n < g->count[*id]; n++) {
			g->free[g->frees++] = at;
			at = split(g, at)->next;
		}
		return true;
	}
	uint16_t flags = __atomic_load_n(&packed(g, g->used)->flags, __ATOMIC_ACQUIRE);

	if (!!(flags & AVAIL) != g->used_wrap || !!(flags & USED) != g->used_wrap)
		return false;
	*id = packed(g, g->used)->id;
	*length = flags & WRITE ? packed(g, g->used)->len : 0;
	g->used += g->count[*id];
	if (g->used >= g->size) {
		g->used -= g->size;
		g->used_wrap = !g->used_wrap;
	}
	g->free[g->frees++] = *id;
	return true;
}

/*
 * Asks to be notified once the place at which the next COUNT'th used descriptor (0: the very next)
 * will stand is written.
 */
static inline void guest_want_event(struct guest *g, uint16_t count)
{
	uint32_t place = g->used + count;
	bool wrap = g->used_wrap;

	if (!g->packed) {
		driver_area(g)[2 + g->size] = (uint16_t)place;
		return;
	}
	if (place >= g->size) {
		place -= g->size;
		wrap = !wrap;
	}
	driver_area(g)[0] = (uint16_t)(place | (wrap ? 0x8000 : 0));
	driver_area(g)[1] = 2;
}

/* Asks, without event index, to be notified or not. */
static inline void guest_want_all(struct guest *g, bool want)
{
	driver_area(g)[g->packed ? 1 : 0] = !want;
}

#endif
