/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Class memory: an EEPROM, a FRAM, a flash: bytes that stay without power. Linux has one that is
 * written without erasing by nvmem, one that is erased first by MTD.
 */
#ifndef FERRY_MEMORY_H
#define FERRY_MEMORY_H

#include <ferry/driver.h>

struct fy_memory; /* by the port; part of the driver's state */

/*
 * What a driver offers. Each op gets a range within `size`, of 1 byte at least, and returns 0 or an
 * error (FY_ERR_IO, FY_ERR_TIMEOUT, FY_ERR_GONE, ...); after an error part of the range may have
 * been written or erased. Ops are not called twice at the same time, and may wait: splitting a
 * range at the device's pages, and waiting for it to be ready, is the driver's business. Context of
 * all: thread.
 */
struct fy_memory_ops {
	/* Reads LEN bytes at OFFSET. */
	int (*read)(struct fy_device *dev, uint64_t offset, void *data, size_t len);
	/*
	 * Writes LEN bytes at OFFSET, both multiples of `write_size`, and returns when they are
	 * there. In a flash they have been erased before. NULL: it is read only.
	 * FY_ERR_UNSUPPORTED: they are protected.
	 */
	int (*write)(struct fy_device *dev, uint64_t offset, const void *data, size_t len);
	/*
	 * Erases LEN bytes at OFFSET, both multiples of `erase_size`: they read as 0xff afterwards.
	 * NULL: writing needs no erasing.
	 */
	int (*erase)(struct fy_device *dev, uint64_t offset, uint64_t len);
};

struct fy_memory_geometry {
	uint64_t size;	     /* bytes, at least 1 */
	uint32_t write_size; /* 0 is 1 */
	uint32_t erase_size; /* divides `size`; 0: there is no `erase` */
};

/*
 * Offers the memory; GEOMETRY is copied. Returns 0, FY_ERR_INVALID: the geometry is not as said
 * above; FY_ERR_NO_MEMORY, FY_ERR_UNSUPPORTED. Context: thread, from probe.
 */
static inline int fy_memory_offer(struct fy_device *dev, struct fy_memory *memory,
				  const struct fy_memory_geometry *geometry,
				  const struct fy_memory_ops *ops);
/* Withdraws it: after it returns no op runs or is called. Context: thread. */
static inline void fy_memory_withdraw(struct fy_memory *memory);

/* Whether GEOMETRY is valid for OPS. Ports check it with this. */
static inline bool fy_memory_valid(const struct fy_memory_geometry *geometry,
				   const struct fy_memory_ops *ops)
{
	const uint32_t erase = geometry->erase_size, write = geometry->write_size;

	if (!geometry->size || !ops->read || !ops->erase != !erase)
		return false;
	if (erase && geometry->size != fy_div_u64(geometry->size, erase) * erase)
		return false;
	return !write || geometry->size == fy_div_u64(geometry->size, write) * write;
}

#include <ferry/port/memory.h>

#endif
