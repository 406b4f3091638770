// SPDX-License-Identifier: GPL-2.0-only
/* ferry-sim: the test as the user of sensors. */
#include <ferry/sensor.h>

#include <stdlib.h>

#include "../../../include/ferry-sim/sensor.h"
#include "sim.h"

struct sim_sensor {
	struct ferry_sim_device *dev;
	struct user_sensor_watch watch;
	struct ferry_sim_sample *samples;
	size_t sample_count, sample_room;
	struct ferry_sim_sensor_event *events;
	size_t event_count, event_room;
};

static struct fy_sensor *sensor_of(const struct ferry_sim_device *dev)
{
	return user_sensor_of(dev->dev);
}

/* ---- Reading. ---- */

static void ended(void *arg, struct fy_sensor_reader *reader)
{
	(void)reader;
	*(bool *)arg = true;
}

static bool is_true(void *arg)
{
	return *(const bool *)arg;
}

int ferry_sim_sensor_read(struct ferry_sim_device *dev, uint32_t channels, int32_t *values,
			  uint64_t limit)
{
	bool over = false;
	struct fy_sensor_reader reader = { .channels = channels, .ended = ended, .arg = &over };
	struct fy_sensor *sensor = sensor_of(dev);
	int error = sensor ? user_sensor_read(sensor, &reader) : FY_ERR_NOT_FOUND;

	if (error)
		return error;
	if (!ferry_sim_run_to(dev->sim, limit, is_true, &over)) {
		user_sensor_cancel(sensor, &reader);
		return FY_ERR_TIMEOUT;
	}
	for (unsigned i = 0; i < FY_SENSOR_CHANNELS_MAX && !reader.error; i++)
		if (channels >> i & 1)
			values[i] = reader.value[i];
	return reader.error;
}

int ferry_sim_sensor_micro(struct ferry_sim_device *dev, unsigned channel, int64_t *micro,
			   uint64_t limit)
{
	int32_t values[FY_SENSOR_CHANNELS_MAX];
	int error = channel < FY_SENSOR_CHANNELS_MAX ?
			    ferry_sim_sensor_read(dev, UINT32_C(1) << channel, values, limit) :
			    FY_ERR_INVALID;

	if (!error)
		*micro = fy_sensor_micro(&sensor_of(dev)->channels[channel], values[channel]);
	return error;
}

int ferry_sim_sensor_channels(struct ferry_sim_device *dev)
{
	const struct fy_sensor *sensor = sensor_of(dev);

	return sensor ? (int)sensor->count : FY_ERR_NOT_FOUND;
}

/* ---- Recording. ---- */

static struct ferry_sim_sample *add_sample(struct sim_sensor *s, uint64_t time)
{
	struct ferry_sim_sample *sample;

	if (s->sample_count == s->sample_room)
		s->samples = sim_more(s->samples, &s->sample_room, sizeof(*s->samples));
	sample = &s->samples[s->sample_count++];
	*sample = (struct ferry_sim_sample){ .time = time, .told = ferry_sim_now(s->dev->sim) };
	return sample;
}

static void keep_sample(void *arg, uint64_t time, uint32_t channels, const int32_t *values)
{
	struct ferry_sim_sample *sample = add_sample(arg, time);

	sample->channels = channels;
	for (unsigned i = 0; i < FY_SENSOR_CHANNELS_MAX; i++)
		if (channels >> i & 1)
			sample->value[i] = *values++;
}

static void keep_lost(void *arg)
{
	const struct sim_sensor *s = arg;

	add_sample(arg, ferry_sim_now(s->dev->sim));
}

static void keep_event(void *arg, unsigned channel, enum fy_sensor_limit limit, uint64_t time)
{
	struct sim_sensor *s = arg;

	if (s->event_count == s->event_room)
		s->events = sim_more(s->events, &s->event_room, sizeof(*s->events));
	s->events[s->event_count++] = (struct ferry_sim_sensor_event){
		.time = time,
		.told = ferry_sim_now(s->dev->sim),
		.channel = channel,
		.limit = (int)limit,
	};
}

