/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Bare port of <ferry/io.h>: a register is a word of device memory, which is neither cached nor merged, and each access is one
 * instruction. Accesses to different devices need no barrier on AArch64; on the BCM2835 (Peripherals, section 1.3) the core
 * puts one around every handler, since reads from two devices may overtake each other there.
 */
#ifndef FERRY_PORT_IO_H
#define FERRY_PORT_IO_H

static inline uint32_t fy_read32(struct fy_device *dev, uint32_t offset)
{
	return *(const volatile uint32_t *)(dev->registers + offset);
}

static inline void fy_write32(struct fy_device *dev, uint32_t offset, uint32_t value)
{
	*(volatile uint32_t *)(dev->registers + offset) = value;
}

static inline uint8_t fy_read8(struct fy_device *dev, uint32_t offset)
{
	return *(const volatile uint8_t *)(dev->registers + offset);
}

static inline void fy_write8(struct fy_device *dev, uint32_t offset, uint8_t value)
{
	*(volatile uint8_t *)(dev->registers + offset) = value;
}

#ifdef __aarch64__
static inline void fy_write_barrier(void)
{
	__asm__ volatile("dmb oshst" ::: "memory");
}

static inline void fy_read_barrier(void)
{
	__asm__ volatile("dmb oshld" ::: "memory");
}
#else
/* ARMv6 has one barrier that orders everything: ARM1176 TRM, section 3.2.22. */
static inline void fy_write_barrier(void)
{
	__asm__ volatile("mcr p15, 0, %0, c7, c10, 4" ::"r"(0) : "memory");
}

static inline void fy_read_barrier(void)
{
	__asm__ volatile("mcr p15, 0, %0, c7, c10, 4" ::"r"(0) : "memory");
}
#endif

#endif
