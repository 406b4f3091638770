/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * drivers/bcm2835-gpio.c on a device of each kind, BCM2835's and BCM2711's: what the tests of its
 * pins and of its interrupts have alike.
 */
#ifndef TEST_DRIVERS_BCM2835_GPIO_H
#define TEST_DRIVERS_BCM2835_GPIO_H

#include "gpio.h"

#define GPSET 0x1cu
#define GPCLR 0x28u
#define GPEDS 0x40u
#define GPREN 0x4cu
#define GPFEN 0x58u
#define GPHEN 0x64u
#define GPLEN 0x70u

static bool is_bcm2711;

static inline void make_device(bool of_bcm2711, unsigned irqs)
{
	is_bcm2711 = of_bcm2711;
	make_world(&fy_driver_bcm2835_gpio, of_bcm2711 ? "bcm2711-gpio" : "bcm2835-gpio", irqs);
}

static inline int probe_bcm2835(void **state)
{
	make_device(false, 2);
	return start_device();
}

static inline int probe_bcm2711(void **state)
{
	make_device(true, 2);
	return start_device();
}

/* Registers come in pairs, of 32 pins each. */
static inline uint64_t peek_pair(uint32_t offset)
{
	return ferry_sim_peek(gpio, offset) | (uint64_t)ferry_sim_peek(gpio, offset + 4) << 32;
}

static inline void poke_pair(uint32_t offset, uint64_t value)
{
	ferry_sim_poke(gpio, offset, (uint32_t)value);
	ferry_sim_poke(gpio, offset + 4, (uint32_t)(value >> 32));
}

static inline uint64_t triggers(void)
{
	return peek_pair(GPREN) | peek_pair(GPFEN) | peek_pair(GPHEN) | peek_pair(GPLEN);
}

static inline int remove_device(void **state)
{
	stop_device();
	assert_int_equal(triggers(), 0);
	end_world(sim);
	return 0;
}

static inline uint64_t all_pins(void)
{
	return (1ULL << pin_count) - 1;
}

#define ON_BOTH(f)                                                     \
	{ #f " (bcm2835)", f, probe_bcm2835, remove_device, NULL },    \
	{                                                              \
#f " (bcm2711)", f, probe_bcm2711, remove_device, NULL \
	}

#endif
