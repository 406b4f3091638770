// SPDX-License-Identifier: GPL-2.0-only
/*
 * An error has its text, whole or cut, with errno and a prefix where wanted; and there need be no
 * struct for it.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "base/error.h"

static void sets_the_text_and_returns_minus_one(void **state)
{
	struct error err;

	assert_int_equal(error_set(&err, "%s:%d: bad", "a.cfg", 3), -1);
	assert_string_equal(err.text, "a.cfg:3: bad");
}

static void adds_what_errno_means(void **state)
{
	struct error err;

	errno = ENOENT;
	assert_int_equal(error_errno(&err, "x: cannot open"), -1);
	assert_string_equal(err.text, "x: cannot open: No such file or directory");
	assert_int_equal(errno, ENOENT);
}

static void puts_a_prefix_before_the_text(void **state)
{
	struct error err;

	error_set(&err, "too long");
	assert_int_equal(error_prefix(&err, "line %d", 7), -1);
	assert_string_equal(err.text, "line 7: too long");
}

static void cuts_what_does_not_fit(void **state)
{
	char text[3000];
	struct error err;

	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	error_set(&err, "%s", text);
	assert_int_equal(strlen(err.text), sizeof(err.text) - 1);
	error_prefix(&err, "%s", text);
	assert_int_equal(strlen(err.text), sizeof(err.text) - 1);
	errno = EIO;
	error_errno(&err, "%s", text);
	assert_int_equal(strlen(err.text), sizeof(err.text) - 1);
}

static void does_without_a_struct(void **state)
{
	assert_int_equal(error_set(NULL, "x"), -1);
	assert_int_equal(error_errno(NULL, "x"), -1);
	assert_int_equal(error_prefix(NULL, "x"), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sets_the_text_and_returns_minus_one),
		cmocka_unit_test(adds_what_errno_means),
		cmocka_unit_test(puts_a_prefix_before_the_text),
		cmocka_unit_test(cuts_what_does_not_fit),
		cmocka_unit_test(does_without_a_struct),
	};

	return cmocka_run_group_tests_name("error", tests, NULL, NULL);
}
