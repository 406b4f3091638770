/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * User port of <ferry/dma.h>: memory that the device's model reaches by made-up bus addresses. See
 * core/user-dma.c.
 */
#ifndef FERRY_PORT_DMA_H
#define FERRY_PORT_DMA_H

int user_dma_alloc(struct fy_device *dev, size_t size, size_t align, struct fy_dma *dma);

static inline int fy_dma_alloc(struct fy_device *dev, size_t size, size_t align, struct fy_dma *dma)
{
	return user_dma_alloc(dev, size, align, dma);
}

#endif
