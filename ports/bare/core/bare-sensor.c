// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Class sensor: those that drivers offer, by the name of their device; the app reads them. */
#include <ferry/app-sensor.h>

#include "core.h"
#include "list.h"

struct bare_sensor {
	fy_sensor_handler *handler;
	void *arg;
	fy_sensor_event_handler *event;
	void *event_arg;
};

static struct fy_sensor *sensors;

/* ---- What the driver says. ---- */

static void on_sample(struct fy_sensor *sensor, uint64_t time, uint32_t channels,
		      const int32_t *values)
{
	const struct bare_sensor *port = sensor->port;

	if (port->handler && sensor->streaming)
		port->handler(port->arg, time, channels, values);
}

static void on_lost(struct fy_sensor *sensor)
{
	on_sample(sensor, fy_now_ns(), 0, NULL);
}

static void on_event(struct fy_sensor *sensor, unsigned channel, enum fy_sensor_limit limit,
		     uint64_t time)
{
	const struct bare_sensor *port = sensor->port;

	if (port->event)
		port->event(port->event_arg, channel, limit, time);
}

static const struct fy_sensor_sink sink = { .sample = on_sample,
					    .lost = on_lost,
					    .event = on_event };

int fy_port_sensor_offer(struct fy_device *dev, struct fy_sensor *sensor,
			 const struct fy_sensor_channel *channels, unsigned count,
			 const struct fy_sensor_ops *ops)
{
	int rc = fy_port_sensor_init(dev, sensor, channels, count, ops, &sink);

	if (rc)
		return rc;
	sensor->port = bare_memory(sizeof(struct bare_sensor));
	if (!sensor->port)
		return FY_ERR_NO_MEMORY;
	list_append(&sensors, sensor);
	return 0;
}

void fy_port_sensor_withdraw(struct fy_sensor *sensor)
{
	list_remove(&sensors, sensor);
	fy_port_sensor_end(sensor);
}

/* ---- For the app. ---- */

struct fy_sensor *fy_sensor_find(const char *name)
{
	struct fy_sensor *sensor = sensors;

	while (sensor && name && !bare_device_is(sensor->dev, name))
		sensor = sensor->next;
	return sensor;
}

int fy_sensor_begin(const char *name, struct fy_sensor_reader *reader)
{
	struct fy_sensor *sensor = fy_sensor_find(name);

	return sensor ? fy_port_sensor_begin(sensor, reader) : FY_ERR_NOT_FOUND;
}

static void ended(void *arg, struct fy_sensor_reader *reader)
{
	volatile unsigned *over = arg;

	(void)reader;
	*over = 1;
}

static int read_raw(struct fy_sensor *sensor, struct fy_sensor_reader *reader)
{
	volatile unsigned over = 0;
	int rc;

	reader->ended = ended;
	reader->arg = (void *)&over;
	rc = fy_port_sensor_begin(sensor, reader);
	if (rc)
		return rc;
	while (!over)
		bare_wait_unless(&over, 0);
	return reader->error;
}

int fy_sensor_read(const char *name, unsigned channel, int64_t *micro)
{
	struct fy_sensor *sensor = fy_sensor_find(name);
	struct fy_sensor_reader reader;
	int rc;

	if (!sensor || channel >= sensor->count)
		return FY_ERR_NOT_FOUND;
	reader.channels = UINT32_C(1) << channel;
	rc = read_raw(sensor, &reader);
	if (!rc)
		*micro = fy_sensor_micro(&sensor->channels[channel], reader.value[channel]);
	return rc;
}

static void print_channel(const struct fy_sensor *sensor, unsigned i, int32_t raw)
{
	const struct fy_sensor_channel *channel = &sensor->channels[i];
	char decimal[FY_SENSOR_DECIMAL], name[FY_SENSOR_NAME];

	fy_port_sensor_name(sensor, i, name);
	fy_print("%s: %s%s%s %s %s\n", fy_name(sensor->dev), channel->label ? channel->label : "",
		 channel->label ? " " : "", name,
		 fy_port_sensor_decimal(decimal, fy_sensor_micro(channel, raw)),
		 fy_port_sensor_unit(channel->kind));
}

int fy_sensor_print(const char *name)
{
	struct fy_sensor *sensor = fy_sensor_find(name);
	struct fy_sensor_reader reader;
	int rc;

	if (!sensor)
		return FY_ERR_NOT_FOUND;
	reader.channels = UINT32_MAX >> (FY_SENSOR_CHANNELS_MAX - sensor->count);
	rc = read_raw(sensor, &reader);
	for (unsigned i = 0; i < sensor->count && !rc; i++)
		print_channel(sensor, i, reader.value[i]);
	return rc;
}

int fy_sensor_stream(const char *name, uint32_t channels, fy_sensor_handler *handler, void *arg)
{
	struct fy_sensor *sensor = fy_sensor_find(name);
	struct bare_sensor *port;
	int rc;

	if (!sensor)
		return FY_ERR_NOT_FOUND;
	port = sensor->port;
	if (!handler) {
		fy_port_sensor_stop(sensor);
		return 0;
	}
	if (sensor->streaming)
		return FY_ERR_BUSY;
	port->handler = handler;
	port->arg = arg;
	rc = fy_port_sensor_stream(sensor, channels);
	if (rc)
		port->handler = NULL;
	return rc;
}

int fy_sensor_watch(const char *name, fy_sensor_event_handler *handler, void *arg)
{
	const struct fy_sensor *sensor = fy_sensor_find(name);
	struct bare_sensor *port;

	if (!sensor)
		return FY_ERR_NOT_FOUND;
	port = sensor->port;
	port->event = NULL;
	port->event_arg = arg;
	port->event = handler;
	return 0;
}
