// SPDX-License-Identifier: GPL-2.0-only
/*
 * drivers/dht22.c reads a DHT22 on one pin (tests/drivers/dht22-line.c): its values are those that
 * the sensor sends, also when interrupts are late; what goes wrong is an error; and it asks no more
 * often than the datasheet allows.
 */
#include "../user/test.h"

#include <ferry-sim/sensor.h>

#include "../../drivers/dht22-line.c"
#undef US

extern const struct fy_driver fy_driver_dht22;

#define LIMIT (5 * SECOND)

static struct ferry_sim *sim;
static struct ferry_sim_device *line, *dht22;

static int setup(void **state)
{
	sim = ferry_sim_new();
	line = ferry_sim_add(sim, &fy_driver_dht22_line, "line", NULL);
	dht22 = ferry_sim_add(sim, &fy_driver_dht22, "dht22", NULL);
	ferry_sim_set_pin(dht22, "data", "line", 0, false);
	assert_int_equal(ferry_sim_probe(sim), 0);
	return 0;
}

static int teardown(void **state)
{
	end_world(sim);
	return 0;
}

static void expect(int wanted, int temperature, int humidity)
{
	int32_t values[2] = { 9999, 9999 };

	assert_int_equal(ferry_sim_sensor_read(dht22, 3, values, LIMIT), wanted);
	if (wanted)
		return;
	assert_int_equal(values[0], temperature);
	assert_int_equal(values[1], humidity);
}

static void each_value_is_what_the_sensor_sent(void **state)
{
	int64_t micro;

	expect(0, 351, 652);
	expect(0, -101, 1000);
	expect(0, 0, 0);
	expect(FY_ERR_IO, 0, 0);
	expect(FY_ERR_TIMEOUT, 0, 0);
	expect(FY_ERR_IO, 0, 0);
	expect(0, 1250, 455);
	expect(0, -400, 999);
	assert_int_equal(ferry_sim_sensor_micro(dht22, 0, &micro, LIMIT), 0);
	assert_int_equal(micro, 35100000);
}

static void it_is_asked_every_two_seconds_at_most(void **state)
{
	uint64_t begin;

	/* Not before it is ready after power-on. */
	expect(0, 351, 652);
	assert_true(ferry_sim_now(sim) >= 2 * SECOND);
	begin = ferry_sim_now(sim);
	expect(0, -101, 1000);
	assert_in_range(ferry_sim_now(sim) - begin, 2 * SECOND, 2 * SECOND + 10 * MS);
	ferry_sim_run_for(sim, 10 * SECOND);
	begin = ferry_sim_now(sim);
	expect(0, 0, 0);
	assert_in_range(ferry_sim_now(sim) - begin, 4 * MS, 10 * MS);
}

/* The values are of the measurement that the last reading started. */
static void a_sample_has_the_time_of_the_reading_before(void **state)
{
	const struct ferry_sim_sample *samples;
	uint64_t first;

	assert_int_equal(ferry_sim_sensor_record(dht22), 0);
	expect(0, 351, 652);
	first = ferry_sim_now(sim);
	ferry_sim_run_for(sim, 10 * SECOND);
	expect(0, -101, 1000);
	assert_int_equal(ferry_sim_sensor_samples(dht22, &samples), 2);
	assert_in_range(samples[1].time, first - 10 * MS, first);
}

static void interrupts_may_be_late(void **state)
{
	/* The model's timers are late, too, each by as much: the bits get longer by 20 us twice. */
	ferry_sim_delay_timers(sim, 20 * FERRY_SIM_US);
	expect(0, 351, 652);
	ferry_sim_delay_timers(sim, 0);
}

static void it_can_be_removed_while_it_reads(void **state)
{
	assert_int_equal(ferry_sim_sensor_read(dht22, 3, (int32_t[2]){ 0 }, 2 * SECOND + 2 * MS),
			 FY_ERR_TIMEOUT);
	ferry_sim_remove(dht22);
	ferry_sim_run_for(sim, SECOND);
	assert_int_equal(ferry_sim_probe(sim), 0);
	expect(0, -101, 1000);
}

static void a_pin_that_is_not_there_defers(void **state)
{
	struct ferry_sim_device *other = ferry_sim_add(sim, &fy_driver_dht22, "other", NULL);

	assert_int_equal(ferry_sim_probe(sim), FY_ERR_NOT_FOUND);
	assert_false(ferry_sim_is_running(other));
	assert_string_equal(ferry_sim_last_log(sim),
			    "cannot have its pin (data-gpios): FY_ERR_NOT_FOUND");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		TEST(each_value_is_what_the_sensor_sent),
		TEST(it_is_asked_every_two_seconds_at_most),
		TEST(a_sample_has_the_time_of_the_reading_before),
		TEST(interrupts_may_be_late),
		TEST(it_can_be_removed_while_it_reads),
		TEST(a_pin_that_is_not_there_defers),
#undef TEST
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
