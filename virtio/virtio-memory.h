/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Guest memory as this side has it mapped: a small table of regions, each with the guest's physical
 * address and a pointer here. Only these functions turn a guest's address into a pointer, and none
 * of them returns a byte outside a region.
 *
 * A table and the queues that use it belong to one thread, or to one lock. Regions may come and go
 * while queues run: each change raises the generation. Code that keeps a pointer keeps the
 * generation with it, and translates the address again when it differs.
 */
#ifndef VIRTIO_MEMORY_H
#define VIRTIO_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VIRTIO_MEMORY_REGIONS 32

/* Errors of the calls of this directory. The numbers are those of the contract's enum fy_error. */
enum virtio_error {
	VIRTIO_ERR_INVALID = -1,     /* an argument or what the guest set up is not valid */
	VIRTIO_ERR_BUSY = -3,	     /* it overlaps what is there, or runs already */
	VIRTIO_ERR_NOT_FOUND = -4,   /* there is no such thing */
	VIRTIO_ERR_NO_MEMORY = -6,   /* the table is full */
	VIRTIO_ERR_UNSUPPORTED = -9, /* a feature that was not offered */
};

struct virtio_region {
	uint64_t guest; /* its first guest physical address */
	uint64_t size;	/* bytes */
	unsigned char *here;
};

/*
 * All zero: no memory. The fields are for reading. Entries of the table that hold no region are all
 * zero.
 */
struct virtio_memory {
	struct virtio_region region[VIRTIO_MEMORY_REGIONS];
	unsigned regions;
	uint32_t generation; /* differs after every change */
};

/*
 * Adds the SIZE bytes at HERE as guest memory from GUEST on. Returns 0, VIRTIO_ERR_INVALID (no
 * bytes, or they run over the end of either address space), VIRTIO_ERR_BUSY (overlaps a region),
 * VIRTIO_ERR_NO_MEMORY (VIRTIO_MEMORY_REGIONS are there).
 */
int virtio_memory_add(struct virtio_memory *memory, uint64_t guest, uint64_t size, void *here);
/*
 * Removes the region that was added with exactly this address and size; the caller may unmap it as
 * soon as this returns. A queue whose rings are in the region becomes broken at its next use, and
 * so does a queue that still has a chain with bytes in the region once those are used. Returns 0 or
 * VIRTIO_ERR_NOT_FOUND.
 */
int virtio_memory_remove(struct virtio_memory *memory, uint64_t guest, uint64_t size);
/*
 * Removes all regions. If new regions for the same addresses are added before queues are used, the
 * queues go on without a fault.
 */
void virtio_memory_clear(struct virtio_memory *memory);

/*
 * The LENGTH bytes at the guest's ADDRESS, if all of them are in REGION; else, and for no bytes,
 * NULL. REGION may be any entry of the table: for adjacent bytes try the same region first.
 */
static inline void *virtio_region_at(const struct virtio_region *region, uint64_t address,
				     uint64_t length)
{
	const uint64_t offset = address - region->guest;

	return offset < region->size && length - 1 < region->size - offset ? region->here + offset :
									     NULL;
}
/* The region that ADDRESS lies in, or NULL. */
const struct virtio_region *virtio_memory_region(const struct virtio_memory *memory,
						 uint64_t address);
/*
 * The bytes at the guest's ADDRESS: returns a pointer and sets *CONTIGUOUS to how many of LENGTH (1
 * or more) lie there in one region; for the rest ask again, further on. NULL, and 0 bytes, when the
 * first is in no region, or ADDRESS + LENGTH overflows.
 */
void *virtio_memory_at(const struct virtio_memory *memory, uint64_t address, uint64_t length,
		       size_t *contiguous);
/*
 * Copies LENGTH bytes from or to guest memory, across region borders, too. Returns false, with
 * nothing copied, if not all bytes are in regions.
 */
bool virtio_memory_read(const struct virtio_memory *memory, uint64_t address, void *to,
			size_t length);
bool virtio_memory_write(const struct virtio_memory *memory, uint64_t address, const void *from,
			 size_t length);

#endif
