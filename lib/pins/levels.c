// SPDX-License-Identifier: GPL-2.0-only
/* The pins of a BCM2835 GPIO block: see levels.h. */
#include "pins/levels.h"

#include "pins/raw.h"

#define PINS_PER_SELECT 10

static unsigned int function(const struct levels *levels, unsigned int pin)
{
	return levels->select[pin / PINS_PER_SELECT] >> (pin % PINS_PER_SELECT * 3) & 7;
}

void levels_update(struct levels *levels)
{
	levels->outputs = 0;
	for (unsigned int pin = 0; pin < PINS_COUNT; pin++)
		if (function(levels, pin) == 1)
			levels->outputs |= UINT64_C(1) << pin;
}

static uint64_t store_select(struct levels *levels, unsigned int word, uint32_t value)
{
	struct levels before = *levels;
	uint64_t changed = 0;
	unsigned int pin = word * PINS_PER_SELECT;

	levels->select[word] = value;
	levels_update(levels);
	for (unsigned int end = pin + PINS_PER_SELECT; pin < end && pin < PINS_COUNT; pin++)
		if (levels_state(&before, pin) != levels_state(levels, pin))
			changed |= UINT64_C(1) << pin;
	return changed;
}

static uint64_t store_latch(struct levels *levels, uint64_t latch)
{
	uint64_t changed = (levels->latch ^ latch) & levels->outputs;

	levels->latch = latch & PINS_ALL;
	return changed;
}

uint64_t levels_store(struct levels *levels, unsigned int reg, uint32_t value)
{
	switch (reg) {
	case RAW_GPSET0:
		return store_latch(levels, levels->latch | value);
	case RAW_GPSET1:
		return store_latch(levels, levels->latch | (uint64_t)value << 32);
	case RAW_GPCLR0:
		return store_latch(levels, levels->latch & ~(uint64_t)value);
	case RAW_GPCLR1:
		return store_latch(levels, levels->latch & ~((uint64_t)value << 32));
	}
	return reg < PINS_SELECT_WORDS ? store_select(levels, reg, value) : 0;
}

enum pin_state levels_state(const struct levels *levels, unsigned int pin)
{
	if (levels->outputs >> pin & 1)
		return levels->latch >> pin & 1 ? PIN_HIGH : PIN_LOW;
	return function(levels, pin) == 0 ? PIN_FLOATING : PIN_OTHER;
}
