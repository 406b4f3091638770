// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory for devices. A model finds it by bus addresses that are far from any address in the
 * process, with gaps between pieces: so a driver that hands out a pointer for a bus address, or too
 * long a length, is found out. Real devices cannot be given any: a process does not know where its
 * memory is.
 */
#include <ferry/dma.h>

#include <stdlib.h>
#include <string.h>

#include "world.h"

#define FIRST_BUS 0xc0100000u
#define LINE	  64u

struct user_dma {
	struct user_dma *next;
	struct fy_dma piece;
};

int fy_port_dma_alloc(struct fy_device *dev, size_t size, size_t align, struct fy_dma *dma)
{
	struct user_world *w = dev->world;
	struct user_dma *d;
	uint64_t bus;
	int refused = user_refused(dev, USER_DMA_ALLOC);

	if (refused)
		return refused;
	if (!fy_dma_valid(size, align))
		return FY_ERR_INVALID;
	if (!dev->model)
		return FY_ERR_UNSUPPORTED;
	align = align < LINE ? LINE : align;
	bus = ((uint64_t)(w->next_bus ? w->next_bus : FIRST_BUS) / align + 1) * align;
	if (bus + size > UINT32_MAX - FY_DMA_ALIGN_MAX || w->dma_used + size > w->dma_limit)
		return FY_ERR_NO_MEMORY;
	d = malloc(sizeof(*d));
	if (!d)
		return FY_ERR_NO_MEMORY;
	d->piece = (struct fy_dma){ aligned_alloc(align, (size + align - 1) / align * align),
				    (uint32_t)bus, size };
	if (!d->piece.memory) {
		free(d);
		return FY_ERR_NO_MEMORY;
	}
	memset(d->piece.memory, 0, size);
	w->next_bus = (uint32_t)(bus + size);
	w->dma_used += size;
	d->next = dev->memory;
	dev->memory = d;
	*dma = d->piece;
	return 0;
}

void user_dma_free(struct fy_device *dev)
{
	while (dev->memory) {
		struct user_dma *d = dev->memory;

		dev->memory = d->next;
		dev->world->dma_used -= d->piece.size;
		free(d->piece.memory);
		free(d);
	}
}

void user_limit_dma(struct user_world *w, size_t bytes)
{
	w->dma_limit = bytes;
}

void *user_dma_at(struct user_world *w, uint32_t bus, size_t size)
{
	for (struct fy_device *dev = w->devices; dev; dev = dev->next) {
		for (struct user_dma *d = dev->memory; d; d = d->next) {
			uint64_t into = (uint64_t)bus - d->piece.bus;

			if (bus >= d->piece.bus && into <= d->piece.size &&
			    size <= d->piece.size - into)
				return (unsigned char *)d->piece.memory + into;
		}
	}
	return NULL;
}
