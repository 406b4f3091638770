// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Guest memory: see virtio-memory.h. */
#include "virtio-memory.h"

/*
 * Whether address ranges from A and B on, of SIZE_A and SIZE_B bytes, share a byte. None of them is
 * empty or overflows.
 */
static bool overlap(uint64_t a, uint64_t size_a, uint64_t b, uint64_t size_b)
{
	return a <= b ? b - a < size_a : a - b < size_b;
}

int virtio_memory_add(struct virtio_memory *memory, uint64_t guest, uint64_t size, void *here)
{
	struct virtio_region *region = memory->region;

	if (!size || size > PTRDIFF_MAX || !here || guest + (size - 1) < guest ||
	    (uintptr_t)here + (uintptr_t)(size - 1) < (uintptr_t)here)
		return VIRTIO_ERR_INVALID;
	for (unsigned i = 0; i < memory->regions; i++)
		if (overlap(region[i].guest, region[i].size, guest, size))
			return VIRTIO_ERR_BUSY;
	if (memory->regions == VIRTIO_MEMORY_REGIONS)
		return VIRTIO_ERR_NO_MEMORY;
	region[memory->regions++] = (struct virtio_region){ guest, size, here };
	memory->generation++;
	return 0;
}

int virtio_memory_remove(struct virtio_memory *memory, uint64_t guest, uint64_t size)
{
	for (unsigned i = 0; i < memory->regions; i++) {
		if (memory->region[i].guest != guest || memory->region[i].size != size)
			continue;
		memory->region[i] = memory->region[--memory->regions];
		memory->region[memory->regions] = (struct virtio_region){ 0 };
		memory->generation++;
		return 0;
	}
	return VIRTIO_ERR_NOT_FOUND;
}

void virtio_memory_clear(struct virtio_memory *memory)
{
	*memory = (struct virtio_memory){ .generation = memory->generation + 1 };
}

const struct virtio_region *virtio_memory_region(const struct virtio_memory *memory,
						 uint64_t address)
{
	const struct virtio_region *region = memory->region;

	for (unsigned i = 0; i < memory->regions; i++, region++)
		if (address - region->guest < region->size)
			return region;
	return NULL;
}

void *virtio_memory_at(const struct virtio_memory *memory, uint64_t address, uint64_t length,
		       size_t *contiguous)
{
	const struct virtio_region *region = virtio_memory_region(memory, address);
	uint64_t offset, left;

	*contiguous = 0;
	if (!region || !length || address + (length - 1) < address)
		return NULL;
	offset = address - region->guest;
	left = region->size - offset;
	*contiguous = (size_t)(length < left ? length : left);
	return region->here + offset;
}

/* Whether all of the LENGTH bytes at ADDRESS are there. */
static bool covered(const struct virtio_memory *memory, uint64_t address, uint64_t length)
{
	size_t part;

	for (; length; address += part, length -= part)
		if (!virtio_memory_at(memory, address, length, &part))
			return false;
	return true;
}

bool virtio_memory_read(const struct virtio_memory *memory, uint64_t address, void *to,
			size_t length)
{
	unsigned char *byte = to;
	size_t part;

	if (!covered(memory, address, length))
		return false;
	for (; length; address += part, byte += part, length -= part) {
		const void *here = virtio_memory_at(memory, address, length, &part);

		__builtin_memcpy(byte, here, part);
	}
	return true;
}

bool virtio_memory_write(const struct virtio_memory *memory, uint64_t address, const void *from,
			 size_t length)
{
	const unsigned char *byte = from;
	size_t part;

	if (!covered(memory, address, length))
		return false;
	for (; length; address += part, byte += part, length -= part) {
		void *here = virtio_memory_at(memory, address, length, &part);

		__builtin_memcpy(here, byte, part);
	}
	return true;
}
