/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Bare port of <ferry/io.h>: a register is a word of device memory, which is neither cached nor
 * merged, and each access is one instruction. Accesses to different devices need no barrier on
 * AArch64; on the BCM2835 (Peripherals, section 1.3) the core puts one around every handler, since
 * reads from two devices may overtake each other there.
 */
#ifndef FERRY_PORT_IO_H
#define FERRY_PORT_IO_H

/*
 * The instruction is written out: the compiler may split even a volatile access, when it sees that
 * the address is odd.
 */
#ifdef __aarch64__
#define FY_IO_LOAD32  "ldr %w0, %1"
#define FY_IO_STORE32 "str %w1, %0"
#define FY_IO_LOAD16  "ldrh %w0, %1"
#define FY_IO_STORE16 "strh %w1, %0"
#define FY_IO_LOAD8   "ldrb %w0, %1"
#define FY_IO_STORE8  "strb %w1, %0"
#define FY_IO_VALUE   "rZ"
#else
#define FY_IO_LOAD32  "ldr %0, %1"
#define FY_IO_STORE32 "str %1, %0"
#define FY_IO_LOAD16  "ldrh %0, %1"
#define FY_IO_STORE16 "strh %1, %0"
#define FY_IO_LOAD8   "ldrb %0, %1"
#define FY_IO_STORE8  "strb %1, %0"
#define FY_IO_VALUE   "r"
#endif

/* ARM's ldrh and strh take other addresses than the rest: so that is in a register. */
#ifdef __aarch64__
#define FY_IO_PLACE16 "m"
#else
#define FY_IO_PLACE16 "Q"
#endif

static inline uint32_t bare_read32(uintptr_t address)
{
	uint32_t value;

	__asm__ volatile(FY_IO_LOAD32 : "=r"(value) : "m"(*(const volatile uint32_t *)address));
	return value;
}

static inline void bare_write32(uintptr_t address, uint32_t value)
{
	__asm__ volatile(FY_IO_STORE32 : "=m"(*(volatile uint32_t *)address) : FY_IO_VALUE(value));
}

static inline uint16_t bare_read16(uintptr_t address)
{
	uint32_t value;

	__asm__ volatile(FY_IO_LOAD16
			 : "=r"(value)
			 : FY_IO_PLACE16(*(const volatile uint16_t *)address));
	return (uint16_t)value;
}

static inline void bare_write16(uintptr_t address, uint16_t value)
{
	__asm__ volatile(FY_IO_STORE16
			 : "=" FY_IO_PLACE16(*(volatile uint16_t *)address)
			 : FY_IO_VALUE(value));
}

static inline uint8_t bare_read8(uintptr_t address)
{
	uint32_t value;

	__asm__ volatile(FY_IO_LOAD8 : "=r"(value) : "m"(*(const volatile uint8_t *)address));
	return (uint8_t)value;
}

static inline void bare_write8(uintptr_t address, uint8_t value)
{
	__asm__ volatile(FY_IO_STORE8 : "=m"(*(volatile uint8_t *)address) : FY_IO_VALUE(value));
}

#ifdef __aarch64__
static inline uint64_t bare_read64(uintptr_t address)
{
	uint64_t value;

	__asm__ volatile("ldr %0, %1" : "=r"(value) : "m"(*(const volatile uint64_t *)address));
	return value;
}

static inline void bare_write64(uintptr_t address, uint64_t value)
{
	__asm__ volatile("str %1, %0" : "=m"(*(volatile uint64_t *)address) : FY_IO_VALUE(value));
}
#else
static inline uint64_t bare_read64(uintptr_t address)
{
	uint32_t low = bare_read32(address);

	return (uint64_t)bare_read32(address + 4) << 32 | low;
}

static inline void bare_write64(uintptr_t address, uint64_t value)
{
	bare_write32(address, (uint32_t)value);
	bare_write32(address + 4, (uint32_t)(value >> 32));
}
#endif

static inline uint32_t fy_read32(struct fy_device *dev, uint32_t offset)
{
	return bare_read32(dev->registers + offset);
}

static inline void fy_write32(struct fy_device *dev, uint32_t offset, uint32_t value)
{
	bare_write32(dev->registers + offset, value);
}

static inline uint16_t fy_read16(struct fy_device *dev, uint32_t offset)
{
	return bare_read16(dev->registers + offset);
}

static inline void fy_write16(struct fy_device *dev, uint32_t offset, uint16_t value)
{
	bare_write16(dev->registers + offset, value);
}

static inline uint8_t fy_read8(struct fy_device *dev, uint32_t offset)
{
	return bare_read8(dev->registers + offset);
}

static inline void fy_write8(struct fy_device *dev, uint32_t offset, uint8_t value)
{
	bare_write8(dev->registers + offset, value);
}

static inline uint64_t fy_read64(struct fy_device *dev, uint32_t offset)
{
	return bare_read64(dev->registers + offset);
}

static inline void fy_write64(struct fy_device *dev, uint32_t offset, uint64_t value)
{
	bare_write64(dev->registers + offset, value);
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
