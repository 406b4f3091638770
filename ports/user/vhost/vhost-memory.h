/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The memory that a front end shares: file descriptors mapped here, as a table for virtio/, and the
 * way from the front end's own addresses, in which it says where rings are, to the guest's.
 */
#ifndef PORTS_USER_VHOST_MEMORY_H
#define PORTS_USER_VHOST_MEMORY_H

#include "mapping.h"
#include "message.h"
#include "virtio/virtio-memory.h"

struct vhost_memory {
	struct virtio_memory table;
	unsigned slots;
	struct vhost_slot {
		struct vhost_region region;
		void *at;
		struct vhost_mapping *mapping;
	} slot[VIRTIO_MEMORY_REGIONS];
};

/*
 * Adds a region of the file FD, which stays the caller's. Returns 0 or an enum virtio_error;
 * nothing has changed then.
 */
int vhost_memory_add(struct vhost_memory *memory, const struct vhost_region *region, int fd);
/*
 * Removes the region with this guest address, user address and size. Returns 0 or
 * VIRTIO_ERR_NOT_FOUND.
 */
int vhost_memory_remove(struct vhost_memory *memory, const struct vhost_region *region);
/*
 * Puts COUNT regions, each of its own file, in the place of all that are there. On an error those
 * stay.
 */
int vhost_memory_replace(struct vhost_memory *memory, const struct vhost_region *region,
			 const int *fd, unsigned count);
/* Removes all. */
void vhost_memory_free(struct vhost_memory *memory);
/* Sets *GUEST to what the front end's ADDRESS is to the guest. False: it is in no region. */
bool vhost_memory_guest(const struct vhost_memory *memory, uint64_t address, uint64_t *guest);

#endif
