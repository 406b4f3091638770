/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Memory that a device reads and writes by itself. Driver and device see the same bytes at once:
 * where devices do not snoop the processor's cache, this memory is not cached. So use it for
 * descriptors and buffers only: accesses are slow. It holds plain data, no locks and no atomic
 * variables.
 *
 * Compiler and processor may still reorder accesses; barriers (<ferry/io.h>) keep the order:
 *	fill the memory; fy_write_barrier(); write the register that starts the device
 *	learn from a register or an interrupt that the device is done; fy_read_barrier(); read the
 *	memory
 * An interrupt handler reads the device's status register first; the barrier comes after that.
 */
#ifndef FERRY_DMA_H
#define FERRY_DMA_H

#include <ferry/driver.h>

#define FY_DMA_SIZE_MAX	 65536 /* bytes; a port has at least as many for all devices together */
#define FY_DMA_ALIGN_MAX 4096  /* bytes */

/* One allocation; part of the driver's state. A driver only reads the fields. */
struct fy_dma {
	void *memory; /* its address for the driver */
	/* its address for the device: a bus address, below 4 GiB; it has no other meaning */
	uint32_t bus;
	size_t size;
};

/*
 * Allocates SIZE bytes, zeroed, 1 to FY_DMA_SIZE_MAX, for the device. Both addresses are multiples
 * of ALIGN, a power of two up to FY_DMA_ALIGN_MAX, and of 64. The port frees the memory after
 * remove, or a probe that failed, has returned; the driver must have stopped the device by then.
 * There is no call to free it before.
 *
 * Returns 0, FY_ERR_INVALID (size or alignment), FY_ERR_NO_MEMORY, or FY_ERR_UNSUPPORTED: no
 * devicetree node or table of the board describes the device, or it reaches no memory below 4 GiB.
 * Context: thread, from probe.
 */
static inline int fy_dma_alloc(struct fy_device *dev, size_t size, size_t align,
			       struct fy_dma *dma);

/* Whether SIZE and ALIGN are valid for fy_dma_alloc(). Ports check them with this. */
static inline bool fy_dma_valid(size_t size, size_t align)
{
	return size >= 1 && size <= FY_DMA_SIZE_MAX && align >= 1 && align <= FY_DMA_ALIGN_MAX &&
	       !(align & (align - 1));
}

#include <ferry/port/dma.h>

#endif
