/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Linux port of <ferry/window.h>: mapped by ports/linux/linux-window.c, accessed as in port/io.h.
 */
#ifndef FERRY_PORT_WINDOW_H
#define FERRY_PORT_WINDOW_H

#include <ferry/io.h>

struct fy_window {
	void __iomem *registers;
	u32 size;
};

int fy_linux_window_get(struct fy_device *dev, unsigned index, struct fy_window *window);
int fy_linux_window_get_named(struct fy_device *dev, const char *name, struct fy_window *window);

static inline int fy_window_get(struct fy_device *dev, unsigned index, struct fy_window *window)
{
	return fy_linux_window_get(dev, index, window);
}

static inline int fy_window_get_named(struct fy_device *dev, const char *name,
				      struct fy_window *window)
{
	return fy_linux_window_get_named(dev, name, window);
}

static inline uint32_t fy_window_size(const struct fy_window *window)
{
	return window->size;
}

static inline uint8_t fy_window_read8(const struct fy_window *window, uint32_t offset)
{
	return FY_IO(readb)(window->registers + offset);
}

static inline void fy_window_write8(const struct fy_window *window, uint32_t offset, uint8_t value)
{
	FY_IO(writeb)(value, window->registers + offset);
}

static inline uint16_t fy_window_read16(const struct fy_window *window, uint32_t offset)
{
	return FY_IO(readw)(window->registers + offset);
}

static inline void fy_window_write16(const struct fy_window *window, uint32_t offset,
				     uint16_t value)
{
	FY_IO(writew)(value, window->registers + offset);
}

static inline uint32_t fy_window_read32(const struct fy_window *window, uint32_t offset)
{
	return FY_IO(readl)(window->registers + offset);
}

static inline void fy_window_write32(const struct fy_window *window, uint32_t offset,
				     uint32_t value)
{
	FY_IO(writel)(value, window->registers + offset);
}

static inline uint64_t fy_window_read64(const struct fy_window *window, uint32_t offset)
{
	return FY_IO(readq)(window->registers + offset);
}

static inline void fy_window_write64(const struct fy_window *window, uint32_t offset,
				     uint64_t value)
{
	FY_IO(writeq)(value, window->registers + offset);
}

#endif
