/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Bare port of <ferry/dma.h>: pieces of one block that is mapped without a cache. See
 * core/bare-dma.c.
 */
#ifndef FERRY_PORT_DMA_H
#define FERRY_PORT_DMA_H

int bare_dma_alloc(struct fy_device *dev, size_t size, size_t align, struct fy_dma *dma);

static inline int fy_dma_alloc(struct fy_device *dev, size_t size, size_t align, struct fy_dma *dma)
{
	return bare_dma_alloc(dev, size, align, dma);
}

#endif
