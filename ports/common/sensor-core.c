// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * Class sensor, what all ports share: one measurement at a time, or a stream; and who waits for
 * values. Readers are filled as samples come, and called back without the lock.
 */
#include <ferry/sensor.h>

#include "list.h"

/* In the order of enum fy_sensor_kind. */
static const struct {
	const char *name, *unit;
} kinds[FY_SENSOR_KINDS] = {
	[FY_SENSOR_TEMPERATURE] = { "temperature", "°C" },
	[FY_SENSOR_HUMIDITY] = { "humidity", "%" },
	[FY_SENSOR_PRESSURE] = { "pressure", "kPa" },
	[FY_SENSOR_VOLTAGE] = { "voltage", "V" },
	[FY_SENSOR_CURRENT] = { "current", "A" },
	[FY_SENSOR_POWER] = { "power", "W" },
	[FY_SENSOR_ENERGY] = { "energy", "J" },
	[FY_SENSOR_RESISTANCE] = { "resistance", "Ω" },
	[FY_SENSOR_ACCELERATION] = { "acceleration", "m/s²" },
	[FY_SENSOR_ANGULAR_VELOCITY] = { "angular-velocity", "rad/s" },
	[FY_SENSOR_MAGNETIC_FIELD] = { "magnetic-field", "G" },
	[FY_SENSOR_ILLUMINANCE] = { "illuminance", "lx" },
	[FY_SENSOR_DISTANCE] = { "distance", "m" },
	[FY_SENSOR_CONCENTRATION] = { "concentration", "%" },
};

const char *fy_port_sensor_kind(enum fy_sensor_kind kind)
{
	return kinds[kind].name;
}

const char *fy_port_sensor_unit(enum fy_sensor_kind kind)
{
	return kinds[kind].unit;
}

unsigned fy_port_sensor_index(const struct fy_sensor *sensor, unsigned channel, bool *alone)
{
	const struct fy_sensor_channel *own = &sensor->channels[channel];
	unsigned index = 0, all = 0;

	for (unsigned i = 0; i < sensor->count; i++) {
		const struct fy_sensor_channel *other = &sensor->channels[i];

		if (other->kind != own->kind || other->axis != own->axis)
			continue;
		all++;
		index += i < channel;
	}
	if (alone)
		*alone = all == 1;
	return index;
}

/* N / D, rounded; D is not 0. */
static uint64_t divide(uint64_t n, uint32_t d)
{
	return fy_div_u64(n + d / 2, d);
}

int fy_port_sensor_raw(const struct fy_sensor_channel *channel, int64_t micro, int32_t *raw)
{
	const struct fy_sensor_channel plain = { .kind = channel->kind, .scale = 1 };
	/* how many millionths the unit of the scale is, and the divisor's */
	const uint32_t parts = (uint32_t)fy_sensor_micro(&plain, 1);
	const uint32_t divisor = channel->divisor ? channel->divisor : 1;
	const uint32_t scale =
		channel->scale < 0 ? 0u - (uint32_t)channel->scale : (uint32_t)channel->scale;
	const uint64_t size = micro < 0 ? 0 - (uint64_t)micro : (uint64_t)micro;
	const uint64_t whole = fy_div_u64(size, parts), rest = size - whole * parts;
	int64_t found;

	if (whole > 0x7fffffff)
		return FY_ERR_INVALID;
	found = (int64_t)divide(whole * divisor + divide(rest * divisor, parts), scale);
	if ((micro < 0) != (channel->scale < 0))
		found = -found;
	found -= channel->offset;
	if (found != (int32_t)found)
		return FY_ERR_INVALID;
	*raw = (int32_t)found;
	return 0;
}

static bool is_valid(const struct fy_sensor_channel *channel, const struct fy_sensor_ops *ops)
{
	const bool watches = ops->get_threshold && ops->set_threshold;

	return (unsigned)channel->kind < FY_SENSOR_KINDS &&
	       (unsigned)channel->axis <= FY_SENSOR_Z && channel->scale &&
	       channel->divisor <= 0x7fffffff &&
	       !(channel->limits & ~(unsigned)(FY_SENSOR_ABOVE | FY_SENSOR_BELOW)) &&
	       (watches || !channel->limits);
}

