/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Linux port of <ferry/dma.h>: coherent memory, which goes with the device. What it does is in
 * ports/linux/linux-dma.c.
 */
#ifndef FERRY_PORT_DMA_H
#define FERRY_PORT_DMA_H

int fy_linux_dma_alloc(struct fy_device *dev, size_t size, size_t align, struct fy_dma *dma);

static inline int fy_dma_alloc(struct fy_device *dev, size_t size, size_t align, struct fy_dma *dma)
{
	return fy_linux_dma_alloc(dev, size, align, dma);
}

#endif
