/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Device registers. A device has one or more windows of registers, in the order of its devicetree
 * `reg`; these calls use the first one, and offsets are bytes from its start. An access has exactly
 * the named width, is aligned to it and little-endian, and is neither merged, split nor reordered
 * with another access to the same device.
 */
#ifndef FERRY_IO_H
#define FERRY_IO_H

#include <ferry/driver.h>

/* Context of all: any. */
static inline uint32_t fy_read32(struct fy_device *dev, uint32_t offset);
static inline void fy_write32(struct fy_device *dev, uint32_t offset, uint32_t value);
static inline uint8_t fy_read8(struct fy_device *dev, uint32_t offset);
static inline void fy_write8(struct fy_device *dev, uint32_t offset, uint8_t value);

/* Orders writes to memory before it and a register write after it, as devices see them. */
static inline void fy_write_barrier(void);
/* Orders a register read before it and reads from memory after it. */
static inline void fy_read_barrier(void);

#include <ferry/port/io.h>

#endif
