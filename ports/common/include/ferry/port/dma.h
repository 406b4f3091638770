/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * <ferry/dma.h> for every port: coherent memory of the kernel's; a block that is mapped without a
 * cache; memory that a device's model reaches by made-up bus addresses.
 */
#ifndef FERRY_PORT_DMA_H
#define FERRY_PORT_DMA_H

int fy_port_dma_alloc(struct fy_device *dev, size_t size, size_t align, struct fy_dma *dma);

static inline int fy_dma_alloc(struct fy_device *dev, size_t size, size_t align, struct fy_dma *dma)
{
	return fy_port_dma_alloc(dev, size, align, dma);
}

#endif
