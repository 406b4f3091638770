// SPDX-License-Identifier: GPL-2.0-only
/*
 * A driver's name is one that files, modules and C take; any other is refused, and the error says
 * why.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "project/name.h"

static void takes_names_of_files_modules_and_c(void **state)
{
	static const char *const good[] = {
		"a",
		"x9",
		"hello",
		"bcm2835-gpio",
		"my_driver",
		"a-b-c",
		"twos",
		"integer",
		"abcdefghijklmnopqrstuvwxyz01234",
	};
	struct error err;

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_int_equal(name_check(good[i], &err), 0);
}

static void refuses_the_rest_and_says_why(void **state)
{
	static const struct {
		const char *name, *text;
	} bad[] = {
		{ "", "a driver's name is not empty" },
		{ "My", "'My': a driver's name has a-z, 0-9, - and _ only, as in bcm2835-gpio" },
		{ "../x",
		  "'../x': a driver's name has a-z, 0-9, - and _ only, as in bcm2835-gpio" },
		{ "a b", "'a b': a driver's name has a-z, 0-9, - and _ only, as in bcm2835-gpio" },
		{ "f\xc3\xbc",
		  "'f\xc3\xbc': a driver's name has a-z, 0-9, - and _ only, as in bcm2835-gpio" },
		{ "9p", "'9p': a driver's name begins with a letter" },
		{ "_x", "'_x': a driver's name begins with a letter" },
		{ "x-", "'x-': a driver's name ends with a letter or a figure" },
		{ "abcdefghijklmnopqrstuvwxyz012345",
		  "'abcdefghijklmnopqrstuvwxyz012345': a driver's name has up to 31 characters" },
		{ "int", "'int' means something in C, in the kernel or in the build: choose "
			 "another name" },
		{ "linux", "'linux' means something in C, in the kernel or in the build: choose "
			   "another name" },
		{ "module", "'module' means something in C, in the kernel or in the build: choose "
			    "another name" },
		{ "while", "'while' means something in C, in the kernel or in the build: choose "
			   "another name" },
		{ "main", "'main' means something in C, in the kernel or in the build: choose "
			  "another name" },
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct error err;

		assert_int_equal(name_check(bad[i].name, &err), -1);
		assert_string_equal(err.text, bad[i].text);
	}
}

static void in_c_a_hyphen_is_an_underscore(void **state)
{
	char symbol[NAME_LEN_MAX + 1];

	name_symbol(symbol, "a-b_c-1");
	assert_string_equal(symbol, "a_b_c_1");
}

static void make_cannot_build_everywhere(void **state)
{
	struct error err;

	assert_int_equal(name_check_path("/home/u-1/my_drivers/v1.0+x,y@z/a", &err), 0);
	assert_int_equal(name_check_path("/home/my drivers", &err), -1);
	assert_string_equal(err.text,
			    "/home/my drivers: make cannot build in a path that has a space in it: "
			    "choose another directory");
	assert_int_equal(name_check_path("/a:b", &err), -1);
	assert_string_equal(
		err.text,
		"/a:b: make cannot build in a path that has a ':' in it: choose another directory");
	assert_int_equal(name_check_path("/a$b", &err), -1);
	assert_int_equal(name_check_path("/a#b", &err), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_names_of_files_modules_and_c),
		cmocka_unit_test(refuses_the_rest_and_says_why),
		cmocka_unit_test(in_c_a_hyphen_is_an_underscore),
		cmocka_unit_test(make_cannot_build_everywhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
