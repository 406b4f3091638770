/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Linux port of <ferry/io.h>: the device's first window, which the module's glue has mapped. The
 * kernel's relaxed accesses keep to their order for one device, which is what the contract
 * promises, and cost no barrier. On the BCM2835 reads from two devices may overtake each other
 * (BCM2835 ARM Peripherals, section 1.3), so there they are the kernel's ordered ones.
 */
#ifndef FERRY_PORT_IO_H
#define FERRY_PORT_IO_H

#include <linux/io.h>
#include <linux/io-64-nonatomic-lo-hi.h>

#if defined(CONFIG_ARM) && defined(CONFIG_ARCH_BCM2835)
#define FY_IO(access) access
#else
#define FY_IO(access) access##_relaxed
#endif

static inline uint32_t fy_read32(struct fy_device *dev, uint32_t offset)
{
	return FY_IO(readl)(dev->registers + offset);
}

static inline void fy_write32(struct fy_device *dev, uint32_t offset, uint32_t value)
{
	FY_IO(writel)(value, dev->registers + offset);
}

static inline uint8_t fy_read8(struct fy_device *dev, uint32_t offset)
{
	return FY_IO(readb)(dev->registers + offset);
}

static inline void fy_write8(struct fy_device *dev, uint32_t offset, uint8_t value)
{
	FY_IO(writeb)(value, dev->registers + offset);
}

static inline uint16_t fy_read16(struct fy_device *dev, uint32_t offset)
{
	return FY_IO(readw)(dev->registers + offset);
}

static inline void fy_write16(struct fy_device *dev, uint32_t offset, uint16_t value)
{
	FY_IO(writew)(value, dev->registers + offset);
}

static inline uint64_t fy_read64(struct fy_device *dev, uint32_t offset)
{
	return FY_IO(readq)(dev->registers + offset);
}

static inline void fy_write64(struct fy_device *dev, uint32_t offset, uint64_t value)
{
	FY_IO(writeq)(value, dev->registers + offset);
}

static inline void fy_write_barrier(void)
{
	wmb();
}

static inline void fy_read_barrier(void)
{
	rmb();
}

#endif
