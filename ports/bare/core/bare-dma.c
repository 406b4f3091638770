// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * Memory for devices: pieces of one block, which the linker script keeps together and
 * arch_mmu_init() maps as memory that is not cached. Devices stay, and so do their pieces; only
 * what a probe that fails has taken is taken back (core/bare-device.c).
 */
#include <ferry/dma.h>

#include "core.h"

#ifndef BARE_DMA_SIZE
#define BARE_DMA_SIZE (128 * 1024)
#endif
#define ALIGN_MIN 64

static unsigned char block[BARE_DMA_SIZE]
	__attribute__((aligned(FY_DMA_ALIGN_MAX), section(".dma")));
size_t bare_dma_used;

int fy_port_dma_alloc(struct fy_device *dev, size_t size, size_t align, struct fy_dma *dma)
{
	size_t start;

	if (!fy_dma_valid(size, align))
		return FY_ERR_INVALID;
	if (align < ALIGN_MIN)
		align = ALIGN_MIN;
	start = (bare_dma_used + align - 1) & ~(align - 1);
	if (start > sizeof(block) || size > sizeof(block) - start)
		return FY_ERR_NO_MEMORY;
	bare_dma_used = start + size;
	arch_cache_invalidate(block + start, size); /* what the firmware may have left there */
	__builtin_memset(block + start, 0, size);
	*dma = (struct fy_dma){
		.memory = block + start,
		.bus = (uint32_t)(uintptr_t)(block + start) + bare_board.bus_offset,
		.size = size,
	};
	return 0;
}
