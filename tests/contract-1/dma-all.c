// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * dma-all: takes all memory for devices, and fails. It is probed before the drivers that need some
 * (they are in the order of their names), and those find it given back.
 */
#include <ferry/dma.h>
#include <ferry/driver.h>

static int dma_all_probe(struct fy_device *dev)
{
	struct fy_dma dma;
	unsigned pieces = 0;

	while (!fy_dma_alloc(dev, FY_DMA_SIZE_MAX, FY_DMA_ALIGN_MAX, &dma))
		pieces++;
	while (!fy_dma_alloc(dev, 1, 1, &dma))
		;
	fy_info(dev, "took all memory, %u pieces of %d bytes at least, and gives it back", pieces,
		FY_DMA_SIZE_MAX);
	return FY_ERR_NO_MEMORY;
}

FY_DESCRIPTION("Takes all memory for devices, to test");
FY_DRIVER(dma_all) = {
	.name = "dma-all",
	.probe = dma_all_probe,
};
