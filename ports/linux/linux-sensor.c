// SPDX-License-Identifier: GPL-2.0-only
/*
 * Linux port, class sensor: channels of the kinds that hwmon has are hwmon's, in hwmon's units; a
 * sensor that has others, or samples by itself, is IIO's with all its channels. Reading waits for a
 * measurement, one reader after the other, or for the next sample of a stream.
 */
#include <linux/bitops.h>
#include <linux/completion.h>
#include <linux/device.h>
#include <linux/hwmon.h>
#include <linux/slab.h>

#include "linux-error.h"
#include "linux-sensor.h"
#include "own-device.h"

/* ---- Reading. ---- */

static void ended(void *arg, struct fy_sensor_reader *reader)
{
	complete(arg);
}

/* A stream that ends takes its readers' values with it; then there is a measurement. */
int fy_linux_sensor_read(struct fy_linux_sensor *port, struct fy_sensor_reader *reader)
{
	DECLARE_COMPLETION_ONSTACK(over);
	int error;

	reader->ended = ended;
	reader->arg = &over;
	mutex_lock(&port->mutex);
	do {
		reinit_completion(&over);
		error = fy_port_sensor_begin(port->sensor, reader);
		if (!error) {
			wait_for_completion(&over); /* the driver sees to it that this ends */
			error = reader->error;
		}
	} while (error == FY_ERR_AGAIN);
	mutex_unlock(&port->mutex);
	return fy_error_to_errno(error);
}

/* ---- hwmon. ---- */

#if IS_REACHABLE(CONFIG_HWMON)

/* The kinds that hwmon has; make-module reads here which those are. */
static const enum hwmon_sensor_types hwmon_types[FY_SENSOR_KINDS] = {
	[FY_SENSOR_TEMPERATURE] = hwmon_temp, [FY_SENSOR_HUMIDITY] = hwmon_humidity,
	[FY_SENSOR_VOLTAGE] = hwmon_in,	      [FY_SENSOR_CURRENT] = hwmon_curr,
	[FY_SENSOR_POWER] = hwmon_power,      [FY_SENSOR_ENERGY] = hwmon_energy,
};

enum what { INPUT, LABEL, LIMIT, BACK, ALARM }; /* BACK: where the value must come back to */

static const struct attribute_of_type {
	enum hwmon_sensor_types type;
	u32 attribute;
	enum what what;
	unsigned limit;
} attributes[] = {
	{ hwmon_temp, hwmon_temp_input, INPUT },
	{ hwmon_temp, hwmon_temp_label, LABEL },
	{ hwmon_temp, hwmon_temp_max, LIMIT, FY_SENSOR_ABOVE },
	{ hwmon_temp, hwmon_temp_max_hyst, BACK, FY_SENSOR_ABOVE },
	{ hwmon_temp, hwmon_temp_max_alarm, ALARM, FY_SENSOR_ABOVE },
	{ hwmon_temp, hwmon_temp_min, LIMIT, FY_SENSOR_BELOW },
	{ hwmon_temp, hwmon_temp_min_hyst, BACK, FY_SENSOR_BELOW },
	{ hwmon_temp, hwmon_temp_min_alarm, ALARM, FY_SENSOR_BELOW },
	{ hwmon_humidity, hwmon_humidity_input, INPUT },
	{ hwmon_humidity, hwmon_humidity_label, LABEL },
	{ hwmon_humidity, hwmon_humidity_max, LIMIT, FY_SENSOR_ABOVE },
	{ hwmon_humidity, hwmon_humidity_max_hyst, BACK, FY_SENSOR_ABOVE },
	{ hwmon_humidity, hwmon_humidity_min, LIMIT, FY_SENSOR_BELOW },
	{ hwmon_humidity, hwmon_humidity_min_hyst, BACK, FY_SENSOR_BELOW },
	{ hwmon_humidity, hwmon_humidity_alarm, ALARM, FY_SENSOR_ABOVE | FY_SENSOR_BELOW },
	{ hwmon_in, hwmon_in_input, INPUT },
	{ hwmon_in, hwmon_in_label, LABEL },
	{ hwmon_in, hwmon_in_max, LIMIT, FY_SENSOR_ABOVE },
	{ hwmon_in, hwmon_in_max_alarm, ALARM, FY_SENSOR_ABOVE },
	{ hwmon_in, hwmon_in_min, LIMIT, FY_SENSOR_BELOW },
	{ hwmon_in, hwmon_in_min_alarm, ALARM, FY_SENSOR_BELOW },
	{ hwmon_curr, hwmon_curr_input, INPUT },
	{ hwmon_curr, hwmon_curr_label, LABEL },
	{ hwmon_curr, hwmon_curr_max, LIMIT, FY_SENSOR_ABOVE },
	{ hwmon_curr, hwmon_curr_max_alarm, ALARM, FY_SENSOR_ABOVE },
	{ hwmon_curr, hwmon_curr_min, LIMIT, FY_SENSOR_BELOW },
	{ hwmon_curr, hwmon_curr_min_alarm, ALARM, FY_SENSOR_BELOW },
	{ hwmon_power, hwmon_power_input, INPUT },
	{ hwmon_power, hwmon_power_label, LABEL },
	{ hwmon_energy, hwmon_energy_input, INPUT },
	{ hwmon_energy, hwmon_energy_label, LABEL },
};

