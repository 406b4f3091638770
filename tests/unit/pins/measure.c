// SPDX-License-Identifier: GPL-2.0-only
/* Square waves whose every number is known are measured exactly. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "edges.h"
#include "pins/measure.h"

static struct scene scene;
static struct measurement m;

static void measure_all(uint64_t end)
{
	scene_open(&scene, end);
	measure(&m, &scene.rec, PIN, (struct window){ 0, end });
	scene_close(&scene);
}

static void a_square_wave_is_measured_exactly(void **state)
{
	scene_begin(&scene);
	scene_tone(&scene, 1 * MS, 1 * MS, 100);
	measure_all(200 * MS);
	assert_int_equal(m.edges, 200);
	assert_int_equal(m.high, 50 * MS);
	assert_int_equal(m.low, 150 * MS);
	assert_int_equal(m.undriven, 0);
	assert_int_equal(m.first, PIN_LOW);
	assert_int_equal(m.last, PIN_LOW);
	assert_int_equal(m.periods.count, 99);
	assert_float_equal(m.periods.mean, 1e6, 0);
	assert_float_equal(m.periods.deviation, 0, 0);
	assert_float_equal(m.periods.duty, 0.5, 1e-12);
}

static void duty_and_jitter_are_measured(void **state)
{
	scene_begin(&scene);
	for (uint64_t i = 0; i < 101; i++) { /* periods of 900 and 1100 in turn, 300 of them high */
		uint64_t rise = 5000 + i * 1000 + i % 2 * 100;

		scene_edge(&scene, rise, PIN, PIN_HIGH);
		scene_edge(&scene, rise + 300, PIN, PIN_LOW);
	}
	measure_all(200000);
	assert_int_equal(m.periods.count, 100);
	assert_float_equal(m.periods.mean, 1000, 1e-9);
	assert_float_equal(m.periods.deviation, 100, 1e-9);
	assert_int_equal(m.periods.min, 900);
	assert_int_equal(m.periods.max, 1100);
	assert_float_equal(m.periods.duty, 0.3, 1e-9);
}

static void pauses_between_bursts_do_not_count(void **state)
{
	uint64_t t = 0;

	scene_begin(&scene);
	for (int burst = 0; burst < 5; burst++)
		t = scene_tone(&scene, t + 70 * MS, 1 * MS, 20);
	measure_all(t + MS);
	assert_int_equal(m.periods.count, 5 * 19);
	assert_float_equal(m.periods.mean, 1e6, 0);
}

static void time_without_a_level_is_told_apart(void **state)
{
	scene_begin(&scene);
	scene_edge(&scene, 100, PIN, PIN_HIGH);
	scene_edge(&scene, 300, PIN, PIN_FLOATING);
	scene_edge(&scene, 600, PIN, PIN_HIGH);
	measure_all(1000);
	assert_int_equal(m.edges, 1);
	assert_int_equal(m.low, 100);
	assert_int_equal(m.high, 600);
	assert_int_equal(m.undriven, 300);
	assert_int_equal(m.periods.count, 0);
}

static void a_window_leaves_out_what_is_outside(void **state)
{
	scene_begin(&scene);
	scene_tone(&scene, 0, 1000, 10);
	scene_open(&scene, 20000);
	measure(&m, &scene.rec, PIN, (struct window){ 2100, 4600 });
	assert_int_equal(m.first, PIN_HIGH);
	assert_int_equal(m.last, PIN_LOW);
	assert_int_equal(m.edges, 5);
	assert_int_equal(m.high + m.low, 2500);
	assert_int_equal(m.periods.count, 1);
	scene_close(&scene);
}

static void another_pin_does_not_matter(void **state)
{
	scene_begin(&scene);
	scene_edge(&scene, 10, 47, PIN_LOW);
	scene_edge(&scene, 20, 47, PIN_HIGH);
	measure_all(100);
	assert_int_equal(m.edges, 0);
	assert_int_equal(m.low, 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_square_wave_is_measured_exactly),
		cmocka_unit_test(duty_and_jitter_are_measured),
		cmocka_unit_test(pauses_between_bursts_do_not_count),
		cmocka_unit_test(time_without_a_level_is_told_apart),
		cmocka_unit_test(a_window_leaves_out_what_is_outside),
		cmocka_unit_test(another_pin_does_not_matter),
	};

	return cmocka_run_group_tests_name("pins/measure", tests, NULL, NULL);
}
