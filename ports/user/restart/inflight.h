/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A record of the requests in flight that survives this process: in shared memory that the front
 * end holds (vhost-user's "inflight I/O tracking"), or in a file. From it the next process serves
 * the popped chains again that this one has not pushed, and restores the device's state.
 *
 * The memory holds a region for each queue, then the device's state. The front end may write
 * anything into it. So it is read once, when a queue starts, and checked; this process keeps a copy
 * of what it needs later.
 */
#ifndef PORTS_USER_RESTART_INFLIGHT_H
#define PORTS_USER_RESTART_INFLIGHT_H

#include "vhost/mapping.h"
#include "virtio/virtio-device.h"

/* One queue's part. */
struct vhost_track {
	unsigned char *region; /* NULL: nothing is kept */
	uint16_t size;	       /* chains that it has room for */
	uint64_t counter;      /* of the next chain */
	uint16_t last;	       /* split: the head given back last */
	/* What is to be served again, in that order: split: heads; packed: places in `chain`. */
	uint16_t again[VIRTIO_DEVICE_QUEUE_SIZE];
	uint16_t agains, given;
	/*
	 * Packed: entries of the region that are free, as a list that goes on at next[], and how
	 * many; whose the others are.
	 */
	uint16_t free, next[VIRTIO_DEVICE_QUEUE_SIZE], frees;
	struct vhost_track_chain {
		uint64_t counter;
		uint16_t id, entry, last, slots;
	} chain[VIRTIO_DEVICE_QUEUE_SIZE];
	uint16_t chains, completing;
	/*
	 * what is popped next was given again: it is noted already, and keeps its place in the
	 * order
	 */
	bool repeated;
	unsigned char descriptors[16 * VIRTIO_DEVICE_QUEUE_SIZE]; /* for virtio_tracker's `again` */
};

/* The memory as a whole. All zero: there is none. */
struct vhost_record {
	struct vhost_mapping mapping;
	unsigned char *at;
	unsigned queues, queue_size;
	size_t state_size;
};

/* How many bytes it takes for QUEUES queues of QUEUE_SIZE entries and STATE_SIZE bytes of state. */
uint64_t vhost_record_size(unsigned queues, unsigned queue_size, size_t state_size);
/* Maps the memory, SIZE bytes at OFFSET of FD. Returns 0 or VIRTIO_ERR_INVALID: it is too small. */
int vhost_record_open(struct vhost_record *record, int fd, uint64_t size, uint64_t offset,
		      unsigned queues, unsigned queue_size, size_t state_size);
void vhost_record_close(struct vhost_record *record);
/* Clears the record. */
void vhost_record_clear(struct vhost_record *record);
/* The device's state: `state_size` bytes. NULL: there is no record. */
unsigned char *vhost_record_state(const struct vhost_record *record);

/*
 * The number of the start of queue INDEX that its region belongs to, as noted at that start. 0:
 * none.
 */
uint64_t vhost_record_start(const struct vhost_record *record, unsigned index);
void vhost_record_set_start(const struct vhost_record *record, unsigned index, uint64_t start);

/*
 * Makes *TRACK that of queue INDEX, of SIZE entries, and *SETUP what goes on with it: `base`,
 * `resume` and `again`. MEMORY is where the ring is. OURS: it is known that the region belongs to
 * this ring, and the base in *SETUP does not matter. Returns true: the region belongs to this ring,
 * and something goes on; false: it belonged to another, or is new, and is as for a new ring now.
 */
bool vhost_track_start(struct vhost_track *track, const struct vhost_record *record, unsigned index,
		       const struct virtio_memory *memory, struct virtio_queue_setup *setup,
		       bool ours);
/* The calls of struct virtio_tracker. */
bool vhost_track_again(struct vhost_track *track, bool packed, uint16_t *id,
		       const void **descriptors, uint16_t *slots);
void vhost_track_popped(struct vhost_track *track, const struct virtio_queue *queue,
			const struct virtio_chain *chain);
void vhost_track_completing(struct vhost_track *track, const struct virtio_queue *queue,
			    const struct virtio_chain *chain);
void vhost_track_completed(struct vhost_track *track, const struct virtio_queue *queue,
			   const struct virtio_chain *chain);

#endif
