// SPDX-License-Identifier: GPL-2.0-only
/*
 * A JUnit report has a case for every line that waits, and no byte that XML cannot hold. That it is
 * XML is xmllint's to say, in tests/boot.t.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "boot/junit.h"

#define S INT64_C(1000000000)

static char *report(const char *text, const char *console_text, const char *console)
{
	struct script script;
	struct script_run *run = calloc(1, sizeof(*run));
	struct error err = { "" };
	char *xml;

	assert_non_null(run);
	assert_int_equal(script_parse(&script, "a<b.script", text, strlen(text), &err), 0);
	assert_int_equal(script_run_start(run, &script, NULL, NULL, 0, &err), 0);
	script_run_console(run, console_text, strlen(console_text), 3 * S / 2);
	script_run_stop(run, "stopped & gone", 4 * S);
	xml = junit_report(run, "rpi-zero", console);
	script_run_free(run);
	script_free(&script);
	free(run);
	assert_non_null(xml);
	return xml;
}

static void every_line_that_waits_is_a_case(void **state)
{
	char *xml = report("expect one\nsend x\ntimeout 5\nexpect \"two\"\nexpect three\n", "one",
			   NULL);

	assert_string_equal(
		xml,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<testsuite name=\"a&lt;b.script\" tests=\"3\" failures=\"1\" errors=\"0\" "
		"skipped=\"1\" time=\"4.000\">\n"
		"  <testcase classname=\"rpi-zero\" name=\"line 1: expect one\" time=\"1.500\"/>\n"
		"  <testcase classname=\"rpi-zero\" name=\"line 4: expect &quot;two&quot;\" "
		"time=\"2.500\">"
		"<failure message=\"a&lt;b.script:4: expect &quot;two&quot;: stopped &amp; "
		"gone\"></failure></testcase>\n"
		"  <testcase classname=\"rpi-zero\" name=\"line 5: expect three\" "
		"time=\"0.000\"><skipped/></testcase>\n"
		"</testsuite>\n");
	free(xml);
}

static void bytes_that_xml_cannot_hold_are_spelled_out(void **state)
{
	static const struct {
		const char *bytes, *text;
	} want[] = {
		{ "a\033[0mb", ">a\\x1b[0mb<" },
		{ "tab\tand\nline", ">tab\tand\nline<" },
		{ "\x7f\x01", ">\\x7f\\x01<" },
		{ "]]>", ">]]&gt;<" },
		{ "caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80",
		  ">caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80<" },
		{ "\xff\xc3", ">\\xff\\xc3<" },
		{ "\xc0\xaf", ">\\xc0\\xaf<" },			  /* overlong */
		{ "\xe0\x80\xaf", ">\\xe0\\x80\\xaf<" },	  /* overlong */
		{ "\xed\xa0\x80", ">\\xed\\xa0\\x80<" },	  /* half a surrogate pair */
		{ "\xef\xbf\xbf", ">\\xef\\xbf\\xbf<" },	  /* U+FFFF */
		{ "\xf4\x90\x80\x80", ">\\xf4\\x90\\x80\\x80<" }, /* beyond Unicode */
	};

	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		char *xml = report("expect one\n", "", want[i].bytes);

		if (!strstr(xml, want[i].text))
			fail_msg("%s is not in %s", want[i].text, xml);
		free(xml);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_line_that_waits_is_a_case),
		cmocka_unit_test(bytes_that_xml_cannot_hold_are_spelled_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
