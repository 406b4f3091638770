// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Virtqueues: what split and packed rings have in common. See virtio-queue.h. */
#include "ring.h"

/* The places of a packed ring in a base. */
enum { BASE_INDEX = 0x7fff, BASE_WRAP = 0x8000 };

static const char *const fault_text[] = {
	[VIRTIO_FAULT_NONE] = "nothing",
	[VIRTIO_FAULT_RING_GONE] = "its rings are no longer in memory",
	[VIRTIO_FAULT_AVAILABLE_INDEX] = "the available index ran backwards or too far",
	[VIRTIO_FAULT_HEAD] = "a chain starts outside the descriptor table",
	[VIRTIO_FAULT_NEXT] = "a chain goes on outside its descriptor table",
	[VIRTIO_FAULT_CHAIN_LENGTH] = "a chain has more descriptors than the queue, or is a loop",
	[VIRTIO_FAULT_CHAIN_BYTES] = "a chain has more than 4 GiB",
	[VIRTIO_FAULT_SEGMENTS] = "a chain has more pieces than the device takes",
	[VIRTIO_FAULT_ADDRESS] = "a buffer or a descriptor table lies outside memory",
	[VIRTIO_FAULT_ORDER] = "a readable buffer follows a writable one",
	[VIRTIO_FAULT_INDIRECT_UNEXPECTED] =
		"an indirect table, but indirect descriptors were not negotiated",
	[VIRTIO_FAULT_INDIRECT_NESTED] = "an indirect table within an indirect table",
	[VIRTIO_FAULT_INDIRECT_SIZE] =
		"an indirect table that is not a whole number of descriptors",
	[VIRTIO_FAULT_INDIRECT_CHAINED] = "an indirect table in the middle of a chain",
};

const char *virtio_fault_text(enum virtio_fault fault)
{
	return fault_text[fault];
}

/* How large an area of the queue is, and how it must be aligned. */
static uint64_t area_size(const struct virtio_queue *queue, unsigned area)
{
	unsigned event = queue->event_index ? 2 : 0;

	if (area == DESCRIPTORS)
		return UINT64_C(16) * queue->size;
	if (queue->packed)
		return 4;
	return 4 + (area == DRIVER ? UINT64_C(2) : UINT64_C(8)) * queue->size + event;
}

static unsigned area_alignment(const struct virtio_queue *queue, unsigned area)
{
	return area == DESCRIPTORS ? 16 : area == DRIVER && !queue->packed ? 2 : 4;
}

/* Finds the rings in memory as it is now. */
static bool map_rings(struct virtio_queue *queue)
{
	for (unsigned area = DESCRIPTORS; area <= DEVICE; area++) {
		uint64_t size = area_size(queue, area);
		size_t contiguous;
		unsigned char *here =
			virtio_memory_at(queue->memory, queue->address[area], size, &contiguous);

		if (!here || contiguous < size || (uintptr_t)here % area_alignment(queue, area))
			return false;
		queue->ring[area] = here;
	}
	queue->generation = queue->memory->generation;
	return true;
}

/* Memory has changed: finds the rings where they are now. False: the queue is broken. */
static bool __attribute__((noinline)) move_rings(struct virtio_queue *queue)
{
	return map_rings(queue) || virtio_queue_break(queue, VIRTIO_FAULT_RING_GONE);
}

/* Whether the queue can be used, its rings being where memory has them now. */
static inline bool ready(struct virtio_queue *queue)
{
	return queue->running && !queue->fault &&
	       (queue->generation == queue->memory->generation || move_rings(queue));
}

uint32_t virtio_queue_fresh_base(uint64_t features)
{
	return features & VIRTIO_FEATURE(VIRTIO_F_RING_PACKED) ?
		       (uint32_t)BASE_WRAP << 16 | BASE_WRAP :
		       0;
}

/* Sets the places of a packed queue; false: they do not fit together. */
static bool restore_packed(struct virtio_queue *queue, uint32_t base)
{
	const uint16_t available = base & 0xffff, used = (uint16_t)(base >> 16);
	int in_flight;

	queue->available = (struct virtio_place){ available & BASE_INDEX, available & BASE_WRAP };
	queue->used = (struct virtio_place){ used & BASE_INDEX, used & BASE_WRAP };
	in_flight = queue->available.index - queue->used.index;
	if (queue->available.wrap != queue->used.wrap)
		in_flight += queue->size;
	queue->in_flight = queue->again = (uint16_t)in_flight;
	return queue->available.index < queue->size && queue->used.index < queue->size &&
	       in_flight >= 0 && in_flight <= queue->size;
}

/* Sets the indexes of a split queue; false: they do not fit together. */
static bool restore_split(struct virtio_queue *queue, const struct virtio_queue_setup *setup)
{
	queue->available.index = (uint16_t)setup->base;
	if (setup->resume) {
		queue->used.index = load16_acquire(queue->ring[DEVICE] + 2);
		if (setup->again)
			queue->available.index = (uint16_t)(queue->used.index + setup->again);
	} else {
		queue->used.index = queue->available.index;
	}
	queue->available_end = queue->available.index;
	queue->in_flight = queue->again = (uint16_t)(queue->available.index - queue->used.index);
	return queue->in_flight <= queue->size;
}

