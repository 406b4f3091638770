// SPDX-License-Identifier: GPL-2.0-only
/* A drawing has all pins, tones and the board, and each edge at its place. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "pins/output.h"
#include "reports.h"

static void two_pins(void)
{
	scene_begin(&scene);
	scene_edge(&scene, 0, PIN, PIN_HIGH);
	scene_edge(&scene, 50, PIN, PIN_LOW);
	scene_edge(&scene, 50, 47, PIN_OTHER);
	scene_edge(&scene, 90, 47, PIN_HIGH);
}

static void svg_shows_pins_tones_and_the_board(void **state)
{
	char *first, *second;

	scene_begin(&scene);
	strcpy(scene.info.board, "a<b&\"c\"");
	scene_tone(&scene, 100 * MS, MS / 2, 1600);
	open_report(0, 1000 * MS, UINT64_C(1) << PIN | UINT64_C(1) << 47);
	first = written(svg_write(out, &report));
	second = written(svg_write(out, &report));
	assert_string_equal(first, second);
	assert_memory_equal(first, "<svg xmlns=\"http://www.w3.org/2000/svg\"", 39);
	assert_non_null(strstr(first, ">GPIO 17</text>"));
	assert_non_null(strstr(first, ">GPIO 47</text>"));
	assert_non_null(strstr(first, ">2.0000 kHz</text>"));
	assert_non_null(strstr(first, "a&lt;b&amp;&quot;c&quot;"));
	/* From 100 to 900 of 1000 ms is from 84.4 to 759.6 of 844 pixels. */
	assert_non_null(strstr(first, "<rect class=\"band\" x=\"172\""));
	assert_non_null(strstr(first, "class=\"zoom\""));
	assert_string_equal(first + strlen(first) - 7, "</svg>\n");
	free(first);
	free(second);
	close_report();
}

static void svg_draws_single_edges_exactly(void **state)
{
	char *text;

	two_pins();
	open_report(0, 200, UINT64_C(1) << PIN);
	text = written(svg_write(out, &report));
	/* Low, at once high, low from 50 of 200 ns: a quarter of 844 pixels after 88. */
	assert_non_null(strstr(text, "<path class=\"wave\" d=\"M88 112H88.0V72H299.0V112H932\"/>"));
	assert_null(strstr(text, "class=\"zoom\""));
	free(text);
	close_report();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(svg_shows_pins_tones_and_the_board),
		cmocka_unit_test(svg_draws_single_edges_exactly),
	};

	return cmocka_run_group_tests_name("pins/svg", tests, NULL, NULL);
}
