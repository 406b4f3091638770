// SPDX-License-Identifier: GPL-2.0-only
/*
 * Elements keep their values and places while an array grows, and one that cannot grow stays as it
 * is.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/array.h"

struct pair {
	uint32_t number;
	char letter;
};

static void elements_stay_while_the_array_grows(void **state)
{
	struct pair *pairs = NULL;
	size_t count = 0;

	for (uint32_t i = 0; i < 1000; i++) {
		struct pair *added = ARRAY_ADD(pairs, count);

		assert_ptr_equal(added, &pairs[i]);
		assert_int_equal(count, i + 1);
		assert_int_equal(added->number, 0);
		*added = (struct pair){ .number = i, .letter = 'x' };
	}
	for (uint32_t i = 0; i < 1000; i++) {
		assert_int_equal(pairs[i].number, i);
		assert_int_equal(pairs[i].letter, 'x');
	}
	free(pairs);
}

static void elements_taken_off_the_end_leave_room(void **state)
{
	int *numbers = NULL;
	size_t count = 0;

	for (int round = 0; round < 50; round++) {
		for (int i = 0; i < 9; i++) {
			int *added = ARRAY_ADD(numbers, count);

			assert_non_null(added);
			*added = i;
		}
		count -= 8;
	}
	assert_int_equal(count, 50);
	free(numbers);
}

static void without_memory_nothing_changes(void **state)
{
	int number = 5, *numbers = &number;
	size_t count = 4;

	/* Twice that many elements of that size do not fit into an address space. */
	assert_null(array_add(&numbers, &count, SIZE_MAX / 4));
	assert_ptr_equal(numbers, &number);
	assert_int_equal(count, 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(elements_stay_while_the_array_grows),
		cmocka_unit_test(elements_taken_off_the_end_leave_room),
		cmocka_unit_test(without_memory_nothing_changes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
