/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How the regions of queues are laid out (docs/interop/vhost-user.rst, "Inflight I/O tracking"), in
 * the machine's own order. For inflight*.c alone.
 */
#ifndef PORTS_USER_RESTART_INFLIGHT_FORMAT_H
#define PORTS_USER_RESTART_INFLIGHT_FORMAT_H

#include <endian.h>

#include "inflight.h"

enum { INFLIGHT_VERSION = 1 };

struct entry_split {
	uint8_t inflight, padding[5];
	uint16_t next;
	uint64_t counter;
};
struct region_split {
	uint64_t features;
	uint16_t version, desc_num, last_batch_head, used_idx;
	struct entry_split desc[];
};

struct entry_packed {
	uint8_t inflight, padding;
	uint16_t next, last, num;
	uint64_t counter;
	uint16_t id, flags;
	uint32_t len;
	uint64_t addr;
};
/* Where a packed ring goes on: before and after chains that are being used. */
union used_packed {
	struct {
		uint16_t idx, old_idx;
		uint8_t wrap_counter, old_wrap_counter, padding[2];
	};
	uint64_t whole; /* written at once: no two of them fit together by themselves */
};
struct region_packed {
	uint64_t features;
	uint16_t version, desc_num, free_head, old_free_head;
	union used_packed used;
	uint8_t padding[8];
	struct entry_packed desc[];
};

/*
 * The memory is read and written by these alone, each once and in this order: the process may be
 * killed between any two, and others may write to it.
 */
#define load(at)	 __atomic_load_n(at, __ATOMIC_ACQUIRE)
#define store(at, value) __atomic_store_n(at, value, __ATOMIC_RELEASE)

/* The packed ring's part of inflight.h. */
bool vhost_recover_packed(struct vhost_track *track, const struct virtio_memory *memory,
			  struct virtio_queue_setup *setup, bool ours);
void vhost_fresh_packed(struct vhost_track *track, uint32_t base);
bool vhost_again_packed(struct vhost_track *track, uint16_t *id, const void **descriptors,
			uint16_t *slots);
void vhost_popped_packed(struct vhost_track *track, const struct virtio_queue *queue,
			 const struct virtio_chain *chain);
void vhost_completing_packed(struct vhost_track *track, const struct virtio_queue *queue,
			     const struct virtio_chain *chain);
void vhost_completed_packed(struct vhost_track *track, const struct virtio_queue *queue);

#endif
