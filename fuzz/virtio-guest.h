/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A hostile guest for the fuzz targets of virtio/: its memory, and a stream of actions out of the
 * input. Memory that the guest has taken away is poisoned, so that any access to it is detected.
 */
#ifndef FUZZ_VIRTIO_GUEST_H
#define FUZZ_VIRTIO_GUEST_H

#include <sanitizer/asan_interface.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "virtio/virtio-queue.h"

/* The input, read from its start. At its end all bytes are 0. */
struct input {
	const uint8_t *data;
	size_t size;
};

static inline uint8_t take8(struct input *in)
{
	if (!in->size)
		return 0;
	in->size--;
	return *in->data++;
}

static inline uint16_t take16(struct input *in)
{
	uint16_t low = take8(in);

	return (uint16_t)(low | take8(in) << 8);
}

/* Three regions: the first two side by side, the third ends where all addresses end. */
#define REGIONS	    3
#define REGION_SIZE 4096
#define FIRST	    UINT64_C(0x1000)
#define LAST	    (UINT64_MAX - REGION_SIZE + 1)
static unsigned char region_bytes[REGIONS][REGION_SIZE] __attribute__((aligned(4096)));
static const uint64_t region_guest[REGIONS] = { FIRST, FIRST + REGION_SIZE, LAST };
static struct virtio_memory memory;
static bool region_there[REGIONS];

static inline void set_region(unsigned i, bool there)
{
	if (there == region_there[i])
		return;
	region_there[i] = there;
	if (there) {
		ASAN_UNPOISON_MEMORY_REGION(region_bytes[i], REGION_SIZE);
		if (virtio_memory_add(&memory, region_guest[i], REGION_SIZE, region_bytes[i]))
			abort();
	} else {
		if (virtio_memory_remove(&memory, region_guest[i], REGION_SIZE))
			abort();
		ASAN_POISON_MEMORY_REGION(region_bytes[i], REGION_SIZE);
	}
}

static inline void start_memory(void)
{
	for (unsigned i = 0; i < REGIONS; i++) {
		set_region(i, true);
		memset(region_bytes[i], 0, REGION_SIZE);
	}
}

/* An address: mostly in memory, at times just at a border, or anything. */
static inline uint64_t take_address(struct input *in)
{
	uint16_t word = take16(in);

	switch (word >> 13) {
	case 7:
		return LAST + (word & 0x1fff); /* may go round to 0 */
	case 6:
		return (uint64_t)take16(in) << 48 | word;
	default:
		return FIRST + (word & 0x1fff);
	}
}

/* A length: mostly short, at times anything. */
static inline uint32_t take_length(struct input *in)
{
	uint8_t byte = take8(in);

	if (byte < 0xf0)
		return byte;
	return byte < 0xf8 ? UINT32_MAX - (byte & 7) : (uint32_t)take16(in) << (byte & 7) * 2;
}

/* Writes into the guest's memory where it is there: the guest has no other. */
static inline void poke(uint64_t address, const void *from, size_t size)
{
	(void)virtio_memory_write(&memory, address, from, size);
}

static inline void poke16(uint64_t address, uint16_t value)
{
	poke(address, &value, 2);
}

/* Where a queue's parts are: each queue has a quarter of the first region for itself. */
struct ring {
	uint64_t descriptors, driver, device;
	uint16_t size;
	bool packed;
	/* the guest's own */
	uint16_t available;
	bool wrap;
};

static inline struct ring ring_at(unsigned number, uint16_t size, bool packed)
{
	uint64_t at = FIRST + number * 0x400;

	return (struct ring){ at, at + 0x200, at + 0x280, size, packed, 0, true };
}

/* Writes a descriptor; in a packed ring its flags make it available at times. */
static inline void act_descriptor(struct input *in, const struct ring *ring, uint64_t table)
{
	uint16_t index = take8(in) % (ring->size + 1), flags = take8(in), link = take8(in);
	struct {
		uint64_t address;
		uint32_t length;
		uint16_t third, fourth;
	} desc = { take_address(in), take_length(in), 0, 0 };

	if (flags & 0x40)
		link = take16(in);
	if (ring->packed)
		flags = (flags & 7) | (flags & 0x10 ? 1 << 7 : 0) | (flags & 0x20 ? 1 << 15 : 0);
	else
		flags &= 7;
	desc.third = ring->packed ? link : flags;
	desc.fourth = ring->packed ? flags : link;
	poke(table + 16 * index, &desc, 16);
}

/* Makes a chain available the way a well-meaning driver does. */
static inline void act_available(struct input *in, struct ring *ring)
{
	uint8_t head = take8(in);
	uint16_t flags = (uint16_t)(head & 7);

	if (!ring->packed) {
		poke16(ring->driver + 4 + 2 * (ring->available % ring->size),
		       head % (ring->size + 1));
		poke16(ring->driver + 2, ++ring->available);
		return;
	}
	flags |= ring->wrap ? 1 << 7 : 1 << 15;
	poke16(ring->descriptors + 16 * ring->available + 14, flags);
	if (++ring->available == ring->size) {
		ring->available = 0;
		ring->wrap = !ring->wrap;
	}
}

/*
 * Offers a chain as a well-meaning driver does: OUT bytes to read at FROM, and IN bytes to write at
 * TO.
 */
static inline void offer(struct ring *ring, uint64_t from, uint32_t out, uint64_t to, uint32_t in)
{
	const uint64_t address[2] = { from, to };
	const uint32_t length[2] = { out, in };
	const uint16_t head = (uint16_t)(2 * ring->available % ring->size);

	for (uint16_t i = 0; i < 2; i++) {
		uint16_t flags = i ? 2 : 1,
			 at = ring->packed ? ring->available : (head + i) % ring->size;
		uint16_t third = flags, fourth = (uint16_t)((head + 1) % ring->size);

		if (ring->packed) {
			third = head;
			fourth = flags | (ring->wrap ? 1 << 7 : 1 << 15);
			if (++ring->available == ring->size) {
				ring->available = 0;
				ring->wrap = !ring->wrap;
			}
		}
		poke(ring->descriptors + 16 * at, &address[i], 8);
		poke(ring->descriptors + 16 * at + 8, &length[i], 4);
		poke16(ring->descriptors + 16 * at + 12, third);
		poke16(ring->descriptors + 16 * at + 14, fourth);
	}
	if (ring->packed)
		return;
	poke16(ring->driver + 4 + 2 * (ring->available % ring->size), head);
	poke16(ring->driver + 2, ++ring->available);
}

/* Raw bytes, anywhere in memory. */
static inline void act_poke(struct input *in)
{
	uint64_t address = take_address(in);
	uint8_t bytes[16];
	unsigned count = take8(in) % sizeof(bytes) + 1;

	for (unsigned i = 0; i < count; i++)
		bytes[i] = take8(in);
	poke(address, bytes, count);
}

#endif
