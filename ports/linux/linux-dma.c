// SPDX-License-Identifier: GPL-2.0-only
/*
 * Linux port: memory for devices. The kernel's coherent memory is zeroed and in whole pages, so any
 * alignment that may be asked for is there. What the devicetree says in dma-ranges, the kernel has
 * put into the bus address.
 */
#include <linux/dma-mapping.h>
#include <ferry/dma.h>

#include "linux-error.h"

static_assert(FY_DMA_ALIGN_MAX <= PAGE_SIZE);

int fy_port_dma_alloc(struct fy_device *dev, size_t size, size_t align, struct fy_dma *dma)
{
	dma_addr_t bus;
	void *memory;

	if (!fy_dma_valid(size, align))
		return FY_ERR_INVALID;
	if (!dev->dev || dma_set_mask_and_coherent(dev->dev, DMA_BIT_MASK(32)))
		return FY_ERR_UNSUPPORTED;
	memory = dmam_alloc_coherent(dev->dev, size, &bus, GFP_KERNEL);
	if (!memory)
		return FY_ERR_NO_MEMORY;
	*dma = (struct fy_dma){ .memory = memory, .bus = (uint32_t)bus, .size = size };
	return 0;
}