int ferry_sim_sensor_record(struct ferry_sim_device *dev)
{
	struct fy_sensor *sensor = sensor_of(dev);
	struct sim_sensor *s = dev->sensor;

	if (!sensor)
		return FY_ERR_NOT_FOUND;
	if (!s) {
		s = dev->sensor = sim_memory(sizeof(*s));
		s->dev = dev;
		s->watch = (struct user_sensor_watch){
			.sample = keep_sample, .lost = keep_lost, .event = keep_event, .arg = s
		};
	}
	s->sample_count = s->event_count = 0;
	/* Probed again since, it has forgotten. */
	user_sensor_unwatch(sensor, &s->watch);
	user_sensor_watch(sensor, &s->watch);
	return 0;
}

size_t ferry_sim_sensor_samples(const struct ferry_sim_device *dev,
				const struct ferry_sim_sample **samples)
{
	*samples = dev->sensor ? dev->sensor->samples : NULL;
	return dev->sensor ? dev->sensor->sample_count : 0;
}

size_t ferry_sim_sensor_events(const struct ferry_sim_device *dev,
			       const struct ferry_sim_sensor_event **events)
{
	*events = dev->sensor ? dev->sensor->events : NULL;
	return dev->sensor ? dev->sensor->event_count : 0;
}

void sim_free_sensor(struct ferry_sim_device *dev)
{
	if (!dev->sensor)
		return;
	free(dev->sensor->samples);
	free(dev->sensor->events);
	free(dev->sensor);
}

/* ---- What the device does by itself. ---- */

int ferry_sim_sensor_stream(struct ferry_sim_device *dev, uint32_t channels)
{
	struct fy_sensor *sensor = sensor_of(dev);

	return sensor ? user_sensor_stream(sensor, channels) : FY_ERR_NOT_FOUND;
}

int ferry_sim_sensor_stop(struct ferry_sim_device *dev)
{
	struct fy_sensor *sensor = sensor_of(dev);

	if (!sensor)
		return FY_ERR_NOT_FOUND;
	user_sensor_stop(sensor);
	return 0;
}

int ferry_sim_sensor_rate(struct ferry_sim_device *dev)
{
	struct fy_sensor *sensor = sensor_of(dev);

	return sensor ? user_sensor_get_rate(sensor) : FY_ERR_NOT_FOUND;
}

int ferry_sim_sensor_set_rate(struct ferry_sim_device *dev, unsigned index)
{
	struct fy_sensor *sensor = sensor_of(dev);

	return sensor ? user_sensor_set_rate(sensor, index) : FY_ERR_NOT_FOUND;
}

int ferry_sim_sensor_threshold(struct ferry_sim_device *dev, unsigned channel, int limit,
			       bool *enabled, int32_t *value, int32_t *hysteresis)
{
	struct fy_sensor *sensor = sensor_of(dev);
	struct fy_sensor_threshold threshold = { 0 };
	int error = sensor ? user_sensor_get_threshold(sensor, channel, (enum fy_sensor_limit)limit,
						       &threshold) :
			     FY_ERR_NOT_FOUND;

	if (error)
		return error;
	*enabled = threshold.enabled;
	*value = threshold.value;
	*hysteresis = threshold.hysteresis;
	return 0;
}

int ferry_sim_sensor_set_threshold(struct ferry_sim_device *dev, unsigned channel, int limit,
				   bool enabled, int32_t value, int32_t hysteresis)
{
	const struct fy_sensor_threshold threshold = { enabled, value, hysteresis };
	struct fy_sensor *sensor = sensor_of(dev);

	return sensor ? user_sensor_set_threshold(sensor, channel, (enum fy_sensor_limit)limit,
						  &threshold) :
			FY_ERR_NOT_FOUND;
}
