// SPDX-License-Identifier: GPL-2.0-only
/* Every command of a console script is read, and what is wrong is refused with file and line. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "boot/script.h"

static void parse(struct script *script, const char *text)
{
	struct error err = { "" };

	if (script_parse(script, "s", text, strlen(text), &err) < 0)
		fail_msg("%s", err.text);
}

static void every_command_is_read(void **state)
{
	struct script script;

	parse(&script, "# a comment\n\n  expect login: \r\nsend root\nsend\ntype "
		       "a\\tb\\x1b\\101\\\\\ntimeout 1.5\n"
		       "pin 17 within 0.25 \nfail [Oo]ops\noff\npower\nquit");
	assert_int_equal(script.lines, 10);
	assert_int_equal(script.line[0].op, SCRIPT_EXPECT);
	assert_int_equal(script.line[0].number, 3);
	assert_string_equal(script.line[0].source, "expect login: ");
	assert_int_equal(regexec(&script.line[0].regex, "login: ", 0, NULL, 0), 0);
	assert_int_equal(regexec(&script.line[0].regex, "login:", 0, NULL, 0), REG_NOMATCH);
	assert_int_equal(script.line[1].len, 5);
	assert_memory_equal(script.line[1].bytes, "root\n", 5);
	assert_int_equal(script.line[2].len, 1);
	assert_int_equal(script.line[3].len, 6);
	assert_memory_equal(script.line[3].bytes, "a\tb\033A\\", 6);
	assert_int_equal(script.line[4].ns, 1500000000);
	assert_int_equal(script.line[5].pin, 17);
	assert_int_equal(script.line[5].ns, 250000000);
	assert_int_equal(script.line[6].op, SCRIPT_FAIL);
	assert_int_equal(script.line[7].op, SCRIPT_OFF);
	assert_int_equal(script.line[8].op, SCRIPT_POWER);
	assert_int_equal(script.line[9].op, SCRIPT_QUIT);
	assert_int_equal(script.line[9].number, 12);
	script_free(&script);
}

static void the_pins_that_are_waited_for_are_known(void **state)
{
	struct script script;

	parse(&script, "pin 0 within 1\nexpect x\npin 53 within 1\n");
	assert_int_equal(script_pins(&script), UINT64_C(1) << 53 | 1);
	script_free(&script);
}

static void faults_are_told_with_file_and_line(void **state)
{
	static const struct {
		const char *text, *error;
	} want[] = {
		{ "", "s: nothing to do in this script" },
		{ "# only this\n", "s: nothing to do in this script" },
		{ "quit\nexpec x\n", "s:2: 'expec' is no command; there are expect, send, type, "
				     "pin, power, timeout, fail, off and quit" },
		{ "expect\n", "s:1: expect wants something behind it" },
		{ "expect   \n", "s:1: expect wants something behind it" },
		{ "quit now\n", "s:1: quit takes nothing behind it" },
		{ "expect (\n", "s:1: '(' is no regular expression: Unmatched ( or \\(" },
		{ "expect x*\n", "s:1: 'x*' matches nothing at all, so it would not wait" },
		{ "expect (a)\\1\n", "s:1: back-references like \\1 are not supported" },
		{ "fail (a{200}){200}\n", "s:1: the expression repeats too much: written out, it "
					  "would have more than 2000 places" },
		{ "send a\\qb\n",
		  "s:1: '\\q' is no escape of C; a backslash itself is written \\\\" },
		{ "send a\\", "s:1: '\\' is no escape of C; a backslash itself is written \\\\" },
		{ "send \\400\n",
		  "s:1: '\\4' is no escape of C; a backslash itself is written \\\\" },
		{ "timeout 0\n", "s:1: '0' is no number of seconds (more than 0, at most 86400)" },
		{ "timeout -1\n",
		  "s:1: '-1' is no number of seconds (more than 0, at most 86400)" },
		{ "timeout nan\n",
		  "s:1: 'nan' is no number of seconds (more than 0, at most 86400)" },
		{ "timeout 5s\n",
		  "s:1: '5s' is no number of seconds (more than 0, at most 86400)" },
		{ "timeout 1e9\n",
		  "s:1: '1e9' is no number of seconds (more than 0, at most 86400)" },
		{ "pin x within 1\n", "s:1: wants `pin N within SECONDS`, N being 0 to 63" },
		{ "pin 64 within 1\n", "s:1: wants `pin N within SECONDS`, N being 0 to 63" },
		{ "pin 17\n", "s:1: wants `pin 17 within SECONDS`" },
		{ "pin 17 for 1\n", "s:1: wants `pin 17 within SECONDS`" },
		{ "pin 17 within soon\n",
		  "s:1: 'soon' is no number of seconds (more than 0, at most 86400)" },
	};

	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		struct script script;
		struct error err = { "" };

		assert_int_equal(
			script_parse(&script, "s", want[i].text, strlen(want[i].text), &err), -1);
		assert_string_equal(err.text, want[i].error);
		script_free(&script);
	}
}

static void a_zero_byte_is_refused(void **state)
{
	struct script script;
	struct error err;

	assert_int_equal(script_parse(&script, "s", "quit\na\0b\n", 9, &err), -1);
	assert_string_equal(err.text, "s:2: a zero byte; is this a script?");
	script_free(&script);
}

static void an_endless_expression_is_refused(void **state)
{
	char text[1200] = "expect ";
	struct script script;
	struct error err;

	memset(text + 7, 'a', 1001);
	assert_int_equal(script_parse(&script, "s", text, strlen(text), &err), -1);
	assert_string_equal(err.text, "s:1: the expression is longer than 1000 bytes");
	script_free(&script);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_command_is_read),
		cmocka_unit_test(the_pins_that_are_waited_for_are_known),
		cmocka_unit_test(faults_are_told_with_file_and_line),
		cmocka_unit_test(a_zero_byte_is_refused),
		cmocka_unit_test(an_endless_expression_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
