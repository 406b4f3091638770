// SPDX-License-Identifier: GPL-2.0-only
/*
 * Class sensor in the user port: who reads gets each channel's value when it has been converted,
 * one after the other; a stream's samples come in order with the times at which the device took
 * them; limits are told once; and nobody waits for a sensor that has failed or gone.
 */
#include "test.h"

#include <user.h>

#include <ferry-sim/sensor.h>
#include <ferry/sensor.h>

#include "../../../apps/selftest/drivers/climate.c"
#define channels    motion_channels
#define ops	    motion_ops
#define HUMIDITY    MOTION_HUMIDITY
#define TEMPERATURE MOTION_TEMPERATURE
#include "../../../apps/selftest/drivers/motion.c"
#undef channels
#undef ops
#undef TEMPERATURE

static struct ferry_sim *sim;
static struct ferry_sim_device *dev;

static int with_climate(void **state)
{
	sim = ferry_sim_new();
	dev = ferry_sim_add(sim, &fy_driver_climate, "climate", NULL);
	assert_int_equal(ferry_sim_probe(sim), 0);
	return 0;
}

static int with_motion(void **state)
{
	sim = ferry_sim_new();
	dev = ferry_sim_add(sim, &fy_driver_motion, "motion", NULL);
	assert_int_equal(ferry_sim_probe(sim), 0);
	return 0;
}

static int end(void **state)
{
	end_world(sim);
	return 0;
}

/* ---- Reading. ---- */

static void a_value_comes_when_it_is_converted_and_not_before(void **state)
{
	int32_t values[32] = { 0 };

	assert_int_equal(ferry_sim_sensor_read(dev, 1, values, 19 * MS), FY_ERR_TIMEOUT);
	assert_int_equal(ferry_sim_now(sim), 19 * MS);
	assert_int_equal(ferry_sim_sensor_read(dev, 1, values, SECOND), 0);
	assert_int_equal(ferry_sim_now(sim), 39 * MS);
	assert_int_equal(values[0], 0x1580);
	assert_int_equal(ferry_sim_sensor_read(dev, 3, values, SECOND), 0);
	assert_int_equal(ferry_sim_now(sim), 79 * MS);
	assert_int_equal(values[0], 0x1590);
	assert_int_equal(values[1], 30000);
}

static void raw_numbers_become_units(void **state)
{
	static const struct fy_sensor_channel big = { .kind = FY_SENSOR_PRESSURE,
						      .scale = 0x7fffffff },
					      third = { .kind = FY_SENSOR_DISTANCE,
							.scale = 1,
							.divisor = 3 };
	int64_t micro;

	assert_int_equal(ferry_sim_sensor_micro(dev, 0, &micro, SECOND), 0);
	assert_int_equal(micro, 21500000);
	assert_int_equal(ferry_sim_sensor_micro(dev, 1, &micro, SECOND), 0);
	assert_int_equal(micro, 51219940); /* (30000 - 3146) * 125 / 65536 */
	assert_int_equal(fy_sensor_micro(&channels[0], -0x1580), -21500000);
	assert_int_equal(fy_sensor_micro(&channels[0], -1), -3906);
	assert_int_equal(fy_sensor_micro(&third, 2), 666667);
	assert_int_equal(fy_sensor_micro(&third, -2), -666667);
	assert_int_equal(fy_sensor_micro(&big, -4000), -8589934588000000000);
}

struct reader {
	struct fy_sensor_reader reader;
	unsigned ended;
	uint64_t at;
};

static void reader_ended(void *arg, struct fy_sensor_reader *reader)
{
	struct reader *r = arg;

	r->ended++;
	r->at = ferry_sim_now(sim);
}

/* The test knows the driver's struct, and is an outlet like the shell. */
static struct fy_sensor *the_sensor(void)
{
	return &((struct climate *)ferry_sim_state(dev))->sensor;
}

static void start(struct reader *r, uint32_t wanted)
{
	*r = (struct reader){ .reader = { .channels = wanted, .ended = reader_ended, .arg = r } };
	assert_int_equal(user_sensor_read(the_sensor(), &r->reader), 0);
}

