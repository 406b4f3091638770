// SPDX-License-Identifier: GPL-2.0-only
/*
 * What image/config/config-lex.h promises: what is a text and what a mark, what quotes, escapes and
 * variables make of a text, and the file and line of each.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "image/config/config-lex.h"

/* Reads TEXT; the tokens must be WANTED, with a blank behind each. A text stands in <>. */
static void reads_as(const char *text, const char *wanted)
{
	struct config config = { 0 };
	struct config_tokens tokens = { 0 };
	struct strbuf got = STRBUF_INIT;
	struct error err;

	assert_int_equal(config_lex(&tokens, &config, text, strlen(text), "t.cfg", NULL, &err), 0);
	for (size_t i = 0; tokens.token[i].kind != TOKEN_END; i++) {
		const struct config_token *token = &tokens.token[i];

		if (token->kind == TOKEN_TEXT)
			strbuf_addf(&got, "<%s> ", tokens.texts.buf + token->text);
		else
			strbuf_addf(&got, "%c ", token->kind);
	}
	assert_string_equal(got.buf ? got.buf : "", wanted);
	strbuf_free(&got);
	config_tokens_free(&tokens);
	config_free(&config);
}

static void fails_with(const char *text, const char *message)
{
	struct config config = { 0 };
	struct config_tokens tokens = { 0 };
	struct error err;

	assert_int_equal(config_lex(&tokens, &config, text, strlen(text), "t.cfg", NULL, &err), -1);
	assert_string_equal(err.text, message);
	config_tokens_free(&tokens);
	config_free(&config);
}

static void words_end_at_marks_blanks_and_comments(void **state)
{
	reads_as("a={b,c}(d)e+=f", "<a> = { <b> , <c> } ( <d> ) <e> + <f> ");
	reads_as("a-b.c/d\te:f$g\r\nh", "<a-b.c/d> <e:f$g> <h> ");
	reads_as("a//b\nc/*d*/e #f\n/g", "<a> <c> <e> </g> ");
	reads_as("", "");
	reads_as("# nothing", "");
}

static void a_star_and_a_plus_have_no_meaning(void **state)
{
	reads_as("* a*b + c+d", "<a> <b> <c> <d> ");
}

static void double_quotes_know_escapes(void **state)
{
	reads_as("\"a b\" \"\" \"#{\"", "<a b> <> <#{> ");
	reads_as("\"\\a\\b\\e\\f\\n\\r\\t\\v\"", "<\a\b\033\f\n\r\t\v> ");
	reads_as("\"\\\"\\\\\\q\\$\"", "<\"\\q$> ");
	reads_as("\"\\x41\\x4g\\xg\\101\\7z\"", "<A\x04gxgA\007z> ");
	reads_as("\"one\\\ntwo\nthree\"", "<onetwo\nthree> ");
	reads_as("\"cut\\0off\"", "<cut> ");
}

static void single_quotes_know_two(void **state)
{
	reads_as("'a \"b\" \\n' '\\\\\\'' 'x\\\ny' '${HOME}'",
		 "<a \"b\" \\n> <\\'> <xy> <${HOME}> ");
}

static void variables_come_from_the_environment(void **state)
{
	assert_int_equal(setenv("CONFIG_LEX", "a b", 1), 0);
	assert_int_equal(unsetenv("CONFIG_LEX_NOT"), 0);
	reads_as("${CONFIG_LEX} \"<${CONFIG_LEX}>\"", "<a b> <<a b>> ");
	reads_as("${CONFIG_LEX:-c} ${CONFIG_LEX_NOT:-c d} ${CONFIG_LEX_NOT} \"${CONFIG_LEX_NOT}\"",
		 "<a b> <c d> <> <> ");
	/* Inside a word there is none. */
	reads_as("a${CONFIG_LEX}", "<a$> { <CONFIG_LEX> } ");
}

