// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Memory for good, and variables at the start. */
#include "tap.h"

#define WORDS 1000

static uint32_t zeroed[WORDS];
static uint32_t preset = 0x600dda7a;

static unsigned not_zero(const uint32_t *words)
{
	unsigned count = 0;

	for (unsigned i = 0; i < WORDS; i++)
		count += ((const volatile uint32_t *)words)[i] != 0;
	return count;
}

void test_memory(void)
{
	uint32_t *first = fy_memory(WORDS * sizeof(uint32_t)), *second;

	tap_is("variables without a value are zero", not_zero(zeroed), 0);
	tap_is("others have theirs", *(volatile uint32_t *)&preset, 0x600dda7a);
	if (!first) {
		tap_is("there is memory", first != NULL, 1);
		return;
	}
	tap_is("memory is zeroed", not_zero(first), 0);
	tap_is("and aligned", (uintptr_t)first % 64, 0);
	for (unsigned i = 0; i < WORDS; i++)
		first[i] = ~0u;
	second = fy_memory(WORDS * sizeof(uint32_t));
	tap_is("two pieces do not overlap", second >= first + WORDS || second + WORDS <= first, 1);
	tap_is("the second is zeroed too", not_zero(second), 0);
	tap_is("more than there is, there is not", (uintptr_t)fy_memory(SIZE_MAX / 2), 0);
}
