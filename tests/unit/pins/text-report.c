// SPDX-License-Identifier: GPL-2.0-only
/* A whole report: which parts are in it, and what it is drawn for. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "pins/text.h"
#include "reports.h"

#define PIN 17

static const struct text_style style = { .columns = 60, .ascii = true };

/* The parts of a report on a recording with a pulse, or without one. The caller frees it. */
static char *report_text(bool pulse, const struct text_parts *parts)
{
	struct error err;
	char *text;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	assert_non_null(out);
	scene_begin(&scene);
	if (pulse)
		scene_tone(&scene, 1000000, 1000000, 3);
	scene_open(&scene, 9000000);
	assert_int_equal(report_make_busy(&report, &scene.rec, "NAME", &err), 0);
	text_report(out, &report, parts, &style);
	fclose(out);
	close_report();
	return text;
}

static void each_part_is_there_when_asked_for(void **state)
{
	char *drawn = report_text(true, &(struct text_parts){ .draw = true });
	char *measured = report_text(true, &(struct text_parts){ .measure = true });
	char *both = report_text(true, &(struct text_parts){ .draw = true, .measure = true });

	assert_non_null(strstr(drawn, "gpio 17 _"));
	assert_null(strstr(drawn, "edges"));
	assert_null(strstr(measured, "gpio 17 _"));
	assert_non_null(strstr(measured, "edges"));
	/* With an empty line between. */
	assert_int_equal(strlen(both), strlen(drawn) + 1 + strlen(measured));
	assert_memory_equal(both + strlen(drawn), "\n", 1);
	free(drawn);
	free(measured);
	free(both);
}

static void pins_that_do_nothing_are_told(void **state)
{
	char *text = report_text(false, &(struct text_parts){ .draw = true, .measure = true });

	assert_string_equal(text, "NAME: no pin changes in this recording\n");
	free(text);
}

static void the_width_is_that_of_columns(void **state)
{
	unsetenv("COLUMNS");
	assert_int_equal(text_style_of(-1).columns, 80);
	setenv("COLUMNS", "123", 1);
	assert_int_equal(text_style_of(-1).columns, 123);
	setenv("COLUMNS", "39", 1);
	assert_int_equal(text_style_of(-1).columns, 80);
	setenv("COLUMNS", "wide", 1);
	assert_int_equal(text_style_of(-1).columns, 80);
}

static void a_file_gets_no_colour_and_the_c_locale_no_unicode(void **state)
{
	assert_false(text_style_of(-1).colour);
	assert_true(text_style_of(-1).ascii);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_part_is_there_when_asked_for),
		cmocka_unit_test(pins_that_do_nothing_are_told),
		cmocka_unit_test(the_width_is_that_of_columns),
		cmocka_unit_test(a_file_gets_no_colour_and_the_c_locale_no_unicode),
	};

	return cmocka_run_group_tests_name("pins/text-report", tests, NULL, NULL);
}