static void readers_take_turns(void **state)
{
	struct reader r[3];

	for (unsigned i = 0; i < 3; i++)
		start(&r[i], i == 1 ? 3 : 1);
	ferry_sim_run_for(sim, SECOND);
	for (unsigned i = 0; i < 3; i++) {
		assert_int_equal(r[i].ended, 1);
		assert_int_equal(r[i].reader.error, 0);
	}
	assert_int_equal(r[0].at, 20 * MS);
	assert_int_equal(r[1].at, 60 * MS);
	assert_int_equal(r[2].at, 80 * MS);
	assert_int_equal(r[2].reader.time, 80 * MS);
	assert_int_equal(r[2].reader.value[0], 0x15a0);
}

static void who_waits_no_longer_is_not_called_and_the_next_has_its_turn(void **state)
{
	struct reader first, second, third;

	start(&first, 1);
	start(&second, 1);
	start(&third, 1);
	ferry_sim_run_for(sim, 10 * MS);
	user_sensor_cancel(the_sensor(), &first.reader);
	user_sensor_cancel(the_sensor(), &second.reader);
	user_sensor_cancel(the_sensor(), &second.reader);
	ferry_sim_run_for(sim, SECOND);
	assert_int_equal(first.ended + second.ended, 0);
	assert_int_equal(third.ended, 1);
	assert_int_equal(third.at, 30 * MS);
}

static void a_failure_is_told_and_the_next_measurement_works(void **state)
{
	int32_t values[32];

	for (unsigned i = 0; i < 99; i++)
		assert_int_equal(ferry_sim_sensor_read(dev, 1, values, SECOND), 0);
	assert_int_equal(ferry_sim_sensor_read(dev, 1, values, SECOND), FY_ERR_IO);
	assert_int_equal(ferry_sim_sensor_read(dev, 1, values, SECOND), 0);
	assert_int_equal(values[0], 0x1580 + 16 * 100);
}

static void channels_that_there_are_not_are_refused(void **state)
{
	int32_t values[32];

	assert_int_equal(ferry_sim_sensor_channels(dev), 2);
	assert_int_equal(ferry_sim_sensor_read(dev, 0, values, SECOND), FY_ERR_INVALID);
	assert_int_equal(ferry_sim_sensor_read(dev, 4, values, SECOND), FY_ERR_INVALID);
	assert_int_equal(ferry_sim_sensor_stream(dev, 1), FY_ERR_UNSUPPORTED);
	assert_int_equal(ferry_sim_sensor_rate(dev), FY_ERR_UNSUPPORTED);
}

static void a_sensor_that_goes_lets_go_of_who_waits(void **state)
{
	struct reader first, second;

	start(&first, 1);
	start(&second, 1);
	ferry_sim_run_for(sim, 10 * MS);
	ferry_sim_remove(dev);
	assert_int_equal(first.ended, 1);
	assert_int_equal(first.reader.error, FY_ERR_GONE);
	assert_int_equal(second.ended, 1);
	assert_int_equal(second.reader.error, FY_ERR_GONE);
	ferry_sim_run_for(sim, SECOND);
	assert_int_equal(first.ended + second.ended, 2);
	assert_int_equal(ferry_sim_sensor_channels(dev), FY_ERR_NOT_FOUND);
}

/* ---- Limits. ---- */

static void a_limit_is_told_once_until_the_value_has_come_back(void **state)
{
	const struct ferry_sim_sensor_event *events;
	int32_t values[32], value, hysteresis;
	bool enabled;

	assert_int_equal(ferry_sim_sensor_threshold(dev, 0, FY_SENSOR_ABOVE, &enabled, &value,
						    &hysteresis),
			 0);
	assert_int_equal(enabled, true);
	assert_int_equal(value, 80 * 256);
	assert_int_equal(hysteresis, 5 * 256);
	assert_int_equal(ferry_sim_sensor_set_threshold(dev, 0, FY_SENSOR_ABOVE, true, 0x1590, 16),
			 0);
	assert_int_equal(ferry_sim_sensor_record(dev), 0);
	for (unsigned i = 0; i < 4; i++)
		assert_int_equal(ferry_sim_sensor_read(dev, 1, values, SECOND), 0);
	assert_int_equal(ferry_sim_sensor_events(dev, &events), 1);
	assert_int_equal(events[0].channel, 0);
	assert_int_equal(events[0].limit, FY_SENSOR_ABOVE);
	assert_int_equal(events[0].time, 60 * MS);
}