static void what_does_not_end_is_told(void **state)
{
	fails_with("a\n'b\n", "t.cfg:2: this string does not end: a closing ' is missing");
	fails_with("\"a\\", "t.cfg:1: this string does not end: a closing \" is missing");
	fails_with("a /* b\n*", "t.cfg:1: this comment does not end: `*/` is missing");
	fails_with("{\n{\n}", "t.cfg:2: this `{` has no `}`");
	fails_with("{}\n}", "t.cfg:2: a `}` without its `{`");
	fails_with("\"\\400\"",
		   "t.cfg:1: a bad escape sequence: `\\` and up to three octal digits, "
		   "at most \\377");
	fails_with("\"\\08\"", "t.cfg:1: a bad escape sequence: `\\` and up to three octal digits, "
			       "at most \\377");
}

static void write_file(const char *name, const char *text)
{
	FILE *f = fopen(name, "w");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

static void included_tokens_have_places_of_their_own(void **state)
{
	static const char text[] = "a\ninclude (\n'inner.cfg')b\n${X\n}\nc";
	static const struct config_place places[] = {
		{ "t.cfg", 1 }, { "inner.cfg", 2 }, { "inner.cfg", 4 }, { "inner.cfg", 4 },
		{ "t.cfg", 3 }, { "t.cfg", 5 },	    { "t.cfg", 6 },	{ "t.cfg", 6 },
	};
	struct config config = { 0 };
	struct config_tokens tokens = { 0 };
	struct error err;

	write_file("inner.cfg", "# one\n\"two\"\n'three\nfour' {}");
	assert_int_equal(config_lex(&tokens, &config, text, strlen(text), "t.cfg", NULL, &err), 0);
	assert_int_equal(tokens.count, 9);
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		size_t at = i < 3 ? i : i + 1;

		assert_string_equal(tokens.token[at].place.file, places[i].file);
		assert_int_equal(tokens.token[at].place.line, places[i].line);
	}
	assert_int_equal(tokens.token[8].kind, TOKEN_END);
	config_tokens_free(&tokens);
	config_free(&config);
	fails_with("include(none.cfg)", "t.cfg:1: cannot find 'none.cfg' to include");
	reads_as("include none.cfg", "<include> <none.cfg> ");
	write_file("inner.cfg", "{");
	fails_with("include(inner.cfg) }", "inner.cfg:1: this `{` has no `}`");
}

static void files_that_include_themselves_twice_stay_below_a_limit(void **state)
{
	static char many[1 << 20];
	struct error err;
	struct config config = { 0 };
	struct config_tokens tokens = { 0 };

	memset(many, ' ', sizeof(many) - 1);
	memcpy(many, "include(leaf.cfg)", 17);
	write_file("inner.cfg", "include(many.cfg) include(many.cfg) include(many.cfg)");
	write_file("many.cfg", many);
	write_file("leaf.cfg", many + 17);
	assert_int_equal(config_lex(&tokens, &config, "include(inner.cfg) include(inner.cfg)", 37,
				    "t.cfg", NULL, &err),
			 -1);
	assert_non_null(strstr(err.text, "more than 8 MiB of config"));
	config_tokens_free(&tokens);
	config_free(&config);
}

static int go_to_scratch(void **state)
{
	static char dir[] = "/tmp/config-lex-XXXXXX";

	*state = dir;
	return mkdtemp(dir) && chdir(dir) == 0 ? 0 : -1;
}

static int remove_scratch(void **state)
{
	static const char *const names[] = { "inner.cfg", "many.cfg", "leaf.cfg" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		unlink(names[i]);
	return chdir("/") == 0 && rmdir(*state) == 0 ? 0 : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_end_at_marks_blanks_and_comments),
		cmocka_unit_test(a_star_and_a_plus_have_no_meaning),
		cmocka_unit_test(double_quotes_know_escapes),
		cmocka_unit_test(single_quotes_know_two),
		cmocka_unit_test(variables_come_from_the_environment),
		cmocka_unit_test(what_does_not_end_is_told),
		cmocka_unit_test(included_tokens_have_places_of_their_own),
		cmocka_unit_test(files_that_include_themselves_twice_stay_below_a_limit),
	};

	return cmocka_run_group_tests(tests, go_to_scratch, remove_scratch);
}
