// SPDX-License-Identifier: GPL-2.0-only
/*
 * Expressions of Kconfig have the values that the kernel gives them, are printed as they would be
 * written, and tell what is missing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "pick/kconfig.h"

/* N, M and Y are what they are called, SIX is 6. */
static const char *value(const struct expr_values *values, const struct pick_symbol *symbol)
{
	(void)values;
	return !strcmp(symbol->name, "N")   ? "n" :
	       !strcmp(symbol->name, "M")   ? "m" :
	       !strcmp(symbol->name, "Y")   ? "y" :
	       !strcmp(symbol->name, "SIX") ? "6" :
					      NULL;
}

static const struct expr_values values = { value };

/* Calls CHECK with what X depends on where that is written as TEXT. */
static void with(const char *text, void (*check)(const struct expr *expr, const void *arg),
		 const void *arg)
{
	struct strbuf source = STRBUF_INIT;
	struct tree_file file = { .path = "Kconfig" };
	struct arena arena = { 0 };
	struct tree_files files;
	struct kconfig kconfig;
	struct error err;

	strbuf_addf(&source,
		    "config N\n\tbool\nconfig M\n\ttristate\nconfig Y\n\tbool\nconfig SIX\n\tint\n"
		    "config X\n\tbool\n\tdepends on %s\n",
		    text);
	file.data = source.buf;
	file.len = source.len;
	files_in_memory(&files);
	assert_int_equal(files_add(&files, &file), 0);
	assert_int_equal(kconfig_read(&kconfig, &files, "Kconfig", NULL, &arena, &err), 0);
	check(pick_symbol_depends(kconfig_find(&kconfig, "X", 1), &arena), arg);
	kconfig_free(&kconfig);
	files_close(&files);
	arena_free(&arena);
	strbuf_free(&source);
}

static void check_value(const struct expr *expr, const void *arg)
{
	assert_int_equal(expr_value(expr, &values), *(const int *)arg);
}

static void has_values(void **state)
{
	static const struct {
		const char *text;
		int value;
	} cases[] = {
		{ "Y", 2 },
		{ "M", 1 },
		{ "N", 0 },
		{ "NONE", 0 },
		{ "M && Y", 1 },
		{ "M || Y", 2 },
		{ "!M", 1 },
		{ "!N && Y", 2 },
		{ "M = m", 2 },
		{ "M != y", 2 },
		{ "SIX > 5", 2 },
		{ "SIX >= 0x7", 0 },
		{ "SIX < 10 && M", 1 },
		{ "(N || M) && Y", 1 },
		{ "N || M && Y", 1 },
		{ "$(cc-option,-mx)", 2 },
		{ "NONE = NONE", 2 },
		{ "m", 1 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		with(cases[i].text, check_value, &cases[i].value);
}

static void check_print(const struct expr *expr, const void *arg)
{
	struct strbuf text = STRBUF_INIT;

	expr_print(&text, expr);
	assert_string_equal(text.buf, arg);
	strbuf_free(&text);
}

static void is_printed_without_needless_parentheses(void **state)
{
	with("(((A)))", check_print, "A");
	with("A&&(B||!(C&&D))", check_print, "A && (B || !(C && D))");
	with("(A && B) || C", check_print, "A && B || C");
	with("A && (B && A)", check_print, "A && (B && A)");
	with("A && B && A", check_print, "A && B");
	with("A=\"x\" || B!=n", check_print, "A = x || B != n");
}

static void check_missing(const struct expr *expr, const void *arg)
{
	struct strbuf text = STRBUF_INIT;

	strbuf_puts(&text, "");
	expr_print_missing(&text, expr, &values, true);
	assert_string_equal(text.buf, arg);
	strbuf_free(&text);
}

static void tells_what_is_missing(void **state)
{
	with("Y && M", check_missing, "");
	with("Y && N && M", check_missing, "N");
	with("N && (Y && (A || N)) && B", check_missing, "N && (A || N) && B");
	with("Y && !Y", check_missing, "!Y");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(has_values),
		cmocka_unit_test(is_printed_without_needless_parentheses),
		cmocka_unit_test(tells_what_is_missing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
