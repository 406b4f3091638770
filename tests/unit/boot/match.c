// SPDX-License-Identifier: GPL-2.0-only
/* A regular expression matches in text that arrives in pieces as it would in one piece. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "boot/match.h"

struct find {
	struct match_text text;
	struct match_cursor cursor;
	regex_t regex;
};

static struct find *start(const char *regex)
{
	struct find *find = calloc(1, sizeof(*find));

	assert_non_null(find);
	assert_int_equal(regcomp(&find->regex, regex, REG_EXTENDED), 0);
	return find;
}

static void stop(struct find *find)
{
	regfree(&find->regex);
	free(find);
}

/* Feeds LEN bytes in pieces of STEP; where the first match ends, or -1. */
static int64_t feed(struct find *find, const char *bytes, size_t len, size_t step)
{
	uint64_t end;

	for (size_t at = 0; at < len; at += step) {
		match_append(&find->text, bytes + at, len - at < step ? len - at : step);
		if (match_find(&find->text, &find->cursor, &find->regex, &end))
			return (int64_t)end;
	}
	return -1;
}

static void the_end_of_a_match_does_not_depend_on_the_pieces(void **state)
{
	static const struct {
		const char *regex, *text;
		int64_t end;
	} want[] = {
		{ "foo", "a foo b", 5 },
		{ "fo+", "xfooooo", 3 },
		{ "foo.*", "foobar\n", 3 },
		{ "a.*c", "abbbcbbbc\n", 5 },
		{ "^login: ", "x login: \nlogin: ", 17 },
		{ "end$", "endless\nthe end\n", 16 },
		{ "^$", "a\n\nb", 3 },
		{ "a.b", "a\nb\na b", 7 },
		{ "/ # ", "/bin/sh\n/ # ", 12 },
		{ "[0-9]{3}", "1 12 123 1234", 8 },
		{ "x|yy", "yxyy", 2 },
		{ "\xc3.", "caf\xc3\xa9", 5 },
		{ "never", "n\ne\nv\ner", -1 },
	};

	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		for (size_t step = 1; step < 20; step++) {
			struct find *find = start(want[i].regex);

			assert_int_equal(feed(find, want[i].text, strlen(want[i].text), step),
					 want[i].end);
			stop(find);
		}
	}
}

static void zero_bytes_and_carriage_returns_are_not_text(void **state)
{
	struct find *find = start("^one two$");

	assert_int_equal(feed(find, "\0one\r\r\0 two\r\n", 13, 1), 8);
	stop(find);
}

static void escape_sequences_are_text(void **state)
{
	struct find *find = start("\033\\[6n");

	assert_int_equal(feed(find, "/ # \033[6n", 8, 3), 8);
	stop(find);
}

static void a_dollar_waits_for_the_end_of_the_line(void **state)
{
	struct find *find = start("# $");

	assert_int_equal(feed(find, "/ # ", 4, 4), -1);
	assert_true(match_would_end(&find->text, &find->cursor, &find->regex));
	assert_int_equal(feed(find, "\n", 1, 1), 5);
	stop(find);
}

static void a_search_goes_on_behind_a_match(void **state)
{
	struct find *find = start("ab");
	static const char text[] = "ab ab\nab";
	uint64_t end;

	assert_int_equal(feed(find, text, strlen(text), 100), 2);
	match_skip(&find->text, &find->cursor, 2);
	assert_true(match_find(&find->text, &find->cursor, &find->regex, &end));
	assert_int_equal(end, 5);
	match_skip(&find->text, &find->cursor, end);
	assert_true(match_find(&find->text, &find->cursor, &find->regex, &end));
	assert_int_equal(end, 8);
	match_skip(&find->text, &find->cursor, end);
	assert_false(match_find(&find->text, &find->cursor, &find->regex, &end));
	stop(find);
}

static void the_start_of_a_line_is_not_where_a_match_ended(void **state)
{
	struct find *find = start("^b");
	uint64_t end;

	match_append(&find->text, "ab\n", 3);
	match_skip(&find->text, &find->cursor, 1);
	assert_false(match_find(&find->text, &find->cursor, &find->regex, &end));
	stop(find);
}

static char *long_text(size_t len, const char *tail)
{
	char *text = malloc(len + strlen(tail) + 1);

	assert_non_null(text);
	memset(text, 'x', len);
	strcpy(text + len, tail);
	return text;
}

static void a_very_long_line_is_searched_in_windows(void **state)
{
	static const size_t steps[] = { 1, 7, MATCH_CHUNK };

	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		struct find *find = start("needle");
		char *text = long_text(3 * MATCH_KEEP, "needle");

		assert_int_equal(feed(find, text, strlen(text), steps[i]), 3 * MATCH_KEEP + 6);
		free(text);
		stop(find);
	}
}

static void a_line_without_its_start_does_not_match_a_caret(void **state)
{
	struct find *find = start("^x");
	uint64_t end;

	match_append(&find->text, "y", 1);
	assert_false(match_find(&find->text, &find->cursor, &find->regex, &end));
	for (int i = 0; i < 100; i++) {
		char *text = long_text(MATCH_CHUNK, "");

		assert_int_equal(feed(find, text, MATCH_CHUNK, MATCH_CHUNK), -1);
		free(text);
	}
	stop(find);
}

static void text_that_nobody_looked_at_is_kept_up_to_a_bound(void **state)
{
	struct find *find = start("old|new");
	uint64_t end;

	match_append(&find->text, "old\n", 4);
	for (int i = 0; i < 40; i++) {
		char *text = long_text(MATCH_CHUNK - 1, "\n");

		match_append(&find->text, text, MATCH_CHUNK);
		free(text);
	}
	assert_true(find->text.len <= MATCH_KEEP);
	match_append(&find->text, "new\n", 4);
	assert_true(match_find(&find->text, &find->cursor, &find->regex, &end));
	assert_int_equal(end, 4 + 40 * MATCH_CHUNK + 3);
	stop(find);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_end_of_a_match_does_not_depend_on_the_pieces),
		cmocka_unit_test(zero_bytes_and_carriage_returns_are_not_text),
		cmocka_unit_test(escape_sequences_are_text),
		cmocka_unit_test(a_dollar_waits_for_the_end_of_the_line),
		cmocka_unit_test(a_search_goes_on_behind_a_match),
		cmocka_unit_test(the_start_of_a_line_is_not_where_a_match_ended),
		cmocka_unit_test(a_very_long_line_is_searched_in_windows),
		cmocka_unit_test(a_line_without_its_start_does_not_match_a_caret),
		cmocka_unit_test(text_that_nobody_looked_at_is_kept_up_to_a_bound),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
