/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the pins of a BCM2835 GPIO block do, followed through the stores to it: BCM2835 ARM
 * Peripherals, section 6.1. An output shows its bit of the latch, which GPSET and GPCLR change even
 * while the pin is no output. What an input or an alternate function shows, the block does not
 * decide.
 */
#ifndef LIB_PINS_LEVELS_H
#define LIB_PINS_LEVELS_H

#include <stdbool.h>
#include <stdint.h>

#define PINS_COUNT	  54
#define PINS_ALL	  ((UINT64_C(1) << PINS_COUNT) - 1)
#define PINS_SELECT_WORDS 6

/* The numbers stand in recordings. */
enum pin_state {
	PIN_LOW,
	PIN_HIGH,
	PIN_FLOATING, /* an input: whatever is outside decides */
	PIN_OTHER,    /* an alternate function: a peripheral decides */
};

struct levels {
	uint32_t select[PINS_SELECT_WORDS]; /* GPFSEL0 to 5: 0 input, 1 output, else an alternate
					       function */
	uint64_t latch;			    /* bit N: what pin N shows as an output */
	uint64_t outputs;		    /* bit N: pin N is an output; follows from select */
};

/*
 * After a reset all pins are inputs and the latch is zero: a zeroed struct. Call this after setting
 * `select`.
 */
void levels_update(struct levels *levels);

/*
 * The guest stores VALUE to the block's word REG (byte offset / 4). Returns the pins whose state
 * this changed, as a mask. Words that are no GPFSEL, GPSET or GPCLR change nothing.
 */
uint64_t levels_store(struct levels *levels, unsigned int reg, uint32_t value);

enum pin_state levels_state(const struct levels *levels, unsigned int pin);

static inline bool pin_driven(enum pin_state state)
{
	return state == PIN_LOW || state == PIN_HIGH;
}

#endif