static const struct attribute_of_type *find_attribute(enum hwmon_sensor_types type, u32 attribute)
{
	for (size_t i = 0; i < ARRAY_SIZE(attributes); i++)
		if (attributes[i].type == type && attributes[i].attribute == attribute)
			return &attributes[i];
	return NULL;
}

/* What hwmon counts in, in millionths of the plain unit. */
static long unit_of(const struct fy_sensor_channel *channel)
{
	switch (hwmon_types[channel->kind]) {
	case hwmon_power:
	case hwmon_energy:
		return 1;
	default:
		return 1000;
	}
}

/* The sensor's channel that is hwmon's number INDEX of TYPE. */
static unsigned channel_of(const struct fy_linux_sensor *port, enum hwmon_sensor_types type,
			   int index)
{
	unsigned channel = 0;

	while (hwmon_types[port->sensor->channels[channel].kind] != type || index--)
		channel++;
	return channel;
}

static int index_of(const struct fy_linux_sensor *port, unsigned channel)
{
	const struct fy_sensor_channel *channels = port->sensor->channels;
	int index = 0;

	for (unsigned i = 0; i < channel; i++)
		index += channels[i].kind == channels[channel].kind;
	return index;
}

static long to_hwmon(const struct fy_sensor_channel *channel, int32_t raw)
{
	return (long)div_s64(fy_sensor_micro(channel, raw), unit_of(channel));
}

/* Where a value that went past the limit has to come back to. */
static int32_t back_of(const struct fy_sensor_threshold *threshold, unsigned limit)
{
	return threshold->value +
	       (limit == FY_SENSOR_ABOVE ? -threshold->hysteresis : threshold->hysteresis);
}

static umode_t is_visible(const void *data, enum hwmon_sensor_types type, u32 attribute, int index)
{
	const struct attribute_of_type *known = find_attribute(type, attribute);

	return known && (known->what == LIMIT || known->what == BACK) ? 0644 : 0444;
}

static int read_threshold(struct fy_linux_sensor *port, unsigned channel, unsigned limit,
			  struct fy_sensor_threshold *threshold)
{
	struct fy_sensor *sensor = port->sensor;

	return fy_error_to_errno(
		sensor->ops->get_threshold(sensor->dev, channel, limit, threshold));
}

static bool take_alarm(struct fy_linux_sensor *port, unsigned channel, unsigned limit)
{
	bool above = limit & FY_SENSOR_ABOVE && test_and_clear_bit(channel, &port->alarms[0]);
	bool below = limit & FY_SENSOR_BELOW && test_and_clear_bit(channel, &port->alarms[1]);

	return above || below;
}

static int read_attribute(struct device *dev, enum hwmon_sensor_types type, u32 attribute,
			  int index, long *value)
{
	struct fy_linux_sensor *port = dev_get_drvdata(dev);
	const struct attribute_of_type *known = find_attribute(type, attribute);
	const unsigned channel = channel_of(port, type, index);
	const struct fy_sensor_channel *own = &port->sensor->channels[channel];
	struct fy_sensor_reader reader = { .channels = BIT(channel) };
	struct fy_sensor_threshold threshold;
	int rc = 0;

	if (!known)
		return -EOPNOTSUPP;
	switch (known->what) {
	case INPUT:
		rc = fy_linux_sensor_read(port, &reader);
		if (!rc)
			*value = to_hwmon(own, reader.value[channel]);
		return rc;
	case LIMIT:
	case BACK:
		mutex_lock(&port->mutex);
		rc = read_threshold(port, channel, known->limit, &threshold);
		mutex_unlock(&port->mutex);
		if (!rc)
			*value = to_hwmon(own, known->what == LIMIT ?
						       threshold.value :
						       back_of(&threshold, known->limit));
		return rc;
	case ALARM:
		*value = take_alarm(port, channel, known->limit);
		return 0;
	default:
		return -EOPNOTSUPP;
	}
}

