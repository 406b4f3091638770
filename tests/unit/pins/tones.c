// SPDX-License-Identifier: GPL-2.0-only
/* Tones begin and end where they do, through jitter, pauses and changes of frequency. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "edges.h"
#include "pins/tones.h"

static struct scene scene;
static struct tone *tones;
static size_t count;

static void find(uint64_t end)
{
	struct error err;

	scene_open(&scene, end);
	assert_int_equal(
		tones_find(&tones, &count, &scene.rec, PIN, (struct window){ 0, end }, &err), 0);
	scene_close(&scene);
}

static void a_tone_has_start_end_and_frequency(void **state)
{
	scene_begin(&scene);
	scene_tone(&scene, 7 * MS, 2 * MS, 50);
	find(1000 * MS);
	assert_int_equal(count, 1);
	assert_int_equal(tones[0].start, 7 * MS);
	assert_int_equal(tones[0].end, 107 * MS);
	assert_float_equal(tones[0].frequency, 500, 1e-9);
	assert_int_equal(tones[0].periods.count, 49);
	free(tones);
}

static void a_pause_parts_two_tones(void **state)
{
	uint64_t t;

	scene_begin(&scene);
	t = scene_tone(&scene, 10 * MS, 1 * MS, 60);
	t = scene_tone(&scene, t + 30 * MS, 1 * MS, 60);
	find(t + 500 * MS);
	assert_int_equal(count, 2);
	assert_int_equal(tones[0].end, 70 * MS);
	assert_int_equal(tones[1].start, 100 * MS);
	assert_int_equal(tones[1].end, 160 * MS);
	free(tones);
}

static void a_change_of_frequency_parts_two_tones(void **state)
{
	static const uint64_t periods[][2] = { { 1 * MS, 2 * MS },
					       { 2 * MS, 1 * MS },
					       { 1000000, 1300000 } };

	for (size_t i = 0; i < 3; i++) {
		uint64_t change;

		scene_begin(&scene);
		change = scene_tone(&scene, 10 * MS, periods[i][0], 40);
		scene_tone(&scene, change, periods[i][1], 40);
		find(1000 * MS);
		assert_int_equal(count, 2);
		assert_int_equal(tones[0].end, change);
		assert_float_equal(tones[0].frequency, 1e9 / (double)periods[i][0], 1e-6);
		assert_int_equal(tones[1].start, change);
		assert_float_equal(tones[1].frequency, 1e9 / (double)periods[i][1], 1e-6);
		free(tones);
	}
}

/*
 * An interrupt that was served late: one period too long by 60 %, the next one too short by as
 * much.
 */
static void a_late_edge_does_not_part_a_tone(void **state)
{
	scene_begin(&scene);
	for (uint64_t i = 0; i < 60; i++) {
		uint64_t rise = 5 * MS + i * 250000 + (i % 20 == 10 ? 150000 : 0);

		scene_edge(&scene, rise, PIN, PIN_HIGH);
		scene_edge(&scene, rise + 90000, PIN, PIN_LOW);
	}
	find(100 * MS);
	assert_int_equal(count, 1);
	assert_float_equal(tones[0].frequency, 4000, 1);
	assert_int_equal(tones[0].periods.max, 400000);
	assert_int_equal(tones[0].periods.min, 100000);
	free(tones);
}

static void slow_blinking_and_single_pulses_are_no_tones(void **state)
{
	scene_begin(&scene);
	scene_tone(&scene, 10 * MS, 60 * MS, 20); /* 16.7 Hz */
	scene_tone(&scene, 2000 * MS, 1 * MS, 2);
	find(3000 * MS);
	assert_int_equal(count, 0);
	free(tones);
}

static void three_cycles_are_a_tone(void **state)
{
	scene_begin(&scene);
	scene_tone(&scene, 100 * MS, 1 * MS, 3);
	find(1000 * MS);
	assert_int_equal(count, 1);
	assert_int_equal(tones[0].end, 103 * MS);
	free(tones);
}

static void a_tone_is_cut_at_the_window(void **state)
{
	struct error err;

	scene_begin(&scene);
	scene_tone(&scene, 0, 1 * MS, 50);
	scene_open(&scene, 50 * MS);
	assert_int_equal(tones_find(&tones, &count, &scene.rec, PIN,
				    (struct window){ 9 * MS, 30 * MS + 700000 }, &err),
			 0);
	assert_int_equal(count, 1);
	assert_int_equal(tones[0].start, 9 * MS);
	assert_int_equal(tones[0].end, 30 * MS + 700000);
	free(tones);
	scene_close(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_tone_has_start_end_and_frequency),
		cmocka_unit_test(a_pause_parts_two_tones),
		cmocka_unit_test(a_change_of_frequency_parts_two_tones),
		cmocka_unit_test(a_late_edge_does_not_part_a_tone),
		cmocka_unit_test(slow_blinking_and_single_pulses_are_no_tones),
		cmocka_unit_test(three_cycles_are_a_tone),
		cmocka_unit_test(a_tone_is_cut_at_the_window),
	};

	return cmocka_run_group_tests_name("pins/tones", tests, NULL, NULL);
}
