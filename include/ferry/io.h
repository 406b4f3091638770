/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Device registers. A device has one or more windows of registers, in the order of its devicetree
 * `reg`; these calls use the first one, and offsets are bytes from its start (<ferry/window.h> has
 * the others). An access has exactly the named width, is aligned to it and little-endian, or
 * big-endian where the name ends in "be", and is neither merged, split nor reordered with another
 * access to the same device. Only one of 64 bits is made of two of 32, the low half first, where
 * the processor has no such access (32-bit ARM) or a model takes none.
 */
#ifndef FERRY_IO_H
#define FERRY_IO_H

#include <ferry/driver.h>

/* Context of all: any. */
static inline uint32_t fy_read32(struct fy_device *dev, uint32_t offset);
static inline void fy_write32(struct fy_device *dev, uint32_t offset, uint32_t value);
static inline uint8_t fy_read8(struct fy_device *dev, uint32_t offset);
static inline void fy_write8(struct fy_device *dev, uint32_t offset, uint8_t value);
static inline uint16_t fy_read16(struct fy_device *dev, uint32_t offset);
static inline void fy_write16(struct fy_device *dev, uint32_t offset, uint16_t value);
static inline uint64_t fy_read64(struct fy_device *dev, uint32_t offset);
static inline void fy_write64(struct fy_device *dev, uint32_t offset, uint64_t value);

/* Orders writes to memory before it and a register write after it, as devices see them. */
static inline void fy_write_barrier(void);
/* Orders a register read before it and reads from memory after it. */
static inline void fy_read_barrier(void);

#include <ferry/port/io.h>

/* ---- The same for every port ---- */

static inline uint16_t fy_read16be(struct fy_device *dev, uint32_t offset)
{
	return __builtin_bswap16(fy_read16(dev, offset));
}

static inline void fy_write16be(struct fy_device *dev, uint32_t offset, uint16_t value)
{
	fy_write16(dev, offset, __builtin_bswap16(value));
}

static inline uint32_t fy_read32be(struct fy_device *dev, uint32_t offset)
{
	return __builtin_bswap32(fy_read32(dev, offset));
}

static inline void fy_write32be(struct fy_device *dev, uint32_t offset, uint32_t value)
{
	fy_write32(dev, offset, __builtin_bswap32(value));
}

/*
 * A FIFO behind one register: COUNT accesses to the register at OFFSET, one after the other, that
 * move COUNT bytes, or COUNT times 2 or 4, from or to DATA, which need not be aligned. The bytes
 * come in the order in which the device has them, the lowest of a word first.
 */
static inline void fy_read_fifo8(struct fy_device *dev, uint32_t offset, void *data, size_t count)
{
	for (uint8_t *to = data; count; count--)
		*to++ = fy_read8(dev, offset);
}

static inline void fy_write_fifo8(struct fy_device *dev, uint32_t offset, const void *data,
				  size_t count)
{
	for (const uint8_t *from = data; count; count--)
		fy_write8(dev, offset, *from++);
}

static inline void fy_read_fifo16(struct fy_device *dev, uint32_t offset, void *data, size_t count)
{
	for (uint8_t *to = data; count; count--, to += 2) {
		uint16_t value = fy_read16(dev, offset);

		to[0] = (uint8_t)value;
		to[1] = (uint8_t)(value >> 8);
	}
}

static inline void fy_write_fifo16(struct fy_device *dev, uint32_t offset, const void *data,
				   size_t count)
{
	for (const uint8_t *from = data; count; count--, from += 2)
		fy_write16(dev, offset, (uint16_t)(from[0] | from[1] << 8));
}

static inline void fy_read_fifo32(struct fy_device *dev, uint32_t offset, void *data, size_t count)
{
	for (uint8_t *to = data; count; count--, to += 4) {
		uint32_t value = fy_read32(dev, offset);

		for (unsigned i = 0; i < 4; i++)
			to[i] = (uint8_t)(value >> (8 * i));
	}
}

static inline void fy_write_fifo32(struct fy_device *dev, uint32_t offset, const void *data,
				   size_t count)
{
	for (const uint8_t *from = data; count; count--, from += 4)
		fy_write32(dev, offset,
			   (uint32_t)from[0] | (uint32_t)from[1] << 8 | (uint32_t)from[2] << 16 |
				   (uint32_t)from[3] << 24);
}

#endif
