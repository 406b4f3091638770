// SPDX-License-Identifier: GPL-2.0-only
/*
 * Ctrl-A and a letter are ours, and all other keys the board's. That the terminal is restored is
 * for tests/boot.t.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "boot/terminal.h"

static void ctrl_a_and_a_letter_are_ours_and_the_rest_is_the_boards(void **state)
{
	static const struct {
		const char *typed, *sent;
		enum terminal_key last;
	} want[] = {
		{ "ls\r\003", "ls\r\003", TERMINAL_NO_KEY },
		{ "\001x", "", TERMINAL_LEAVE },
		{ "a\001h", "a", TERMINAL_HELP },
		{ "\001?", "", TERMINAL_HELP },
		{ "\001r", "", TERMINAL_RESET },
		{ "\001\001x", "\001x", TERMINAL_NO_KEY },
		{ "\001ax", "\001x", TERMINAL_NO_KEY },
		{ "\001qx", "x", TERMINAL_NO_KEY },
		{ "\001", "", TERMINAL_NO_KEY },
	};

	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		enum terminal_key key = TERMINAL_NO_KEY;
		char sent[16] = "";
		bool pending = false;
		size_t n = 0, len;

		for (const char *p = want[i].typed; *p; p++) {
			key = terminal_key(&pending, *p, sent + n, &len);
			n += len;
		}
		sent[n] = '\0';
		assert_string_equal(sent, want[i].sent);
		assert_int_equal(key, want[i].last);
	}
}

static void questions_to_the_terminal_are_not_shown(void **state)
{
	static const struct {
		const char *said, *shown;
	} want[] = {
		{ "ferry:/# \033[6n", "ferry:/# " },
		{ "\033[c\033[>0c\033Z\033[?6n\033[18t.", "." },
		{ "\033[1;32mgreen\033[0m\033[J\0337\r\n",
		  "\033[1;32mgreen\033[0m\033[J\0337\r\n" },
		{ "\033[6\nnever", "\033[6\nnever" },
		{ "\033[1111111111111111111111111111111111n",
		  "\033[1111111111111111111111111111111111n" },
	};

	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		char at_once[64 + TERMINAL_PENDING], bytewise[64 + TERMINAL_PENDING];
		struct terminal_mute mute = { 0 };
		size_t n = terminal_unasked(&mute, want[i].said, strlen(want[i].said), at_once);

		at_once[n] = '\0';
		assert_string_equal(at_once, want[i].shown);
		n = 0;
		for (const char *p = want[i].said; *p; p++)
			n += terminal_unasked(&mute, p, 1, bytewise + n);
		bytewise[n] = '\0';
		assert_string_equal(bytewise, want[i].shown);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(ctrl_a_and_a_letter_are_ours_and_the_rest_is_the_boards),
		cmocka_unit_test(questions_to_the_terminal_are_not_shown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
