// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * Sensors: a measurement takes the time that it takes, and not the app's; samples of a device's
 * FIFO come in order with their times; a limit that is passed is told.
 */
#include <ferry/app-sensor.h>

#include "tap.h"

#define SAMPLES 8

static struct {
	volatile unsigned count;
	uint64_t time[SAMPLES];
	int32_t x[SAMPLES];
	bool wrong;
} seen;

static void sample(void *arg, uint64_t time, uint32_t channels, const int32_t *values)
{
	(void)arg;
	if (seen.count < SAMPLES) {
		seen.time[seen.count] = time;
		seen.x[seen.count] = values[0];
	}
	seen.wrong |= channels != 3 || values[1] != 2 * values[0];
	seen.count++;
}

static void test_stream(void)
{
	unsigned far = 0, apart = 0;

	tap_is_int("a sensor with a clock of its own samples by it",
		   fy_sensor_stream("motion", 3, sample, NULL), 0);
	tap_is_int("for one user", fy_sensor_stream("motion", 3, sample, NULL), FY_ERR_BUSY);
	while (seen.count < SAMPLES)
		fy_wait();
	tap_is_int("until that is over", fy_sensor_stream("motion", 0, NULL, NULL), 0);
	for (unsigned i = 1; i < SAMPLES; i++) {
		apart += seen.x[i] != seen.x[i - 1] + 1;
		far += seen.time[i] - seen.time[i - 1] != 10 * FY_NS_PER_MS;
	}
	tap_is("each sample has the channels that were asked for", seen.wrong, false);
	tap_is("they come in order, and none is missing", apart, 0);
	tap_is("each with the time that it is of", far, 0);
	tap_is_int("one that has no clock is not asked to",
		   fy_sensor_stream("climate", 1, sample, NULL), FY_ERR_UNSUPPORTED);
}

static void note(void *arg, struct fy_sensor_reader *reader)
{
	(void)reader;
	*(volatile bool *)arg = true;
}

static void test_begin(void)
{
	volatile bool over = false;
	struct fy_sensor_reader reader = { .channels = 1, .ended = note, .arg = (void *)&over },
				other = { .channels = 2, .ended = note };
	uint64_t start = fy_now_ns();

	tap_is_int("a measurement is begun", fy_sensor_begin("climate", &reader), 0);
	tap_is("which takes the app no time", over || fy_now_ns() - start >= 20 * FY_NS_PER_MS,
	       false);
	tap_is_int("one at a time", fy_sensor_begin("climate", &other), FY_ERR_BUSY);
	while (!over)
		fy_wait();
	tap_is_int("it ends", reader.error, 0);
	tap_in("when the sensor has converted", reader.time - start, 20 * FY_NS_PER_MS,
	       40 * FY_NS_PER_MS);
}

static void passed(void *arg, unsigned channel, enum fy_sensor_limit limit, uint64_t time)
{
	(void)time;
	*(unsigned *)arg += channel == 0 && limit == FY_SENSOR_ABOVE;
}

static void test_limit(void)
{
	static const struct fy_sensor_threshold low = { true, 0, 0 };
	struct fy_sensor *sensor = fy_sensor_find("climate");
	unsigned events = 0;
	int64_t micro;

	tap_is_int("a limit is watched", fy_sensor_watch("climate", passed, &events), 0);
	tap_is_int("and set", sensor->ops->set_threshold(sensor->dev, 0, FY_SENSOR_ABOVE, &low), 0);
	fy_sensor_read("climate", 0, &micro);
	fy_sensor_read("climate", 0, &micro);
	tap_is("once it is told", events, 1);
	fy_sensor_watch("climate", NULL, NULL);
}

void test_sensor(void)
{
	char decimal[FY_SENSOR_DECIMAL];
	int64_t micro = 0;

	tap_is_int("a sensor is read", fy_sensor_read("climate", 0, &micro), 0);
	tap_is("in millionths of a degree", (uint64_t)micro, 21500000);
	tap_is_int("which it prints for all of its channels", fy_sensor_print("climate"), 0);
	tap_is_int("a channel that it has not is not found", fy_sensor_read("climate", 2, &micro),
		   FY_ERR_NOT_FOUND);
	tap_is_int("nor is a sensor that there is not", fy_sensor_read("nonsense", 0, &micro),
		   FY_ERR_NOT_FOUND);
	tap_is_text("a value is a decimal", fy_port_sensor_decimal(decimal, -3906), "-0.003906");
	tap_is_text("with one digit at least", fy_port_sensor_decimal(decimal, 80000000), "80.0");
	test_begin();
	test_limit();
	test_stream();
}
