// SPDX-License-Identifier: GPL-2.0-only
/* Symbols of Module.symvers are found, and its faults have their line. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "check/symvers.h"

static struct symvers symvers;
static struct error err;

static int clean_up(void **state)
{
	symvers_free(&symvers);
	return 0;
}

static int parse(const char *text)
{
	symvers_free(&symvers);
	return symvers_parse(&symvers, "x", strdup(text), strlen(text), &err);
}

static void symbols_are_found(void **state)
{
	assert_int_equal(parse("0xffffffff\tzeta\tvmlinux\tEXPORT_SYMBOL\t\n"
			       "\n"
			       "0x00000001\talpha\tfs/ext4/ext4\tEXPORT_SYMBOL_GPL\tSPACE"),
			 0);
	assert_int_equal(symvers.count, 2);
	assert_int_equal(symvers_find(&symvers, "zeta")->crc, 0xffffffff);
	assert_int_equal(symvers_find(&symvers, "alpha")->crc, 1);
	assert_string_equal(symvers_find(&symvers, "alpha")->owner, "fs/ext4/ext4");
	assert_null(symvers_find(&symvers, "alph"));
}

static void an_empty_file_has_none(void **state)
{
	assert_int_equal(parse(""), 0);
	assert_null(symvers_find(&symvers, "x"));
}

static void faults_have_their_line(void **state)
{
	static const char *const bad[] = { "\n0x1\tname\n", "\n0x1\n", "\nname\tname\tvmlinux\n",
					   "\n0x1\t\tvmlinux\n", "\n0x1 name vmlinux\n" };

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(parse(bad[i]), -1);
		assert_string_equal(
			err.text,
			"x:2: wants a checksum, a symbol and its owner, with tabs between them");
	}
	symvers_free(&symvers);
	assert_int_equal(symvers_parse(&symvers, "x", strdup(""), 1, &err), -1);
	assert_string_equal(err.text, "x: has a zero byte: it is no text");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(symbols_are_found, clean_up),
		cmocka_unit_test_teardown(an_empty_file_has_none, clean_up),
		cmocka_unit_test_teardown(faults_have_their_line, clean_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