static int read_string(struct device *dev, enum hwmon_sensor_types type, u32 attribute, int index,
		       const char **text)
{
	struct fy_linux_sensor *port = dev_get_drvdata(dev);

	*text = port->sensor->channels[channel_of(port, type, index)].label;
	return 0;
}

/* A limit takes what it must come back by with it, unless that is what is written. */
static int change_threshold(struct fy_linux_sensor *port, unsigned channel,
			    const struct attribute_of_type *known, int32_t raw)
{
	struct fy_sensor *sensor = port->sensor;
	struct fy_sensor_threshold threshold;
	int64_t hysteresis;
	int rc = read_threshold(port, channel, known->limit, &threshold);

	if (rc)
		return rc;
	threshold.enabled = true;
	if (known->what == LIMIT) {
		threshold.value = raw;
	} else {
		hysteresis = (int64_t)threshold.value - raw;
		if (known->limit == FY_SENSOR_BELOW)
			hysteresis = -hysteresis;
		threshold.hysteresis = (int32_t)clamp_t(int64_t, hysteresis, 0, S32_MAX);
	}
	return fy_error_to_errno(
		sensor->ops->set_threshold(sensor->dev, channel, known->limit, &threshold));
}

static int write_attribute(struct device *dev, enum hwmon_sensor_types type, u32 attribute,
			   int index, long value)
{
	struct fy_linux_sensor *port = dev_get_drvdata(dev);
	const struct attribute_of_type *known = find_attribute(type, attribute);
	const unsigned channel = channel_of(port, type, index);
	const struct fy_sensor_channel *own = &port->sensor->channels[channel];
	int32_t raw;
	int rc;

	if (!known || (known->what != LIMIT && known->what != BACK))
		return -EOPNOTSUPP;
	rc = fy_port_sensor_raw(own, (int64_t)value * unit_of(own), &raw);
	if (rc)
		return fy_error_to_errno(rc);
	mutex_lock(&port->mutex);
	rc = change_threshold(port, channel, known, raw);
	mutex_unlock(&port->mutex);
	return rc;
}

static const struct hwmon_ops hwmon_ops = {
	.is_visible = is_visible,
	.read = read_attribute,
	.read_string = read_string,
	.write = write_attribute,
};

/* The attributes that a channel has, a bit each. */
static u32 config_of(const struct fy_sensor_channel *channel)
{
	u32 config = 0;

	for (size_t i = 0; i < ARRAY_SIZE(attributes); i++) {
		const struct attribute_of_type *a = &attributes[i];

		if (a->type != hwmon_types[channel->kind])
			continue;
		if (a->what == INPUT || (a->what == LABEL && channel->label) ||
		    channel->limits & a->limit)
			config |= BIT(a->attribute);
	}
	return config;
}

/* Fills what hwmon wants to know. Returns how many kinds there are for it. */
static unsigned fill_chip(struct fy_linux_sensor *port)
{
	const struct fy_sensor *sensor = port->sensor;
	unsigned kinds = 0;

	for (unsigned i = 0; i < sensor->count; i++) {
		enum fy_sensor_kind kind = sensor->channels[i].kind;

		if (!hwmon_types[kind])
			continue;
		if (!port->kind[kind].config) {
			port->kind[kind].type = hwmon_types[kind];
			port->kind[kind].config = port->config[kind];
			port->info[kinds++] = &port->kind[kind];
		}
		port->config[kind][index_of(port, i)] = config_of(&sensor->channels[i]);
	}
	port->chip.ops = &hwmon_ops;
	port->chip.info = port->info;
	return kinds;
}

static int register_hwmon(struct fy_linux_sensor *port)
{
	struct device *hwmon;

	if (!fill_chip(port))
		return 0;
	hwmon = hwmon_device_register_with_info(port->parent, KBUILD_MODNAME, port, &port->chip,
						NULL);
	if (IS_ERR(hwmon))
		return PTR_ERR(hwmon);
	WRITE_ONCE(port->hwmon, hwmon);
	return 0;
}

static void unregister_hwmon(struct fy_linux_sensor *port)
{
	if (port->hwmon)
		hwmon_device_unregister(port->hwmon);
}

