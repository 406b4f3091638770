/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * User port of <ferry/window.h>: mapped registers, or a part of a model's. See core/user-window.c.
 */
#ifndef FERRY_PORT_WINDOW_H
#define FERRY_PORT_WINDOW_H

#include <ferry/io.h>

struct fy_window {
	struct fy_device *dev;
	volatile unsigned char *registers; /* NULL: they are the model's */
	uint32_t offset;		   /* of the model's part */
	uint32_t size;
};

int user_window_get(struct fy_device *dev, unsigned index, struct fy_window *window);
int user_window_get_named(struct fy_device *dev, const char *name, struct fy_window *window);
uint64_t user_window_read(const struct fy_window *window, uint32_t offset, unsigned bytes);
void user_window_write(const struct fy_window *window, uint32_t offset, unsigned bytes,
		       uint64_t value);

static inline int fy_window_get(struct fy_device *dev, unsigned index, struct fy_window *window)
{
	return user_window_get(dev, index, window);
}

static inline int fy_window_get_named(struct fy_device *dev, const char *name,
				      struct fy_window *window)
{
	return user_window_get_named(dev, name, window);
}

static inline uint32_t fy_window_size(const struct fy_window *window)
{
	return window->size;
}

static inline uint8_t fy_window_read8(const struct fy_window *window, uint32_t offset)
{
	if (window->registers)
		return *(const volatile uint8_t *)(window->registers + offset);
	return (uint8_t)user_window_read(window, offset, 1);
}

static inline void fy_window_write8(const struct fy_window *window, uint32_t offset, uint8_t value)
{
	if (window->registers)
		*(volatile uint8_t *)(window->registers + offset) = value;
	else
		user_window_write(window, offset, 1, value);
}

static inline uint16_t fy_window_read16(const struct fy_window *window, uint32_t offset)
{
	if (window->registers)
		return *(const volatile uint16_t *)(window->registers + offset);
	return (uint16_t)user_window_read(window, offset, 2);
}

static inline void fy_window_write16(const struct fy_window *window, uint32_t offset,
				     uint16_t value)
{
	if (window->registers)
		*(volatile uint16_t *)(window->registers + offset) = value;
	else
		user_window_write(window, offset, 2, value);
}

static inline uint32_t fy_window_read32(const struct fy_window *window, uint32_t offset)
{
	if (window->registers)
		return *(const volatile uint32_t *)(window->registers + offset);
	return (uint32_t)user_window_read(window, offset, 4);
}

static inline void fy_window_write32(const struct fy_window *window, uint32_t offset,
				     uint32_t value)
{
	if (window->registers)
		*(volatile uint32_t *)(window->registers + offset) = value;
	else
		user_window_write(window, offset, 4, value);
}

static inline uint64_t fy_window_read64(const struct fy_window *window, uint32_t offset)
{
	if (window->registers)
		return *(const volatile uint64_t *)(window->registers + offset);
	return user_window_read(window, offset, 8);
}

static inline void fy_window_write64(const struct fy_window *window, uint32_t offset,
				     uint64_t value)
{
	if (window->registers)
		*(volatile uint64_t *)(window->registers + offset) = value;
	else
		user_window_write(window, offset, 8, value);
}

#endif
