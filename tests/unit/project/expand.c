// SPDX-License-Identifier: GPL-2.0-only
/*
 * Each marker is replaced by its value, all other bytes stay, and a marker without a value is an
 * error.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "project/expand.h"

static const struct marker markers[] = {
	{ "NAME", "my-driver" },
	{ "SYMBOL", "my_driver" },
	{ "EMPTY", "" },
	{ 0 },
};

static void puts_values_in_place_of_markers_and_leaves_the_rest(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "", "" },
		{ "@NAME@", "my-driver" },
		{ "a @NAME@@SYMBOL@ b @NAME@.c", "a my-drivermy_driver b my-driver.c" },
		{ "[@EMPTY@]", "[]" },
		{ "actions/checkout@v4, me@NAME.org, @", "actions/checkout@v4, me@NAME.org, @" },
		{ "@@NAME@@", "@my-driver@" },
		{ "@NAME", "@NAME" },
		{ "@name@ @N1@ @@", "@name@ @N1@ @@" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct error err;
		size_t len;
		char *got = expand(cases[i].text, strlen(cases[i].text), markers, &len, &err);

		assert_string_equal(got, cases[i].want);
		assert_int_equal(len, strlen(cases[i].want));
		free(got);
	}
}

static void bytes_of_any_value_pass(void **state)
{
	static const char text[] = "\0@NAME@\0\xff\n";
	struct error err;
	size_t len;
	char *got = expand(text, sizeof(text) - 1, markers, &len, &err);

	assert_int_equal(len, 13);
	assert_memory_equal(got, "\0my-driver\0\xff\n", 13);
	free(got);
}

static void a_marker_that_has_no_value_is_an_error(void **state)
{
	struct error err;
	size_t len;

	assert_null(expand("x @NAM@ y", 9, markers, &len, &err));
	assert_string_equal(err.text, "there is no marker @NAM@");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(puts_values_in_place_of_markers_and_leaves_the_rest),
		cmocka_unit_test(bytes_of_any_value_pass),
		cmocka_unit_test(a_marker_that_has_no_value_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
