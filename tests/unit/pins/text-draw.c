// SPDX-License-Identifier: GPL-2.0-only
/*
 * Drawings for the terminal have each pulse, fit its width, and do without Unicode and colour;
 * compared whole or by line.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "pins/text.h"
#include "reports.h"

static struct text_style style;

static void few_edges(void)
{
	scene_begin(&scene);
	scene_edge(&scene, 100000, PIN, PIN_HIGH);
	scene_edge(&scene, 200000, PIN, PIN_LOW);
	scene_edge(&scene, 250000, PIN, PIN_FLOATING);
}

/* The width of a line in the terminal: bytes that do not continue a character. */
static unsigned int longest_line(const char *text)
{
	unsigned int longest = 0, width = 0;

	for (; *text; text++) {
		if (*text == '\n')
			width = 0;
		else if (((unsigned char)*text & 0xc0) != 0x80)
			width++;
		longest = width > longest ? width : longest;
	}
	return longest;
}

static void a_pulse_is_drawn_with_lines(void **state)
{
	char *text;

	style = (struct text_style){ .columns = 40 };
	few_edges();
	open_report(0, 310000, UINT64_C(1) << PIN);
	text = written(text_draw(out, &report, &style));
	assert_string_equal(text, "310 µs from 0 ns\n"
				  "                  ┌─────────┐          \n"
				  "gpio 17 ──────────┘         └────······\n"
				  "        ┴───────────────────┴──────────\n"
				  "        0 µs                200\n");
	free(text);
	close_report();
}

static void without_unicode_ascii_will_do(void **state)
{
	char *text;

	style = (struct text_style){ .columns = 40, .ascii = true };
	few_edges();
	open_report(0, 310000, UINT64_C(1) << PIN);
	text = written(text_draw(out, &report, &style); text_measure(out, &report, &style));
	for (const char *p = text; *p; p++)
		assert_true((unsigned char)*p < 0x80);
	assert_non_null(strstr(text, "gpio 17 __________|         |____......\n"));
	assert_non_null(strstr(text, "0 us"));
	free(text);
	close_report();
}

static void it_fits_the_terminal(void **state)
{
	static const unsigned int widths[] = { 40, 80, 133, 300 };

	scene_begin(&scene);
	scene_tone(&scene, 3 * MS, 1 * MS, 1000);
	open_report(0, 1100 * MS, UINT64_C(1) << PIN);
	for (size_t i = 0; i < 4; i++) {
		char *text;

		style = (struct text_style){ .columns = widths[i] };
		text = written(text_draw(out, &report, &style));
		assert_in_range(longest_line(text), widths[i] - 2, widths[i]);
		free(text);
	}
	close_report();
}

static void dense_edges_are_filled_and_shown_closer(void **state)
{
	char *text;

	style = (struct text_style){ .columns = 60 };
	scene_begin(&scene);
	scene_tone(&scene, 100 * MS, 1 * MS, 300);
	open_report(0, 510 * MS, UINT64_C(1) << PIN);
	text = written(text_draw(out, &report, &style));
	assert_non_null(strstr(text, "gpio 17 ──────────██████████████████████████████"));
	assert_non_null(strstr(text, "\nCloser: 5 ms from "));
	assert_non_null(strstr(text, "─┘    └────┘"));
	free(text);
	close_report();
}

static void colour_is_only_used_when_wanted(void **state)
{
	char *plain, *coloured;

	few_edges();
	open_report(0, 310000, UINT64_C(1) << PIN);
	style = (struct text_style){ .columns = 80 };
	plain = written(text_draw(out, &report, &style));
	style.colour = true;
	coloured = written(text_draw(out, &report, &style));
	assert_null(strchr(plain, '\033'));
	assert_non_null(strstr(coloured, "\033[32m"));
	free(plain);
	free(coloured);
	close_report();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pulse_is_drawn_with_lines),
		cmocka_unit_test(without_unicode_ascii_will_do),
		cmocka_unit_test(it_fits_the_terminal),
		cmocka_unit_test(dense_edges_are_filled_and_shown_closer),
		cmocka_unit_test(colour_is_only_used_when_wanted),
	};

	return cmocka_run_group_tests_name("pins/text-draw", tests, NULL, NULL);
}
