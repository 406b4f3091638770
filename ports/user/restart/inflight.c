// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is in flight: see inflight.h. This is the memory, and split rings; packed rings are in
 * inflight-packed.c.
 */
#include <stdlib.h>
#include <string.h>

#include "inflight-format.h"

static uint64_t region_size(unsigned queue_size)
{
	return (sizeof(struct region_packed) + queue_size * sizeof(struct entry_packed) + 63) &
	       ~UINT64_C(63);
}

uint64_t vhost_record_size(unsigned queues, unsigned queue_size, size_t state_size)
{
	return queues * (region_size(queue_size) + sizeof(uint64_t)) + state_size;
}

int vhost_record_open(struct vhost_record *record, int fd, uint64_t size, uint64_t offset,
		      unsigned queues, unsigned queue_size, size_t state_size)
{
	struct vhost_record opened = { .queues = queues,
				       .queue_size = queue_size,
				       .state_size = state_size };
	void *at;

	if (offset % 64 || size < vhost_record_size(queues, queue_size, state_size))
		return VIRTIO_ERR_INVALID;
	vhost_record_close(record);
	*record = opened;
	if (vhost_map(&record->mapping, fd, size, offset, &at))
		return VIRTIO_ERR_INVALID;
	record->at = at;
	return 0;
}

void vhost_record_close(struct vhost_record *record)
{
	vhost_unmap(&record->mapping);
	memset(record, 0, sizeof(*record));
}

void vhost_record_clear(struct vhost_record *record)
{
	if (record->at)
		memset(record->at, 0,
		       vhost_record_size(record->queues, record->queue_size, record->state_size));
}

/* Behind the regions, which take a multiple of 64 bytes each: a number for each queue. */
static uint64_t *starts(const struct vhost_record *record)
{
	return (uint64_t *)(void *)(record->at + record->queues * region_size(record->queue_size));
}

unsigned char *vhost_record_state(const struct vhost_record *record)
{
	return record->at ? (unsigned char *)(starts(record) + record->queues) : NULL;
}

uint64_t vhost_record_start(const struct vhost_record *record, unsigned index)
{
	return record->at && index < record->queues ? load(&starts(record)[index]) : 0;
}

void vhost_record_set_start(const struct vhost_record *record, unsigned index, uint64_t start)
{
	if (record->at && index < record->queues)
		store(&starts(record)[index], start);
}

/* ---- Split rings ---- */

/* By the order in which they were taken. */
struct taken {
	uint64_t counter;
	uint16_t head;
};

static int by_counter(const void *a, const void *b)
{
	const struct taken *one = a, *other = b;

	return one->counter < other->counter ? -1 : one->counter > other->counter;
}

/* The process ended between using chains and noting that: they are not in flight. */
static bool finish_batch(struct region_split *region, uint16_t size, uint16_t used)
{
	uint16_t left = (uint16_t)(used - load(&region->used_idx)),
		 head = load(&region->last_batch_head);

	if (left > size)
		return false;
	for (; left; left--) {
		if (head >= size)
			return false;
		store(&region->desc[head].inflight, 0);
		head = load(&region->desc[head].next);
	}
	store(&region->used_idx, used);
	return true;
}

/* Lists what is in flight. */
static void list_split(struct vhost_track *track, const struct region_split *region)
{
	struct taken taken[VIRTIO_DEVICE_QUEUE_SIZE] = { { 0 } };

	for (uint16_t head = 0; head < track->size; head++)
		if (load(&region->desc[head].inflight) == 1)
			taken[track->agains++] =
				(struct taken){ load(&region->desc[head].counter), head };
	qsort(taken, track->agains, sizeof(taken[0]), by_counter);
	for (unsigned i = 0; i < track->agains; i++)
		track->again[i] = taken[i].head;
	track->counter = track->agains ? taken[track->agains - 1].counter + 1 : 0;
}

static bool recover_split(struct vhost_track *track, const struct virtio_memory *memory,
			  struct virtio_queue_setup *setup, bool ours)
{
	struct region_split *region = (struct region_split *)(void *)track->region;
	uint16_t ring[2], available[2], used;

