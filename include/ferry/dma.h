/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Memory that a device reads and writes by itself. Driver and device see the same bytes at once:
 * where devices do not look into the processor's cache, this memory is not cached. So it is for
 * descriptors and buffers; to compute in it is slow. Plain data only: no locks, nothing atomic.
 *
 * What the compiler and the processor may still do is to change the order of accesses; barriers
 * (<ferry/io.h>) keep it:
 *	fill the memory; fy_write_barrier(); write the register that starts the device
 *	learn from a register or an interrupt that the device is done; fy_read_barrier(); read the
 *	memory
 * An interrupt's handler reads the device's status register first, and has the barrier behind that.
 */
#ifndef FERRY_DMA_H
#define FERRY_DMA_H

#include <ferry/driver.h>

#define FY_DMA_SIZE_MAX	 65536 /* bytes; a port has at least as many for all devices together */
#define FY_DMA_ALIGN_MAX 4096  /* bytes */

/* A piece of it; part of the driver's state. A driver reads these, and changes none. */
struct fy_dma {
	void *memory; /* where the driver finds it */
	/*
	 * where the device finds it: its bus address, below 4 GiB; nothing else can be told from it
	 */
	uint32_t bus;
	size_t size;
};

/*
 * Gives the device SIZE bytes, zeroed, 1 to FY_DMA_SIZE_MAX. Both addresses are multiples of ALIGN,
 * a power of two up to FY_DMA_ALIGN_MAX, and of 64. They are the device's until it goes: they are
 * taken back after remove, or a probe that failed, has returned; the driver has stopped the device
 * by then. Nothing is given back before.
 *
 * Returns 0, FY_ERR_INVALID (size or alignment), FY_ERR_NO_MEMORY, or FY_ERR_UNSUPPORTED: no
 * devicetree node or table of the board describes the device, or it reaches no memory below 4 GiB.
 * Context: thread, from probe.
 */
static inline int fy_dma_alloc(struct fy_device *dev, size_t size, size_t align,
			       struct fy_dma *dma);

/* Whether that is a size and an alignment to ask for. Ports check it with this. */
static inline bool fy_dma_valid(size_t size, size_t align)
{
	return size >= 1 && size <= FY_DMA_SIZE_MAX && align >= 1 && align <= FY_DMA_ALIGN_MAX &&
	       !(align & (align - 1));
}

#include <ferry/port/dma.h>

#endif