static void notify_hwmon(struct fy_linux_sensor *port, unsigned channel, unsigned limit)
{
	const enum hwmon_sensor_types type = hwmon_types[port->sensor->channels[channel].kind];

	for (size_t i = 0; i < ARRAY_SIZE(attributes); i++)
		if (attributes[i].type == type && attributes[i].what == ALARM &&
		    attributes[i].limit & limit)
			hwmon_notify_event(port->hwmon, type, attributes[i].attribute,
					   index_of(port, channel));
}
#else
static int register_hwmon(struct fy_linux_sensor *port)
{
	return IS_ENABLED(CONFIG_IIO) ? 0 : -EOPNOTSUPP;
}

static void unregister_hwmon(struct fy_linux_sensor *port)
{
}

static void notify_hwmon(struct fy_linux_sensor *port, unsigned channel, unsigned limit)
{
}
#endif

/* ---- IIO, where the driver needs it. ---- */

#ifndef FY_SENSOR_IIO
int fy_linux_iio_register(struct fy_linux_sensor *port)
{
	return 0;
}

void fy_linux_iio_unregister(struct fy_linux_sensor *port)
{
}

void fy_linux_iio_sample(struct fy_linux_sensor *port, uint64_t time, uint32_t channels,
			 const int32_t *values)
{
}

void fy_linux_iio_event(struct fy_linux_sensor *port, unsigned channel, enum fy_sensor_limit limit,
			uint64_t time)
{
}
#endif

/* ---- What the driver says. ---- */

static void on_sample(struct fy_sensor *sensor, uint64_t time, uint32_t channels,
		      const int32_t *values)
{
	fy_linux_iio_sample(sensor->port, time, channels, values);
}

static void on_lost(struct fy_sensor *sensor)
{
	pr_warn_ratelimited("samples were lost: the device's FIFO was full\n");
}

/* hwmon is told in a thread: it may wait. */
static void tell(struct work_struct *work)
{
	struct fy_linux_sensor *port = container_of(work, struct fy_linux_sensor, tell);

	for (unsigned i = 0; i < port->sensor->count && READ_ONCE(port->hwmon); i++)
		for (unsigned limit = 0; limit < 2; limit++)
			if (test_and_clear_bit(i, &port->untold[limit]))
				notify_hwmon(port, i, limit ? FY_SENSOR_BELOW : FY_SENSOR_ABOVE);
}

static void on_event(struct fy_sensor *sensor, unsigned channel, enum fy_sensor_limit limit,
		     uint64_t time)
{
	struct fy_linux_sensor *port = sensor->port;
	const unsigned which = limit == FY_SENSOR_BELOW;

	set_bit(channel, &port->alarms[which]);
	set_bit(channel, &port->untold[which]);
	schedule_work(&port->tell);
	fy_linux_iio_event(port, channel, limit, time);
}

static const struct fy_sensor_sink sink = { .sample = on_sample,
					    .lost = on_lost,
					    .event = on_event };

/* ---- Its coming and going. ---- */

int fy_port_sensor_offer(struct fy_device *dev, struct fy_sensor *sensor,
			 const struct fy_sensor_channel *channels, unsigned count,
			 const struct fy_sensor_ops *ops)
{
	int rc = fy_port_sensor_init(dev, sensor, channels, count, ops, &sink);
	struct fy_linux_sensor *port;

	if (rc)
		return rc;
	port = kzalloc(sizeof(*port), GFP_KERNEL);
	if (!port)
		return FY_ERR_NO_MEMORY;
	port->sensor = sensor;
	sensor->port = port;
	mutex_init(&port->mutex);
	INIT_WORK(&port->tell, tell);
	port->parent = fy_own_device_get(dev, &port->own);
	if (IS_ERR(port->parent)) {
		rc = PTR_ERR(port->parent);
		goto free;
	}
	rc = fy_linux_iio_register(port);
	if (rc)
		goto put;
	rc = register_hwmon(port);
	if (rc)
		goto iio;
	return 0;
iio:
	fy_linux_iio_unregister(port);
put:
	fy_own_device_put(port->own);
free:
	cancel_work_sync(&port->tell);
	kfree(port);
	return fy_error_from_errno(rc);
}

/* Who waits is let go first: unregistering waits for them. */
void fy_port_sensor_withdraw(struct fy_sensor *sensor)
{
	struct fy_linux_sensor *port = sensor->port;

	fy_port_sensor_end(sensor);
	cancel_work_sync(&port->tell);
	unregister_hwmon(port);
	fy_linux_iio_unregister(port);
	fy_own_device_put(port->own);
	kfree(port);
}
