// SPDX-License-Identifier: GPL-2.0-only
/* Notices keep the order in which they were added, also when one list is moved behind another. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "boot/notices.h"

static void lines_stay_in_order(void **state)
{
	struct notices notices = { 0 };

	for (int i = 0; i < 5; i++)
		assert_int_equal(notices_add(&notices, "line %d", i), 0);
	assert_int_equal(notices.count, 5);
	assert_string_equal(notices.text[0], "line 0");
	assert_string_equal(notices.text[4], "line 4");
	notices_free(&notices);
	assert_int_equal(notices.count, 0);
	notices_free(&notices);
}

static void what_is_moved_comes_last_and_leaves_an_empty_list(void **state)
{
	struct notices notices = { 0 }, from = { 0 };

	assert_int_equal(notices_move(&notices, &from), 0);
	assert_int_equal(notices.count, 0);
	notices_add(&notices, "a");
	notices_add(&from, "b");
	notices_add(&from, "c");
	assert_int_equal(notices_move(&notices, &from), 0);
	assert_int_equal(from.count, 0);
	assert_int_equal(notices.count, 3);
	assert_string_equal(notices.text[0], "a");
	assert_string_equal(notices.text[2], "c");
	notices_free(&from);
	notices_free(&notices);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_stay_in_order),
		cmocka_unit_test(what_is_moved_comes_last_and_leaves_an_empty_list),
	};

	return cmocka_run_group_tests_name("boot/notices", tests, NULL, NULL);
}