int fy_port_sensor_init(struct fy_device *dev, struct fy_sensor *sensor,
			const struct fy_sensor_channel *channels, unsigned count,
			const struct fy_sensor_ops *ops, const struct fy_sensor_sink *sink)
{
	if (!count || count > FY_SENSOR_CHANNELS_MAX)
		return FY_ERR_INVALID;
	for (unsigned i = 0; i < count; i++)
		if (!is_valid(&channels[i], ops))
			return FY_ERR_INVALID;
	sensor->next = NULL;
	sensor->dev = dev;
	sensor->channels = channels;
	sensor->count = count;
	sensor->ops = ops;
	sensor->sink = sink;
	sensor->port = NULL;
	sensor->readers = NULL;
	sensor->measuring = sensor->gone = false;
	sensor->streaming = 0;
	fy_lock_init(&sensor->lock);
	return 0;
}

static bool has_channels(const struct fy_sensor *sensor, uint32_t channels)
{
	return channels && !(channels & ~(0xffffffffu >> (FY_SENSOR_CHANNELS_MAX - sensor->count)));
}

/* Calls back who is on a list that nobody else knows any more. */
static void end_all(struct fy_sensor_reader *reader, int error)
{
	while (reader) {
		struct fy_sensor_reader *next = reader->next;

		/* A driver that says that all went well, and left out a channel, is mistaken. */
		reader->error = error || !reader->missing ? error : FY_ERR_IO;
		reader->ended(reader->arg, reader);
		reader = next;
	}
}

static int take_up(struct fy_sensor *sensor, struct fy_sensor_reader *reader)
{
	if (sensor->gone)
		return FY_ERR_GONE;
	if (sensor->measuring || (sensor->streaming && reader->channels & ~sensor->streaming))
		return FY_ERR_BUSY;
	list_append(&sensor->readers, reader);
	sensor->measuring = !sensor->streaming;
	return 0;
}

/* A measurement that was not started has one reader: the one that wanted it. */
static void take_back(struct fy_sensor *sensor)
{
	fy_irqflags flags = fy_lock(&sensor->lock);

	sensor->measuring = false;
	sensor->readers = NULL;
	fy_unlock(&sensor->lock, flags);
}

int fy_port_sensor_begin(struct fy_sensor *sensor, struct fy_sensor_reader *reader)
{
	bool start;
	fy_irqflags flags;
	int error;

	if (!has_channels(sensor, reader->channels))
		return FY_ERR_INVALID;
	reader->missing = reader->channels;
	flags = fy_lock(&sensor->lock);
	error = take_up(sensor, reader);
	start = sensor->measuring;
	fy_unlock(&sensor->lock, flags);
	if (error || !start)
		return error;
	error = sensor->ops->start(sensor->dev, reader->channels);
	if (error)
		take_back(sensor);
	return error;
}

void fy_port_sensor_cancel(struct fy_sensor *sensor, struct fy_sensor_reader *reader)
{
	fy_irqflags flags = fy_lock(&sensor->lock);
	const struct fy_sensor_reader *at = sensor->readers;
	bool cancel;

	while (at && at != reader)
		at = at->next;
	cancel = at && sensor->measuring;
	list_remove(&sensor->readers, reader);
	fy_unlock(&sensor->lock, flags);
	if (!cancel)
		return;
	sensor->ops->cancel(sensor->dev);
	flags = fy_lock(&sensor->lock);
	sensor->measuring = false;
	fy_unlock(&sensor->lock, flags);
}

