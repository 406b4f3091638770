/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * User port of <ferry/io.h>: an access to mapped registers is one volatile access; to a model's, a
 * call (core/access.c). Registers are little-endian, and so are the machines that this runs on.
 */
#ifndef FERRY_PORT_IO_H
#define FERRY_PORT_IO_H

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "registers are little-endian");

uint32_t user_read(struct fy_device *dev, uint32_t offset, unsigned bytes);
void user_write(struct fy_device *dev, uint32_t offset, unsigned bytes, uint32_t value);

uint64_t user_read64(struct fy_device *dev, uint32_t offset);
void user_write64(struct fy_device *dev, uint32_t offset, uint64_t value);

static inline uint32_t fy_read32(struct fy_device *dev, uint32_t offset)
{
	if (dev->registers)
		return *(const volatile uint32_t *)(dev->registers + offset);
	return user_read(dev, offset, 4);
}

static inline void fy_write32(struct fy_device *dev, uint32_t offset, uint32_t value)
{
	if (dev->registers)
		*(volatile uint32_t *)(dev->registers + offset) = value;
	else
		user_write(dev, offset, 4, value);
}

static inline uint16_t fy_read16(struct fy_device *dev, uint32_t offset)
{
	if (dev->registers)
		return *(const volatile uint16_t *)(dev->registers + offset);
	return (uint16_t)user_read(dev, offset, 2);
}

static inline void fy_write16(struct fy_device *dev, uint32_t offset, uint16_t value)
{
	if (dev->registers)
		*(volatile uint16_t *)(dev->registers + offset) = value;
	else
		user_write(dev, offset, 2, value);
}

static inline uint8_t fy_read8(struct fy_device *dev, uint32_t offset)
{
	if (dev->registers)
		return *(const volatile uint8_t *)(dev->registers + offset);
	return (uint8_t)user_read(dev, offset, 1);
}

static inline void fy_write8(struct fy_device *dev, uint32_t offset, uint8_t value)
{
	if (dev->registers)
		*(volatile uint8_t *)(dev->registers + offset) = value;
	else
		user_write(dev, offset, 1, value);
}

static inline uint64_t fy_read64(struct fy_device *dev, uint32_t offset)
{
	if (dev->registers)
		return *(const volatile uint64_t *)(dev->registers + offset);
	return user_read64(dev, offset);
}

static inline void fy_write64(struct fy_device *dev, uint32_t offset, uint64_t value)
{
	if (dev->registers)
		*(volatile uint64_t *)(dev->registers + offset) = value;
	else
		user_write64(dev, offset, value);
}

static inline void fy_write_barrier(void)
{
	__sync_synchronize();
}

static inline void fy_read_barrier(void)
{
	__sync_synchronize();
}

#endif