int virtio_queue_start(struct virtio_queue *queue, struct virtio_memory *memory,
		       const struct virtio_queue_setup *setup, const struct virtio_tracker *tracker,
		       void *tracker_arg)
{
	struct virtio_queue started = {
		.memory = memory,
		.recent = memory->region,
		.tracker = tracker,
		.tracker_arg = tracker_arg,
		.running = true,
		.packed = setup->features & VIRTIO_FEATURE(VIRTIO_F_RING_PACKED),
		.event_index = setup->features & VIRTIO_FEATURE(VIRTIO_F_EVENT_IDX),
		.indirect = setup->features & VIRTIO_FEATURE(VIRTIO_F_INDIRECT_DESC),
		.size = setup->size,
		.address = { setup->descriptors, setup->driver, setup->device },
		/*
		 * The previous server may have used chains and ended before it notified the guest.
		 */
		.owes_notify = setup->resume,
	};

	if (queue->running)
		return VIRTIO_ERR_BUSY;
	if (!setup->size || setup->size > VIRTIO_QUEUE_SIZE_MAX ||
	    (!started.packed && setup->size & (setup->size - 1)))
		return VIRTIO_ERR_INVALID;
	if (!map_rings(&started))
		return VIRTIO_ERR_INVALID;
	if (started.packed ? !restore_packed(&started, setup->base) :
			     !restore_split(&started, setup))
		return VIRTIO_ERR_INVALID;
	*queue = started;
	return 0;
}

uint32_t virtio_queue_base(const struct virtio_queue *queue)
{
	uint32_t available = queue->available.index | (queue->available.wrap ? BASE_WRAP : 0);
	uint32_t used = queue->used.index | (queue->used.wrap ? BASE_WRAP : 0);

	return queue->packed ? used << 16 | available : available;
}

uint32_t virtio_queue_stop(struct virtio_queue *queue)
{
	queue->running = false;
	queue->tracker = NULL;
	return virtio_queue_base(queue);
}

void virtio_queue_fail(struct virtio_queue *queue, enum virtio_fault fault)
{
	virtio_queue_break(queue, fault);
}

/* Asks the tracker for a chain of before the start: like pop. */
static int pop_again(struct virtio_queue *queue, struct virtio_chain *chain)
{
	const void *descriptors = NULL;
	uint16_t id = 0, slots = 1;
	bool good;

	if (!queue->tracker || !queue->tracker->again ||
	    !queue->tracker->again(queue->tracker_arg, &id, &descriptors, &slots)) {
		queue->again = 0;
		return 0;
	}
	if (queue->packed) {
		const struct table table = { descriptors, 0, slots };

		if (!descriptors || !slots || slots > queue->again)
			good = virtio_queue_break(queue, VIRTIO_FAULT_CHAIN_LENGTH);
		else
			good = virtio_packed_again(queue, chain, &table);
		chain->id = id;
		chain->slots = slots;
	} else {
		good = virtio_split_again(queue, chain, id);
	}
	if (!good)
		return -1;
	queue->again -= slots;
	return 1;
}

int virtio_queue_pop(struct virtio_queue *queue, struct virtio_chain *chain)
{
	int popped = 0;

	if (!ready(queue))
		return -1;
	*chain = (struct virtio_chain){
		.segment = chain->segment,
		.capacity = chain->capacity,
		.generation = queue->memory->generation,
	};
	if (queue->again)
		popped = pop_again(queue, chain);
	if (!popped)
		popped = queue->packed ? virtio_packed_pop(queue, chain) :
					 virtio_split_pop(queue, chain);
	if (popped > 0 && queue->tracker && queue->tracker->popped)
		queue->tracker->popped(queue->tracker_arg, queue, chain);
	return popped;
}

void virtio_queue_push(struct virtio_queue *queue, const struct virtio_chain *chain,
		       uint32_t length)
{
	if (!ready(queue) || queue->in_flight < chain->slots)
		return;
	if (length > chain->written + chain->to_write)
		length = chain->written + chain->to_write;
	if (queue->tracker && queue->tracker->completing)
		queue->tracker->completing(queue->tracker_arg, queue, chain);
	if (queue->packed)
		virtio_packed_push(queue, chain, length);
	else
		virtio_split_push(queue, chain, length);
	queue->in_flight -= chain->slots;
	queue->unannounced += chain->slots;
	if (queue->tracker && queue->tracker->completed)
		queue->tracker->completed(queue->tracker_arg, queue, chain);
}

bool virtio_queue_should_notify(struct virtio_queue *queue)
{
	bool wanted;

	if (!ready(queue) || !(queue->unannounced || queue->owes_notify))
		return false;
	full_barrier();
	wanted = queue->packed ? virtio_packed_wanted(queue) : virtio_split_wanted(queue);
	wanted |= queue->owes_notify;
	queue->owes_notify = false;
	queue->unannounced = 0;
	return wanted;
}

void virtio_queue_disable_notify(struct virtio_queue *queue)
{
	if (!ready(queue))
		return;
	if (queue->packed)
		virtio_packed_notify(queue, false);
	else
		virtio_split_notify(queue, false);
}

bool virtio_queue_enable_notify(struct virtio_queue *queue)
{
	if (!ready(queue))
		return false;
	if (queue->packed)
		virtio_packed_notify(queue, true);
	else
		virtio_split_notify(queue, true);
	full_barrier();
	return queue->again ||
	       (queue->packed ? virtio_packed_pending(queue) : virtio_split_pending(queue));
}
