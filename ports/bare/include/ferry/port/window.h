/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Bare port of <ferry/window.h>: found by core/bare-window.c, accessed as in port/io.h. */
#ifndef FERRY_PORT_WINDOW_H
#define FERRY_PORT_WINDOW_H

#include <ferry/io.h>

struct fy_window {
	uintptr_t registers;
	uint32_t size;
};

int bare_window_get(struct fy_device *dev, unsigned index, struct fy_window *window);
int bare_window_get_named(struct fy_device *dev, const char *name, struct fy_window *window);

static inline int fy_window_get(struct fy_device *dev, unsigned index, struct fy_window *window)
{
	return bare_window_get(dev, index, window);
}

static inline int fy_window_get_named(struct fy_device *dev, const char *name,
				      struct fy_window *window)
{
	return bare_window_get_named(dev, name, window);
}

static inline uint32_t fy_window_size(const struct fy_window *window)
{
	return window->size;
}

static inline uint8_t fy_window_read8(const struct fy_window *window, uint32_t offset)
{
	return bare_read8(window->registers + offset);
}

static inline void fy_window_write8(const struct fy_window *window, uint32_t offset, uint8_t value)
{
	bare_write8(window->registers + offset, value);
}

static inline uint16_t fy_window_read16(const struct fy_window *window, uint32_t offset)
{
	return bare_read16(window->registers + offset);
}

static inline void fy_window_write16(const struct fy_window *window, uint32_t offset,
				     uint16_t value)
{
	bare_write16(window->registers + offset, value);
}

static inline uint32_t fy_window_read32(const struct fy_window *window, uint32_t offset)
{
	return bare_read32(window->registers + offset);
}

static inline void fy_window_write32(const struct fy_window *window, uint32_t offset,
				     uint32_t value)
{
	bare_write32(window->registers + offset, value);
}

static inline uint64_t fy_window_read64(const struct fy_window *window, uint32_t offset)
{
	return bare_read64(window->registers + offset);
}

static inline void fy_window_write64(const struct fy_window *window, uint32_t offset,
				     uint64_t value)
{
	bare_write64(window->registers + offset, value);
}

#endif
