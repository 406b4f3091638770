// SPDX-License-Identifier: GPL-2.0-only
/*
 * A stream's writers wait for room, keep their sessions apart, and see what they wrote at the pin
 * in time; with the beeper, on a model of a Raspberry Pi's pins.
 */
#include "test.h"

#define SPEAKER 17

static struct ferry_sim *sim;
static struct ferry_sim_device *gpio, *beeper;
static struct ferry_sim_writer *writer;

static int setup(void **state)
{
	sim = ferry_sim_new();
	gpio = ferry_sim_add(sim, &fy_driver_bcm2835_gpio, "gpio", "bcm2835-gpio");
	beeper = ferry_sim_add(sim, &fy_driver_beeper, "beeper", NULL);
	ferry_sim_set_pin(beeper, "speaker", "gpio", SPEAKER, false);
	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_int_equal(ferry_sim_record(gpio, SPEAKER), 0);
	writer = ferry_sim_open(sim, "beeper");
	assert_non_null(writer);
	return 0;
}

static int teardown(void **state)
{
	end_world(sim);
	return 0;
}

static void a_tone_is_at_the_pin_with_each_edge_in_time(void **state)
{
	const struct ferry_sim_edge *edges;
	size_t count;

	assert_int_equal(ferry_sim_put(writer, "t440 500000\n", 0), 0);
	assert_false(ferry_sim_drained(writer));
	assert_int_equal(ferry_sim_drain(writer, SECOND), 0);
	assert_int_equal(ferry_sim_now(sim), SECOND / 2);
	count = ferry_sim_edges(gpio, SPEAKER, &edges);
	assert_int_equal(count, 440);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(edges[i].time, i * (SECOND / 2 / 440));
		assert_int_equal(edges[i].level, i % 2 == 0);
	}
}

static void what_has_no_room_waits_until_it_has(void **state)
{
	const struct ferry_sim_edge *edges;
	char text[8000] = "";

	/* 700 tones of 10 ms, more than the queue holds. */
	for (unsigned i = 0; i < 700; i++)
		strcat(text, "t100 10000\n");
	assert_int_equal(ferry_sim_put(writer, text, SECOND), FY_ERR_TIMEOUT);
	assert_int_equal(ferry_sim_now(sim), SECOND);
	ferry_sim_cancel(writer);
	assert_int_equal(ferry_sim_level(gpio, SPEAKER), 0);
	assert_true(ferry_sim_drained(writer));

	assert_int_equal(ferry_sim_record(gpio, SPEAKER), 0);
	assert_int_equal(ferry_sim_put(writer, text, 10 * SECOND), 0);
	assert_int_equal(ferry_sim_drain(writer, 10 * SECOND), 0);
	assert_int_equal(ferry_sim_now(sim), 8 * SECOND);
	assert_int_equal(ferry_sim_edges(gpio, SPEAKER, &edges), 1400);
}

static void a_bad_line_comes_back_with_its_column(void **state)
{
	assert_int_equal(ferry_sim_put(writer, "t0 1\n", SECOND), FY_ERR_INVALID);
	assert_string_equal(ferry_sim_last_log(sim),
			    "column 2: expected a frequency, 1 to 20000 Hz: t0 1");
	assert_int_equal(ferry_sim_log_line(sim, ferry_sim_log_count(sim) - 1)->level, 'w');
	assert_string_equal(ferry_sim_log_line(sim, ferry_sim_log_count(sim) - 1)->device,
			    "beeper");
}

static void writers_have_sessions_of_their_own(void **state)
{
	struct ferry_sim_writer *other = ferry_sim_open(sim, "beeper");

	assert_int_equal(ferry_sim_write(writer, "t100", 4), 4);
	assert_int_equal(ferry_sim_write(other, "p500\n", 5), 5);
	assert_int_equal(ferry_sim_write(writer, "0 10000\n", 8), 8);
	ferry_sim_close(other);
	assert_int_equal(ferry_sim_drain(writer, SECOND), 0);
	assert_int_equal(ferry_sim_now(sim), 10 * MS + 500 * FERRY_SIM_US);
	assert_null(ferry_sim_open(sim, "speaker"));
}

static void a_writer_of_a_driver_that_goes_is_told(void **state)
{
	assert_int_equal(ferry_sim_put(writer, "t100 10000000\n", 0), 0);
	ferry_sim_run_for(sim, 12 * MS);
	assert_int_equal(ferry_sim_level(gpio, SPEAKER), 1);
	ferry_sim_remove(beeper);
	assert_int_equal(ferry_sim_level(gpio, SPEAKER), 0);
	assert_int_equal(ferry_sim_write(writer, "p1\n", 3), FY_ERR_GONE);
	assert_true(ferry_sim_drained(writer));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_tone_is_at_the_pin_with_each_edge_in_time),
		TEST(what_has_no_room_waits_until_it_has),
		TEST(a_bad_line_comes_back_with_its_column),
		TEST(writers_have_sessions_of_their_own),
		TEST(a_writer_of_a_driver_that_goes_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
