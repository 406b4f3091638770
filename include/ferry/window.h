/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * All windows of a device's registers, by their place in the devicetree's `reg` or by their name in
 * `reg-names`. Accesses are those of <ferry/io.h>, which has the first window without this header.
 */
#ifndef FERRY_WINDOW_H
#define FERRY_WINDOW_H

#include <ferry/driver.h>

struct fy_window; /* by the port; part of the driver's state */

/*
 * Maps window number INDEX, from 0, or the one called NAME. It goes with the device: there is no
 * call to unmap it. Returns 0; FY_ERR_NOT_FOUND: there is no such window; FY_ERR_BUSY: another
 * driver has it; FY_ERR_NO_MEMORY; FY_ERR_INVALID: the processor does not reach it. Context:
 * thread, from probe.
 */
static inline int fy_window_get(struct fy_device *dev, unsigned index, struct fy_window *window);
static inline int fy_window_get_named(struct fy_device *dev, const char *name,
				      struct fy_window *window);
/* Its size in bytes; 0: it is not known. Context: any. */
static inline uint32_t fy_window_size(const struct fy_window *window);

/* As fy_read32() and so on. Context of all: any. */
static inline uint8_t fy_window_read8(const struct fy_window *window, uint32_t offset);
static inline void fy_window_write8(const struct fy_window *window, uint32_t offset, uint8_t value);
static inline uint16_t fy_window_read16(const struct fy_window *window, uint32_t offset);
static inline void fy_window_write16(const struct fy_window *window, uint32_t offset,
				     uint16_t value);
static inline uint32_t fy_window_read32(const struct fy_window *window, uint32_t offset);
static inline void fy_window_write32(const struct fy_window *window, uint32_t offset,
				     uint32_t value);
static inline uint64_t fy_window_read64(const struct fy_window *window, uint32_t offset);
static inline void fy_window_write64(const struct fy_window *window, uint32_t offset,
				     uint64_t value);

#include <ferry/port/window.h>

static inline uint16_t fy_window_read16be(const struct fy_window *window, uint32_t offset)
{
	return __builtin_bswap16(fy_window_read16(window, offset));
}

static inline void fy_window_write16be(const struct fy_window *window, uint32_t offset,
				       uint16_t value)
{
	fy_window_write16(window, offset, __builtin_bswap16(value));
}

static inline uint32_t fy_window_read32be(const struct fy_window *window, uint32_t offset)
{
	return __builtin_bswap32(fy_window_read32(window, offset));
}

static inline void fy_window_write32be(const struct fy_window *window, uint32_t offset,
				       uint32_t value)
{
	fy_window_write32(window, offset, __builtin_bswap32(value));
}

#endif
