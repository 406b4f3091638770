// SPDX-License-Identifier: GPL-2.0-only
/* The last lines of a console are shown, and nothing in them reaches the terminal as a command. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "boot/console.h"

static void assert_last(const char *bytes, size_t len, int lines, const char *want)
{
	struct console_tail *tail = calloc(1, sizeof(*tail));
	char *last;

	assert_non_null(tail);
	console_keep(tail, bytes, len);
	last = console_last(tail, lines, "> ");
	assert_non_null(last);
	assert_string_equal(last, want);
	free(last);
	free(tail);
}

static void the_last_lines_are_shown_each_with_its_prefix(void **state)
{
	assert_last("", 0, 3, "");
	assert_last("one", 3, 3, "> one\n");
	assert_last("1\r\n2\r\n3\r\n", 9, 2, "> 2\n> 3\n");
	assert_last("1\n2\n# ", 6, 2, "> 2\n> # \n");
	assert_last("1\n\n\n", 4, 2, "> \n> \n");
}

static void escape_sequences_and_control_bytes_do_not_reach_the_terminal(void **state)
{
	assert_last("\033[1;31mred\033[0m \033[6n\033M\a\0x", 24, 1, "> red \\x07x\n");
	assert_last("cut\033[1;", 7, 1, "> cut\n");
	assert_last("caf\xc3\xa9 \xff\xc3", 8, 1, "> caf\xc3\xa9 \\xff\\xc3\n");
}

static void only_the_end_is_kept(void **state)
{
	struct console_tail *tail = calloc(1, sizeof(*tail));
	char *last;

	assert_non_null(tail);
	for (int i = 0; i < CONSOLE_KEEP; i++)
		console_keep(tail, i % 10 ? "x" : "\n", 1);
	console_keep(tail, "\nend\n", 5);
	last = console_last(tail, 2, "");
	assert_string_equal(last, "x\nend\n");
	free(last);
	last = console_last(tail, 1000000, "");
	assert_int_equal(strlen(last), CONSOLE_KEEP);
	free(last);
	free(tail);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_last_lines_are_shown_each_with_its_prefix),
		cmocka_unit_test(escape_sequences_and_control_bytes_do_not_reach_the_terminal),
		cmocka_unit_test(only_the_end_is_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
