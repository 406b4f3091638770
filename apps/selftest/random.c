// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Random bytes: that they come, to the last one, and are others each time. */
#include "tap.h"

#define SIZE 256

void test_random(void)
{
	static uint8_t once[SIZE], again[SIZE];
	unsigned same = 0, values[4] = { 0 };
	int rc = fy_random(once, SIZE);

	if (rc == FY_ERR_NOT_FOUND) {
		tap_skip("random bytes", "the board has no source of them that Ferry knows");
		return;
	}
	tap_is_int("random bytes can be had", rc, 0);
	tap_is_int("and again", fy_random(again, SIZE - 3), 0);
	for (unsigned i = 0; i < SIZE; i++) {
		same += i < SIZE - 3 && once[i] == again[i];
		values[once[i] % 4]++;
	}
	tap_is("others than before", same < 16, true);
	tap_is("no more than was asked for", again[SIZE - 3] | again[SIZE - 2] | again[SIZE - 1],
	       0);
	tap_is("each kind comes about as often",
	       values[0] > 20 && values[1] > 20 && values[2] > 20 && values[3] > 20, true);
}
