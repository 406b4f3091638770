/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* A 32-bit register of a chip, by its address: one load or store. */
#ifndef PORTS_BARE_CHIPS_REGISTER_H
#define PORTS_BARE_CHIPS_REGISTER_H

#include <stdint.h>

static inline uint32_t read32(uintptr_t address)
{
	return *(const volatile uint32_t *)address;
}

static inline void write32(uintptr_t address, uint32_t value)
{
	*(volatile uint32_t *)address = value;
}

#endif