int fy_port_sensor_stream(struct fy_sensor *sensor, uint32_t channels)
{
	fy_irqflags flags;
	int error = 0;

	if (!sensor->ops->stream)
		return FY_ERR_UNSUPPORTED;
	if (!has_channels(sensor, channels))
		return FY_ERR_INVALID;
	flags = fy_lock(&sensor->lock);
	if (sensor->gone)
		error = FY_ERR_GONE;
	else if (sensor->measuring || sensor->streaming)
		error = FY_ERR_BUSY;
	else
		sensor->streaming = channels;
	fy_unlock(&sensor->lock, flags);
	if (error)
		return error;
	error = sensor->ops->stream(sensor->dev, channels);
	if (error)
		sensor->streaming = 0;
	return error;
}

/* Who waits for a value waits no longer: none will come. */
void fy_port_sensor_stop(struct fy_sensor *sensor)
{
	struct fy_sensor_reader *readers;
	fy_irqflags flags;

	if (!sensor->streaming)
		return;
	sensor->ops->stop(sensor->dev);
	flags = fy_lock(&sensor->lock);
	readers = sensor->readers;
	sensor->readers = NULL;
	sensor->streaming = 0;
	fy_unlock(&sensor->lock, flags);
	end_all(readers, sensor->gone ? FY_ERR_GONE : FY_ERR_AGAIN);
}

void fy_port_sensor_end(struct fy_sensor *sensor)
{
	struct fy_sensor_reader *readers;
	fy_irqflags flags = fy_lock(&sensor->lock);
	bool cancel = sensor->measuring;

	sensor->gone = true;
	fy_unlock(&sensor->lock, flags);
	if (cancel)
		sensor->ops->cancel(sensor->dev);
	fy_port_sensor_stop(sensor);
	flags = fy_lock(&sensor->lock);
	readers = sensor->readers;
	sensor->readers = NULL;
	sensor->measuring = false;
	fy_unlock(&sensor->lock, flags);
	end_all(readers, FY_ERR_GONE);
}

/* ---- For drivers. ---- */

static void fill(struct fy_sensor_reader *reader, uint64_t time, uint32_t channels,
		 const int32_t *values)
{
	const int32_t *value = values;

	for (unsigned i = 0; i < FY_SENSOR_CHANNELS_MAX; i++) {
		if (!(channels >> i & 1))
			continue;
		if (reader->missing >> i & 1) {
			reader->value[i] = *value;
			reader->time = time;
		}
		value++;
	}
	reader->missing &= ~channels;
}

/* Takes out of the list who has all, into one that is returned. */
static struct fy_sensor_reader *take_filled(struct fy_sensor *sensor)
{
	struct fy_sensor_reader **at = &sensor->readers, *filled = NULL;

	while (*at) {
		struct fy_sensor_reader *reader = *at;

		if (reader->missing) {
			at = &reader->next;
			continue;
		}
		*at = reader->next;
		list_append(&filled, reader);
	}
	return filled;
}

/* A measurement's reader is told when the device is done with it, so that it may start the next. */
void fy_port_sensor_sample(struct fy_sensor *sensor, uint64_t time, uint32_t channels,
			   const int32_t *values)
{
	struct fy_sensor_reader *filled = NULL;
	fy_irqflags flags = fy_lock(&sensor->lock);

	for (struct fy_sensor_reader *reader = sensor->readers; reader; reader = reader->next)
		fill(reader, time, channels, values);
	if (sensor->streaming)
		filled = take_filled(sensor);
	fy_unlock(&sensor->lock, flags);
	if (sensor->sink->sample)
		sensor->sink->sample(sensor, time, channels, values);
	end_all(filled, 0);
}

void fy_port_sensor_done(struct fy_sensor *sensor, int error)
{
	struct fy_sensor_reader *readers = NULL;
	fy_irqflags flags = fy_lock(&sensor->lock);
	bool over = sensor->measuring && !sensor->gone;

	if (over) {
		readers = sensor->readers;
		sensor->readers = NULL;
		sensor->measuring = false;
	}
	fy_unlock(&sensor->lock, flags);
	end_all(readers, error);
	if (over && sensor->sink->done)
		sensor->sink->done(sensor);
}
