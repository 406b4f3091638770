// SPDX-License-Identifier: GPL-2.0-only
/* Memory of front ends: see vhost-memory.h. */
#include <stdlib.h>

#include "vhost-memory.h"

/* Adds the region to TABLE and maps it; undone on an error. */
static int slot_open(struct vhost_slot *slot, struct virtio_memory *table,
		     const struct vhost_region *region, int fd)
{
	int error;

	if (region->user + region->size < region->user)
		return VIRTIO_ERR_INVALID;
	slot->region = *region;
	slot->mapping = calloc(1, sizeof(*slot->mapping));
	if (!slot->mapping)
		return VIRTIO_ERR_NO_MEMORY;
	error = vhost_map(slot->mapping, fd, region->size, region->offset, &slot->at);
	if (!error)
		error = virtio_memory_add(table, region->guest, region->size, slot->at);
	if (error) {
		vhost_unmap(slot->mapping);
		free(slot->mapping);
	}
	return error;
}

static void slot_close(struct vhost_slot *slot)
{
	vhost_unmap(slot->mapping);
	free(slot->mapping);
	slot->mapping = NULL;
}

int vhost_memory_add(struct vhost_memory *memory, const struct vhost_region *region, int fd)
{
	int error;

	if (memory->slots == VIRTIO_MEMORY_REGIONS)
		return VIRTIO_ERR_NO_MEMORY;
	error = slot_open(&memory->slot[memory->slots], &memory->table, region, fd);
	if (!error)
		memory->slots++;
	return error;
}

int vhost_memory_remove(struct vhost_memory *memory, const struct vhost_region *region)
{
	for (unsigned i = 0; i < memory->slots; i++) {
		struct vhost_slot *slot = &memory->slot[i];

		if (slot->region.guest != region->guest || slot->region.user != region->user ||
		    slot->region.size != region->size)
			continue;
		virtio_memory_remove(&memory->table, region->guest, region->size);
		slot_close(slot);
		*slot = memory->slot[--memory->slots];
		return 0;
	}
	return VIRTIO_ERR_NOT_FOUND;
}

int vhost_memory_replace(struct vhost_memory *memory, const struct vhost_region *region,
			 const int *fd, unsigned count)
{
	struct vhost_memory *fresh = calloc(1, sizeof(*fresh));
	int error = fresh ? 0 : VIRTIO_ERR_NO_MEMORY;

	for (unsigned i = 0; i < count && !error; i++)
		error = vhost_memory_add(fresh, &region[i], fd[i]);
	if (error) {
		if (fresh)
			vhost_memory_free(fresh);
		free(fresh);
		return error;
	}
	/*
	 * The table itself stays where it is: queues know it. Whatever they remember of it, they
	 * look up again.
	 */
	fresh->table.generation = memory->table.generation + 1;
	for (unsigned i = 0; i < memory->slots; i++)
		slot_close(&memory->slot[i]);
	*memory = *fresh;
	free(fresh);
	return 0;
}

void vhost_memory_free(struct vhost_memory *memory)
{
	virtio_memory_clear(&memory->table);
	while (memory->slots)
		slot_close(&memory->slot[--memory->slots]);
}

bool vhost_memory_guest(const struct vhost_memory *memory, uint64_t address, uint64_t *guest)
{
	for (unsigned i = 0; i < memory->slots; i++) {
		const struct vhost_region *region = &memory->slot[i].region;

		if (address - region->user >= region->size)
			continue;
		*guest = region->guest + (address - region->user);
		return true;
	}
	return false;
}
