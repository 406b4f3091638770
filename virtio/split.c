// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* The split ring (Virtual I/O Device specification 1.3, section 2.7). */
#include "ring.h"

/*
 * Offsets in the driver's and the device's area: flags, index, then entries, then the event index
 * of the other side.
 */
enum { RING_FLAGS = 0, RING_INDEX = 2, RING_ENTRIES = 4 };
enum { AVAILABLE_ENTRY = 2, USED_ENTRY = 8 };
/* Of both areas' flags: the other side need not notify. */
enum { RING_NO_NOTIFY = 1 };

/* Collects the chain that starts at HEAD. */
static bool walk(struct virtio_queue *queue, struct virtio_chain *chain, uint16_t head)
{
	const struct table ring = { queue->ring[DESCRIPTORS], queue->address[DESCRIPTORS],
				    queue->size };
	const struct table *table = &ring;
	unsigned left = queue->size;
	uint32_t index = head;
	struct descriptor desc;
	struct table indirect;

	for (;;) {
		if (index >= table->count)
			return virtio_queue_break(queue, VIRTIO_FAULT_NEXT);
		if (!descriptor_load(queue, table, index, false, &desc))
			return false;
		if (desc.flags & DESC_INDIRECT) {
			if (table == &indirect)
				return virtio_queue_break(queue, VIRTIO_FAULT_INDIRECT_NESTED);
			if (!virtio_table_open(queue, &indirect, &desc))
				return false;
			table = &indirect;
			index = 0;
			continue;
		}
		if (!left--)
			return virtio_queue_break(queue, VIRTIO_FAULT_CHAIN_LENGTH);
		if (!chain_add(queue, chain, &desc))
			return false;
		if (!(desc.flags & DESC_NEXT))
			return true;
		index = desc.link;
	}
}

bool virtio_split_again(struct virtio_queue *queue, struct virtio_chain *chain, uint16_t head)
{
	if (head >= queue->size)
		return virtio_queue_break(queue, VIRTIO_FAULT_HEAD);
	chain->id = head;
	chain->slots = 1;
	return walk(queue, chain, head);
}

/* Looks how far the guest has come. False: no further. */
static bool more_available(struct virtio_queue *queue)
{
	uint16_t end = load16_acquire(queue->ring[DRIVER] + RING_INDEX);
	uint16_t count = (uint16_t)(end - queue->available.index);

	if (count > queue->size - queue->in_flight)
		return virtio_queue_break(queue, VIRTIO_FAULT_AVAILABLE_INDEX);
	queue->available_end = end;
	return count;
}

int virtio_split_pop(struct virtio_queue *queue, struct virtio_chain *chain)
{
	size_t entry = queue->available.index & (queue->size - 1U);

	if (queue->available.index == queue->available_end && !more_available(queue))
		return queue->fault ? -1 : 0;
	if (!virtio_split_again(
		    queue, chain,
		    load16(queue->ring[DRIVER] + RING_ENTRIES + AVAILABLE_ENTRY * entry)))
		return -1;
	queue->available.index++;
	queue->in_flight++;
	return 1;
}

void virtio_split_push(struct virtio_queue *queue, const struct virtio_chain *chain,
		       uint32_t length)
{
	size_t entry = queue->used.index & (queue->size - 1U);
	unsigned char *used = queue->ring[DEVICE] + RING_ENTRIES + USED_ENTRY * entry;

	store32(used, chain->id);
	store32(used + 4, length);
	queue->used.index++;
	store16_release(queue->ring[DEVICE] + RING_INDEX, queue->used.index);
}

/* Whether the guest wants to know of what was pushed. */
bool virtio_split_wanted(struct virtio_queue *queue)
{
	const unsigned char *driver = queue->ring[DRIVER];

	if (!queue->event_index)
		return !(load16(driver + RING_FLAGS) & RING_NO_NOTIFY);
	return event_passed(load16(driver + RING_ENTRIES + AVAILABLE_ENTRY * (size_t)queue->size),
			    queue->used.index, queue->unannounced);
}

void virtio_split_notify(struct virtio_queue *queue, bool enable)
{
	unsigned char *device = queue->ring[DEVICE];

	if (!queue->event_index)
		store16(device + RING_FLAGS, enable ? 0 : RING_NO_NOTIFY);
	else if (enable)
		store16(device + RING_ENTRIES + USED_ENTRY * (size_t)queue->size,
			queue->available.index);
}

bool virtio_split_pending(const struct virtio_queue *queue)
{
	return load16(queue->ring[DRIVER] + RING_INDEX) != queue->available.index;
}