static void a_limit_that_there_is_not_or_cannot_be_is_refused(void **state)
{
	assert_int_equal(ferry_sim_sensor_set_threshold(dev, 0, FY_SENSOR_BELOW, true, 0, 0),
			 FY_ERR_UNSUPPORTED);
	assert_int_equal(ferry_sim_sensor_set_threshold(dev, 1, FY_SENSOR_ABOVE, true, 0, 0),
			 FY_ERR_UNSUPPORTED);
	assert_int_equal(ferry_sim_sensor_set_threshold(dev, 9, FY_SENSOR_ABOVE, true, 0, 0),
			 FY_ERR_UNSUPPORTED);
	assert_int_equal(ferry_sim_sensor_set_threshold(dev, 0, FY_SENSOR_ABOVE, true, 0, -1),
			 FY_ERR_INVALID);
	assert_int_equal(ferry_sim_sensor_set_threshold(dev, 0, FY_SENSOR_ABOVE, true, 0x8000, 0),
			 FY_ERR_INVALID);
}

/* ---- Streams. ---- */

static void a_stream_loses_no_sample_no_order_and_no_time(void **state)
{
	const struct ferry_sim_sample *samples;
	size_t count;

	assert_int_equal(ferry_sim_sensor_record(dev), 0);
	assert_int_equal(ferry_sim_sensor_stream(dev, 0x7), 0);
	ferry_sim_run_for(sim, 125 * MS);
	assert_int_equal(ferry_sim_sensor_stop(dev), 0);
	count = ferry_sim_sensor_samples(dev, &samples);
	/* 100 Hz: 12 samples, in 3 lots of 4 */
	assert_int_equal(count, 12);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(samples[i].channels, 0x7);
		assert_int_equal(samples[i].value[0], i + 1);
		assert_int_equal(samples[i].value[2], 3 * (i + 1));
		assert_int_equal(samples[i].time, (i + 1) * 10 * MS);
		assert_int_equal(samples[i].told, (i / 4 + 1) * 40 * MS);
	}
	ferry_sim_run_for(sim, SECOND);
	assert_int_equal(ferry_sim_sensor_samples(dev, &samples), 12);
}

static void a_rate_is_one_of_the_devices_and_not_changed_in_a_stream(void **state)
{
	const struct ferry_sim_sample *samples;

	assert_int_equal(ferry_sim_sensor_rate(dev), 1);
	assert_int_equal(ferry_sim_sensor_set_rate(dev, 3), FY_ERR_INVALID);
	assert_int_equal(ferry_sim_sensor_set_rate(dev, 2), 0);
	assert_int_equal(ferry_sim_sensor_rate(dev), 2);
	assert_int_equal(ferry_sim_sensor_record(dev), 0);
	assert_int_equal(ferry_sim_sensor_stream(dev, 0x9), 0);
	assert_int_equal(ferry_sim_sensor_stream(dev, 0x9), FY_ERR_BUSY);
	assert_int_equal(ferry_sim_sensor_set_rate(dev, 0), FY_ERR_BUSY);
	ferry_sim_run_for(sim, 10 * MS);
	assert_int_equal(ferry_sim_sensor_samples(dev, &samples), 4);
	assert_int_equal(samples[3].time, 10 * MS);
	assert_int_equal(samples[3].value[3], 4);
}

