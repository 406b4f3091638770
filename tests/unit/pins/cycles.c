// SPDX-License-Identifier: GPL-2.0-only
/*
 * A pin's cycles go from rise to rise and end where it is let go, and the busy part of a recording
 * is found.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "edges.h"
#include "pins/cycles.h"

static struct scene scene;

static void expect_cycles(struct window window, const struct cycle *want, size_t count)
{
	struct cycles cycles;
	struct cycle cycle;

	cycles_begin(&cycles, &scene.rec, PIN, window);
	for (size_t i = 0; i < count; i++) {
		assert_true(cycles_next(&cycles, &cycle));
		assert_int_equal(cycle.rise, want[i].rise);
		assert_int_equal(cycle.high, want[i].high);
		assert_int_equal(cycle.period, want[i].period);
	}
	assert_false(cycles_next(&cycles, &cycle));
}

static void cycles_go_from_rise_to_rise(void **state)
{
	static const struct cycle want[] = { { 100, 50, 100 }, { 200, 50, 100 }, { 300, 50, 0 } };

	scene_begin(&scene);
	scene_tone(&scene, 100, 100, 3);
	scene_open(&scene, 1000);
	expect_cycles((struct window){ 0, 1000 }, want, 3);
	expect_cycles((struct window){ 101, 1000 }, want + 1, 2);
	expect_cycles((struct window){ 0, 149 }, want,
		      0); /* no fall yet: how long it is high is not known */
	scene_close(&scene);
}

/* What is not driven ends a cycle: no period is known across it. */
static void a_cycle_ends_where_the_pin_is_let_go(void **state)
{
	static const struct cycle want[] = { { 10, 5, 0 }, { 40, 5, 0 }, { 60, 10, 0 } };

	scene_begin(&scene);
	scene_edge(&scene, 10, PIN, PIN_HIGH);
	scene_edge(&scene, 15, PIN, PIN_LOW);
	scene_edge(&scene, 20, PIN, PIN_FLOATING);
	scene_edge(&scene, 40, PIN, PIN_HIGH);
	scene_edge(&scene, 45, PIN, PIN_OTHER);
	scene_edge(&scene, 60, PIN, PIN_HIGH);
	scene_edge(&scene, 70, PIN, PIN_LOW);
	scene_open(&scene, 100);
	expect_cycles((struct window){ 0, 100 }, want, 3);
	scene_close(&scene);
}

static void the_state_at_the_windows_start_is_known(void **state)
{
	struct pin_walk walk;
	struct edge edge;

	scene_begin(&scene);
	scene_tone(&scene, 100, 100, 2);
	scene_open(&scene, 1000);
	pin_walk_begin(&walk, &scene.rec, PIN, (struct window){ 120, 210 });
	assert_int_equal(walk.state, PIN_HIGH);
	assert_true(pin_walk_next(&walk, &edge));
	assert_int_equal(edge.time, 150);
	assert_true(pin_walk_next(&walk, &edge));
	assert_int_equal(edge.time, 200);
	assert_false(pin_walk_next(&walk, &edge));
	scene_close(&scene);
}

static void the_busy_window_has_the_edges_and_a_margin(void **state)
{
	struct window window;

	scene_begin(&scene);
	scene_edge(&scene, 5 * MS, 47,
		   PIN_LOW); /* becomes an output that is low: nothing happened yet */
	scene_edge(&scene, 1000 * MS, 47, PIN_HIGH);
	scene_edge(&scene, 1040 * MS, 47, PIN_LOW);
	scene_open(&scene, 5000 * MS);
	window = busy_window(&scene.rec, UINT64_C(1) << 47);
	assert_int_equal(window.from, 999 * MS);
	assert_int_equal(window.to, 1041 * MS);
	window = busy_window(&scene.rec, UINT64_C(1) << PIN);
	assert_int_equal(window.from, 0);
	assert_int_equal(window.to, 5000 * MS);
	scene_close(&scene);
}

/* A UART's pins change their function when a kernel boots; that is not what a user looks for. */
static void pins_with_levels_are_busier_than_others(void **state)
{
	scene_begin(&scene);
	scene_edge(&scene, 5, 14, PIN_OTHER);
	scene_edge(&scene, 6, 20, PIN_LOW);
	scene_open(&scene, 100);
	assert_int_equal(busy_pins(&scene.rec), UINT64_C(1) << 14 | UINT64_C(1) << 20);
	scene_close(&scene);
	scene_edge(&scene, 7, 20, PIN_HIGH);
	scene_open(&scene, 100);
	assert_int_equal(busy_pins(&scene.rec), UINT64_C(1) << 20);
	scene_close(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cycles_go_from_rise_to_rise),
		cmocka_unit_test(a_cycle_ends_where_the_pin_is_let_go),
		cmocka_unit_test(the_state_at_the_windows_start_is_known),
		cmocka_unit_test(the_busy_window_has_the_edges_and_a_margin),
		cmocka_unit_test(pins_with_levels_are_busier_than_others),
	};

	return cmocka_run_group_tests_name("pins/cycles", tests, NULL, NULL);
}
