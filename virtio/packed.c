// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* The packed ring (Virtual I/O Device specification 1.3, section 2.8). */
#include "ring.h"

/* Offsets in a descriptor. */
enum { DESC_LENGTH = 8, DESC_ID = 12, DESC_FLAGS = 14 };
/* Offsets in the event suppression structures, and the values of their flags. */
enum { EVENT_PLACE = 0, EVENT_FLAGS = 2 };
enum { EVENT_ENABLE = 0, EVENT_DISABLE = 1, EVENT_AT_PLACE = 2, EVENT_FLAGS_MASK = 3 };
#define PLACE_WRAP 0x8000U

/* Moves PLACE on by COUNT, which is at the most the queue's size. */
static void advance(const struct virtio_queue *queue, struct virtio_place *place, uint16_t count)
{
	uint32_t next = (uint32_t)place->index + count;

	if (next >= queue->size) {
		next -= queue->size;
		place->wrap = !place->wrap;
	}
	place->index = (uint16_t)next;
}

/* Whether the guest has made the descriptor at PLACE available. */
static bool available_at(const struct virtio_queue *queue, struct virtio_place place,
			 uint16_t *flags)
{
	*flags = load16_acquire(queue->ring[DESCRIPTORS] + DESC_SIZE * (size_t)place.index +
				DESC_FLAGS);
	return (*flags & (DESC_AVAIL | DESC_USED)) == (place.wrap ? DESC_AVAIL : DESC_USED);
}

/* Collects all buffers of the indirect table that DESC describes. */
static bool walk_indirect(struct virtio_queue *queue, struct virtio_chain *chain,
			  const struct descriptor *desc)
{
	struct descriptor buffer;
	struct table table;

	if (!virtio_table_open(queue, &table, desc))
		return false;
	if (table.count > queue->size)
		return virtio_queue_break(queue, VIRTIO_FAULT_CHAIN_LENGTH);
	for (uint32_t i = 0; i < table.count; i++)
		if (!descriptor_load(queue, &table, i, true, &buffer) ||
		    !chain_add(queue, chain, &buffer))
			return false;
	return true;
}

/*
 * Collects a chain of up to LIMIT descriptors: DESC, which was read already, and those that follow
 * number INDEX in TABLE, which goes round at its end. Inlined, for a call here is a tenth of what a
 * pop costs.
 */
static inline __attribute__((always_inline)) bool walk(struct virtio_queue *queue,
						       struct virtio_chain *chain,
						       const struct table *table, uint32_t index,
						       unsigned limit, struct descriptor desc)
{
	for (chain->slots = 1; chain->slots <= limit; chain->slots++) {
		chain->id = desc.link;
		if (desc.flags & DESC_INDIRECT) {
			if (chain->slots > 1)
				return virtio_queue_break(queue, VIRTIO_FAULT_INDIRECT_CHAINED);
			return walk_indirect(queue, chain, &desc);
		}
		if (!chain_add(queue, chain, &desc))
			return false;
		if (!(desc.flags & DESC_NEXT))
			return true;
		if (++index == table->count)
			index = 0;
		if (!descriptor_load(queue, table, index, true, &desc))
			return false;
	}
	return virtio_queue_break(queue, VIRTIO_FAULT_CHAIN_LENGTH);
}

bool virtio_packed_again(struct virtio_queue *queue, struct virtio_chain *chain,
			 const struct table *table)
{
	struct descriptor desc;

	return descriptor_load(queue, table, 0, true, &desc) &&
	       walk(queue, chain, table, 0, table->count, desc);
}

int virtio_packed_pop(struct virtio_queue *queue, struct virtio_chain *chain)
{
	const struct table ring = { queue->ring[DESCRIPTORS], queue->address[DESCRIPTORS],
				    queue->size };
	struct descriptor desc;
	uint16_t flags;

	if (!available_at(queue, queue->available, &flags))
		return 0;
	chain->slot = queue->available.index;
	desc = descriptor_at(ring.here + DESC_SIZE * (size_t)chain->slot, true);
	desc.flags = flags;
	if (!walk(queue, chain, &ring, chain->slot, queue->size - queue->in_flight, desc))
		return -1;
	advance(queue, &queue->available, chain->slots);
	queue->in_flight += chain->slots;
	return 1;
}

void virtio_packed_push(struct virtio_queue *queue, const struct virtio_chain *chain,
			uint32_t length)
{
	unsigned char *used = queue->ring[DESCRIPTORS] + DESC_SIZE * (size_t)queue->used.index;
	uint16_t flags = queue->used.wrap ? DESC_AVAIL | DESC_USED : 0;

	store32(used + DESC_LENGTH, length);
	store16(used + DESC_ID, chain->id);
	store16_release(used + DESC_FLAGS, length ? flags | DESC_WRITE : flags);
	advance(queue, &queue->used, chain->slots);
}

/* Whether the guest wants to know of what was pushed. Its two words are read as one. */
bool virtio_packed_wanted(struct virtio_queue *queue)
{
	uint32_t event = load32(queue->ring[DRIVER]);
	unsigned flags = (event >> 16) & EVENT_FLAGS_MASK, place = event & (PLACE_WRAP - 1);

	if (flags != EVENT_AT_PLACE || !queue->event_index)
		return flags != EVENT_DISABLE;
	if (!!(event & PLACE_WRAP) != queue->used.wrap)
		place -= queue->size;
	return event_passed((uint16_t)place, queue->used.index, queue->unannounced);
}

void virtio_packed_notify(struct virtio_queue *queue, bool enable)
{
	unsigned char *device = queue->ring[DEVICE];
	unsigned place = queue->available.index | (queue->available.wrap ? PLACE_WRAP : 0);
	unsigned flags = !enable	    ? EVENT_DISABLE :
			 queue->event_index ? EVENT_AT_PLACE :
					      EVENT_ENABLE;

	store32(device, place | flags << 16);
}

bool virtio_packed_pending(const struct virtio_queue *queue)
{
	uint16_t flags;

	return available_at(queue, queue->available, &flags);
}
