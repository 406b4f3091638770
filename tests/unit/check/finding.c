// SPDX-License-Identifier: GPL-2.0-only
/* What check/finding.h promises: findings keep their order and are copies of what was said. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "check/finding.h"

static void findings_are_copies_in_their_order(void **state)
{
	struct findings findings = { 0 };
	char place[] = "here";

	findings_add(&findings, "first", FINDING_ERROR, place, "%d is not %s", 1, place);
	memset(place, 'x', 4);
	for (int i = 0; i < 9; i++)
		findings_add(&findings, "next", FINDING_WARNING, "", "%d", i);
	assert_int_equal(findings.count, 10);
	assert_false(findings.failed);
	assert_string_equal(findings.finding[0].rule, "first");
	assert_int_equal(findings.finding[0].severity, FINDING_ERROR);
	assert_string_equal(findings.finding[0].place, "here");
	assert_string_equal(findings.finding[0].text, "1 is not here");
	assert_string_equal(findings.finding[9].text, "8");
	findings_free(&findings);
	assert_int_equal(findings.count, 0);
	assert_null(findings.finding);
}

static void severities_have_names(void **state)
{
	assert_string_equal(finding_severity_name(FINDING_ERROR), "error");
	assert_string_equal(finding_severity_name(FINDING_WARNING), "warning");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(findings_are_copies_in_their_order),
		cmocka_unit_test(severities_have_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
