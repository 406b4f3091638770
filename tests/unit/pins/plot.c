// SPDX-License-Identifier: GPL-2.0-only
/*
 * Columns show what a waveform does in them, axes have round steps, and times and frequencies read
 * as a person writes them.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include "edges.h"
#include "pins/plot.h"

static struct scene scene;

static void columns_cut_a_waveform(void **state)
{
	struct column c[10];

	scene_begin(&scene);
	scene_edge(&scene, 150, PIN, PIN_HIGH);
	scene_edge(&scene, 420, PIN, PIN_LOW);
	scene_edge(&scene, 440, PIN, PIN_HIGH);
	scene_edge(&scene, 460, PIN, PIN_LOW);
	scene_edge(&scene, 1000, PIN, PIN_HIGH);
	scene_open(&scene, 1000);
	plot_columns(c, 10, &scene.rec, PIN, (struct window){ 0, 1000 });
	assert_int_equal(c[0].edges, 0);
	assert_int_equal(c[1].edges, 1);
	assert_int_equal(c[1].first, PIN_LOW);
	assert_int_equal(c[1].last, PIN_HIGH);
	assert_int_equal(c[2].first, PIN_HIGH);
	assert_int_equal(c[4].edges, 3);
	assert_int_equal(c[5].first, PIN_LOW);
	assert_int_equal(c[9].edges, 1); /* the very end belongs to the last column */
	assert_int_equal(c[9].last, PIN_HIGH);
	scene_close(&scene);
}

static void axes_have_round_steps(void **state)
{
	static const struct {
		uint64_t length;
		double step;
		const char *unit;
		int decimals;
	} want[] = {
		{ 1000, 100, "µs", 1 },
		{ 1100 * MS, 200 * 1e6, "s", 1 },
		{ 105 * MS, 20e6, "ms", 0 },
		{ 3, 1, "ns", 0 },
		{ 36000000 * MS, 5e12, "s", 0 },
		{ 2500 * MS, 5e8, "s", 1 },
		{ 250, 50, "ns", 0 },
	};

	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		struct axis axis = plot_axis((struct window){ 7, 7 + want[i].length }, 10, false);

		assert_float_equal(axis.step, want[i].step, want[i].step * 1e-9);
		assert_string_equal(axis.unit, want[i].unit);
		assert_int_equal(axis.decimals, want[i].decimals);
	}
	assert_string_equal(plot_axis((struct window){ 0, 5000 }, 10, true).unit, "instructions");
}

static void times_are_written_as_a_person_would(void **state)
{
	static const struct {
		double time;
		int digits;
		const char *text;
	} want[] = {
		{ 0, 4, "0 ns" },
		{ 20, 4, "20 ns" },
		{ 1152, 9, "1.152 µs" },
		{ 125000, 6, "125 µs" },
		{ 999999999.9, 4, "1 s" },
		{ 25169337159.0, 9, "25.1693372 s" },
		{ 1363636.36, 5, "1.3636 ms" },
	};
	char buf[64];

	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++)
		assert_string_equal(plot_time(buf, sizeof(buf), want[i].time, want[i].digits,
					      false),
				    want[i].text);
	assert_string_equal(plot_time(buf, sizeof(buf), 1234567, 2, true), "1234567 instructions");
}

static void frequencies_keep_their_digits(void **state)
{
	char buf[64];

	assert_string_equal(plot_frequency(buf, sizeof(buf), 440, 5), "440.00 Hz");
	assert_string_equal(plot_frequency(buf, sizeof(buf), 4000, 5), "4.0000 kHz");
	assert_string_equal(plot_frequency(buf, sizeof(buf), 15625000, 3), "15.6 MHz");
	assert_string_equal(plot_frequency(buf, sizeof(buf), 0.5, 3), "0.50 Hz");
}

static void the_closer_look_is_at_the_longest_tone(void **state)
{
	struct window all = { 0, 1000 * MS }, zoom;
	struct tone *tones;
	size_t count;
	struct error err;

	scene_begin(&scene);
	scene_tone(&scene, 10 * MS, 1 * MS, 20);
	scene_tone(&scene, 200 * MS, 2 * MS, 200);
	scene_open(&scene, 1000 * MS);
	assert_int_equal(tones_find(&tones, &count, &scene.rec, PIN, all, &err), 0);
	assert_true(plot_zoom(&zoom, &scene.rec, PIN, all, tones, count, 440, 100));
	assert_int_equal(zoom.to - zoom.from, 10 * MS);
	assert_in_range(zoom.from, 398 * MS, 402 * MS);
	assert_false(plot_zoom(&zoom, &scene.rec, PIN, all, tones, count, 440, 1000));
	free(tones);
	scene_close(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_cut_a_waveform),
		cmocka_unit_test(axes_have_round_steps),
		cmocka_unit_test(times_are_written_as_a_person_would),
		cmocka_unit_test(frequencies_keep_their_digits),
		cmocka_unit_test(the_closer_look_is_at_the_longest_tone),
	};

	return cmocka_run_group_tests_name("pins/plot", tests, NULL, NULL);
}