	if (load(&region->version) != INFLIGHT_VERSION || load(&region->desc_num) != track->size ||
	    !virtio_memory_read(memory, setup->device, ring, sizeof(ring)) ||
	    !virtio_memory_read(memory, setup->driver, available, sizeof(available)))
		return false;
	used = le16toh(ring[1]);
	if (!finish_batch(region, track->size, used))
		return false;
	list_split(track, region);
	/*
	 * The front end says that the queue goes on here, or where the last process was; and the
	 * guest offered as much.
	 */
	if (!ours && setup->base != used && setup->base != (uint16_t)(used + track->agains))
		return false;
	if ((uint16_t)(le16toh(available[1]) - used) < track->agains)
		return false;
	track->last = load(&region->last_batch_head) & (VIRTIO_DEVICE_QUEUE_SIZE - 1);
	setup->resume = ours || used || track->agains;
	setup->again = track->agains;
	setup->base = (uint16_t)(used + track->agains);
	return setup->resume;
}

static void fresh_split(struct vhost_track *track, const struct virtio_memory *memory,
			const struct virtio_queue_setup *setup)
{
	struct region_split *region = (struct region_split *)(void *)track->region;
	uint16_t ring[2] = { 0, htole16((uint16_t)setup->base) };

	if (setup->resume)
		virtio_memory_read(memory, setup->device, ring, sizeof(ring));
	memset(region, 0, sizeof(*region) + track->size * sizeof(region->desc[0]));
	region->desc_num = track->size;
	region->used_idx = le16toh(ring[1]);
	store(&region->version, INFLIGHT_VERSION);
}

bool vhost_track_start(struct vhost_track *track, const struct vhost_record *record, unsigned index,
		       const struct virtio_memory *memory, struct virtio_queue_setup *setup,
		       bool ours)
{
	bool packed = setup->features & VIRTIO_FEATURE(VIRTIO_F_RING_PACKED), goes_on;

	memset(track, 0, offsetof(struct vhost_track, descriptors));
	if (!record->at || index >= record->queues || setup->size > record->queue_size)
		return false;
	track->region = record->at + index * region_size(record->queue_size);
	track->size = setup->size;
	goes_on = packed ? vhost_recover_packed(track, memory, setup, ours) :
			   recover_split(track, memory, setup, ours);
	if (goes_on)
		return true;
	track->agains = 0;
	track->counter = 0;
	if (packed)
		vhost_fresh_packed(track, setup->base);
	else
		fresh_split(track, memory, setup);
	return false;
}

bool vhost_track_again(struct vhost_track *track, bool packed, uint16_t *id,
		       const void **descriptors, uint16_t *slots)
{
	if (track->given == track->agains)
		return false;
	track->repeated = true;
	if (packed)
		return vhost_again_packed(track, id, descriptors, slots);
	*id = track->again[track->given++];
	return true;
}

void vhost_track_popped(struct vhost_track *track, const struct virtio_queue *queue,
			const struct virtio_chain *chain)
{
	struct region_split *region = (struct region_split *)(void *)track->region;

	if (track->repeated) {
		track->repeated = false;
		return;
	}
	if (queue->packed) {
		vhost_popped_packed(track, queue, chain);
		return;
	}
	store(&region->desc[chain->id].counter, track->counter++);
	store(&region->desc[chain->id].inflight, 1);
}

void vhost_track_completing(struct vhost_track *track, const struct virtio_queue *queue,
			    const struct virtio_chain *chain)
{
	struct region_split *region = (struct region_split *)(void *)track->region;

	if (queue->packed) {
		vhost_completing_packed(track, queue, chain);
		return;
	}
	store(&region->desc[chain->id].next, track->last);
	store(&region->last_batch_head, chain->id);
	track->last = chain->id;
}

void vhost_track_completed(struct vhost_track *track, const struct virtio_queue *queue,
			   const struct virtio_chain *chain)
{
	struct region_split *region = (struct region_split *)(void *)track->region;

	if (queue->packed) {
		vhost_completed_packed(track, queue);
		return;
	}
	store(&region->desc[chain->id].inflight, 0);
	store(&region->used_idx, queue->used.index);
}
