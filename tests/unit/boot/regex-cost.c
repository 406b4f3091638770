// SPDX-License-Identifier: GPL-2.0-only
/* Everyday regular expressions pass, and those whose cost multiplies are refused. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "boot/regex-cost.h"

static void everyday_expressions_pass(void **state)
{
	static const char *const good[] = {
		"login: ",
		"^[0-9]+\\.[0-9]+ (k?Hz)$",
		"[0-9a-f]{64}  [^ ]+",
		"a+b+c+d+e+f+g+h+i+j+k+l+m+n+o+p+q+",
		"[]+]+",
		"[^]{9999}]+",
		"[[:alpha:]{999}]{3}",
		"\\(\\{99999",
		"((((((((((a))))))))))",
	};

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		struct error err = { "" };

		if (regex_cost_check(good[i], &err) < 0)
			fail_msg("%s: %s", good[i], err.text);
	}
}

static void repeats_that_multiply_are_refused(void **state)
{
	static const char *const bad[] = {
		"(((a{30}){30}){30})",
		"a{20000}",
		"a{1,20000}",
		"a{20000,}",
		"(a{50}b+){50}",
		"((((((((((((((a+)+)+)+)+)+)+)+)+)+)+)+)+)+",
		"(a{100}|b{100}|[c]{100}){40}",
		"a{99999999999999999999}",
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct error err = { "" };

		if (regex_cost_check(bad[i], &err) == 0)
			fail_msg("%s passes", bad[i]);
		assert_string_equal(err.text, "the expression repeats too much: written out, it "
					      "would have more than 2000 places");
	}
}

static void a_repeat_of_a_repeat_is_refused(void **state)
{
	static const char *const bad[] = { "a++",
					   "a*+",
					   "a?"
					   "?",
					   "a{2}{3}",
					   "(a)+*",
					   "a{2}+" };

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(regex_cost_check(bad[i], NULL), -1);
	assert_int_equal(regex_cost_check("(a+)+[+*]+\\+++", NULL), -1);
	assert_int_equal(regex_cost_check("(a+)+[+*]+\\+", NULL), 0);
}

static void odd_ends_are_left_to_regcomp(void **state)
{
	static const char *const odd[] = { "",	"[",	"[^", "[]", "[[:", "[[:a:]", "\\",
					   ")", "))((", "a{", "{",  "+",   "a{1," };

	for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++)
		assert_int_equal(regex_cost_check(odd[i], NULL), 0);
}

static void groups_nest_to_a_bound(void **state)
{
	char text[REGEX_DEPTH_MAX + 2];
	struct error err = { "" };

	for (int i = 0; i <= REGEX_DEPTH_MAX; i++)
		text[i] = '(';
	text[REGEX_DEPTH_MAX + 1] = '\0';
	assert_int_equal(regex_cost_check(text + 1, &err), 0);
	assert_int_equal(regex_cost_check(text, &err), -1);
	assert_string_equal(err.text, "the expression has more than 50 groups in each other");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(everyday_expressions_pass),
		cmocka_unit_test(repeats_that_multiply_are_refused),
		cmocka_unit_test(a_repeat_of_a_repeat_is_refused),
		cmocka_unit_test(odd_ends_are_left_to_regcomp),
		cmocka_unit_test(groups_nest_to_a_bound),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