static void a_reader_in_a_stream_has_its_next_sample(void **state)
{
	int32_t values[32] = { 0 };

	assert_int_equal(ferry_sim_sensor_stream(dev, 0x3), 0);
	ferry_sim_run_for(sim, 45 * MS);
	assert_int_equal(ferry_sim_sensor_read(dev, 0x2, values, SECOND), 0);
	assert_int_equal(values[1], 2 * 5);
	assert_int_equal(ferry_sim_now(sim), 80 * MS);
	assert_int_equal(ferry_sim_sensor_read(dev, 0x4, values, SECOND), FY_ERR_BUSY);
	assert_int_equal(ferry_sim_sensor_stop(dev), 0);
	assert_int_equal(ferry_sim_sensor_read(dev, 0x4, values, SECOND), 0);
	assert_int_equal(ferry_sim_now(sim), 90 * MS);
}

static void a_stream_ends_with_its_sensor(void **state)
{
	assert_int_equal(ferry_sim_sensor_stream(dev, 0x3), 0);
	ferry_sim_run_for(sim, 45 * MS);
	ferry_sim_remove(dev);
	assert_int_equal(ferry_sim_timer_due(dev), FERRY_SIM_NEVER);
	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_int_equal(ferry_sim_sensor_stream(dev, 0x3), 0);
}

/* ---- Offers. ---- */

static int offer_wrong(struct fy_device *device)
{
	static const struct fy_sensor_channel wrong[] = {
		{ .kind = FY_SENSOR_KINDS, .scale = 1 },
		{ .kind = FY_SENSOR_POWER },
		{ .kind = FY_SENSOR_POWER, .scale = 1, .divisor = 0x80000000 },
		{ .kind = FY_SENSOR_POWER, .scale = 1, .limits = FY_SENSOR_ABOVE },
		{ .kind = FY_SENSOR_POWER, .scale = 1, .axis = (enum fy_sensor_axis)4 },
	};
	static const struct fy_sensor_ops some = { .start = climate_start };
	static struct fy_sensor sensor;

	for (unsigned i = 0; i < 5; i++)
		assert_int_equal(fy_sensor_offer(device, &sensor, &wrong[i], 1, &some),
				 FY_ERR_INVALID);
	assert_int_equal(fy_sensor_offer(device, &sensor, wrong, 0, &some), FY_ERR_INVALID);
	assert_int_equal(fy_sensor_offer(device, &sensor, wrong, 33, &some), FY_ERR_INVALID);
	return 0;
}
TEST_DRIVER(offer_wrong);

static void wrong_channels_are_refused(void **state)
{
	sim = ferry_sim_new();
	assert_non_null(ferry_sim_add(sim, &driver_offer_wrong, "wrong", NULL));
	assert_int_equal(ferry_sim_probe(sim), 0);
	end_world(sim);
}

static void a_refused_offer_is_undone(void **state)
{
	sim = ferry_sim_new();
	dev = ferry_sim_add(sim, &fy_driver_climate, "climate", NULL);
	ferry_sim_refuse(dev, FERRY_SIM_SENSOR_OFFER, 0, FY_ERR_NO_MEMORY);
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_NO_MEMORY);
	end_world(sim);
}

#define CLIMATE(f) cmocka_unit_test_setup_teardown(f, with_climate, end)
#define MOTION(f)  cmocka_unit_test_setup_teardown(f, with_motion, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLIMATE(a_value_comes_when_it_is_converted_and_not_before),
		CLIMATE(raw_numbers_become_units),
		CLIMATE(readers_take_turns),
		CLIMATE(who_waits_no_longer_is_not_called_and_the_next_has_its_turn),
		CLIMATE(a_failure_is_told_and_the_next_measurement_works),
		CLIMATE(channels_that_there_are_not_are_refused),
		CLIMATE(a_sensor_that_goes_lets_go_of_who_waits),
		CLIMATE(a_limit_is_told_once_until_the_value_has_come_back),
		CLIMATE(a_limit_that_there_is_not_or_cannot_be_is_refused),
		MOTION(a_stream_loses_no_sample_no_order_and_no_time),
		MOTION(a_rate_is_one_of_the_devices_and_not_changed_in_a_stream),
		MOTION(a_reader_in_a_stream_has_its_next_sample),
		MOTION(a_stream_ends_with_its_sensor),
		cmocka_unit_test(wrong_channels_are_refused),
		cmocka_unit_test(a_refused_offer_is_undone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
