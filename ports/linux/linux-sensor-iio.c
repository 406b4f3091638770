// SPDX-License-Identifier: GPL-2.0-only
/*
 * Linux port, class sensor: an IIO device with all of a sensor's channels. Its buffer is filled by
 * the device's own clock, where it has one; or, with a trigger (a timer of iio-trig-hrtimer,
 * another device's), by a measurement each time. Times are when samples were taken, on the clock
 * that the user has chosen.
 */
#include <linux/iio/buffer.h>
#include <linux/iio/events.h>
#include <linux/iio/iio.h>
#include <linux/iio/trigger.h>
#include <linux/iio/trigger_consumer.h>
#include <linux/iio/triggered_buffer.h>
#include <linux/ktime.h>
#include <linux/slab.h>

#include "kernel-compat.h"
#include "linux-error.h"
#include "linux-sensor.h"

#define RATES_MAX 32

struct fy_linux_iio {
	struct iio_dev *indio;
	struct fy_linux_sensor *port;
	struct iio_chan_spec spec[FY_SENSOR_CHANNELS_MAX + 1]; /* and the time */
	int rates[2 * RATES_MAX];			       /* in Hz and millionths */
	unsigned rate_count;
	bool streams;
	int32_t latest[FY_SENSOR_CHANNELS_MAX]; /* by channel */
	struct {
		s32 value[FY_SENSOR_CHANNELS_MAX];
		s64 time __aligned(8);
	} scan;
};

static const struct iio_event_spec events[] = {
	{
		.type = IIO_EV_TYPE_THRESH,
		.dir = IIO_EV_DIR_RISING,
		.mask_separate = BIT(IIO_EV_INFO_ENABLE) | BIT(IIO_EV_INFO_VALUE) |
				 BIT(IIO_EV_INFO_HYSTERESIS),
	},
	{
		.type = IIO_EV_TYPE_THRESH,
		.dir = IIO_EV_DIR_FALLING,
		.mask_separate = BIT(IIO_EV_INFO_ENABLE) | BIT(IIO_EV_INFO_VALUE) |
				 BIT(IIO_EV_INFO_HYSTERESIS),
	},
};

static const enum iio_chan_type iio_types[FY_SENSOR_KINDS] = {
	[FY_SENSOR_TEMPERATURE] = IIO_TEMP,    [FY_SENSOR_HUMIDITY] = IIO_HUMIDITYRELATIVE,
	[FY_SENSOR_PRESSURE] = IIO_PRESSURE,   [FY_SENSOR_VOLTAGE] = IIO_VOLTAGE,
	[FY_SENSOR_CURRENT] = IIO_CURRENT,     [FY_SENSOR_POWER] = IIO_POWER,
	[FY_SENSOR_ENERGY] = IIO_ENERGY,       [FY_SENSOR_RESISTANCE] = IIO_RESISTANCE,
	[FY_SENSOR_ACCELERATION] = IIO_ACCEL,  [FY_SENSOR_ANGULAR_VELOCITY] = IIO_ANGL_VEL,
	[FY_SENSOR_MAGNETIC_FIELD] = IIO_MAGN, [FY_SENSOR_ILLUMINANCE] = IIO_LIGHT,
	[FY_SENSOR_DISTANCE] = IIO_DISTANCE,   [FY_SENSOR_CONCENTRATION] = IIO_CONCENTRATION,
};

static struct fy_linux_iio *of_indio(struct iio_dev *indio)
{
	return *(struct fy_linux_iio **)iio_priv(indio);
}

static struct fy_sensor *sensor_of(struct iio_dev *indio)
{
	return of_indio(indio)->port->sensor;
}

/* ---- Values. ---- */

static int read_value(struct iio_dev *indio, unsigned channel, int *value)
{
	struct fy_sensor_reader reader = { .channels = BIT(channel) };
	int rc = fy_linux_sensor_read(of_indio(indio)->port, &reader);

	*value = reader.value[channel];
	return rc ? rc : IIO_VAL_INT;
}

static int read_rate(struct iio_dev *indio, int *whole, int *millionths)
{
	struct fy_linux_iio *iio = of_indio(indio);
	struct fy_sensor *sensor = sensor_of(indio);
	int index;

	mutex_lock(&iio->port->mutex);
	index = sensor->gone ? FY_ERR_GONE : sensor->ops->get_rate(sensor->dev);
	mutex_unlock(&iio->port->mutex);
	if (index < 0)
		return fy_error_to_errno(index);
	*whole = iio->rates[2 * index];
	*millionths = iio->rates[2 * index + 1];
	return IIO_VAL_INT_PLUS_MICRO;
}

static int read_raw(struct iio_dev *indio, const struct iio_chan_spec *spec, int *value, int *rest,
		    long mask)
{
	const struct fy_sensor_channel *channel = &sensor_of(indio)->channels[spec->scan_index];

	switch (mask) {
	case IIO_CHAN_INFO_RAW:
		return read_value(indio, spec->scan_index, value);
	case IIO_CHAN_INFO_OFFSET:
		*value = channel->offset;
		return IIO_VAL_INT;
	case IIO_CHAN_INFO_SCALE:
		*value = channel->scale;
		*rest = channel->divisor ? (int)channel->divisor : 1;
		return IIO_VAL_FRACTIONAL;
	case IIO_CHAN_INFO_SAMP_FREQ:
		return read_rate(indio, value, rest);
	default:
		return -EINVAL;
	}
}

static int read_avail(struct iio_dev *indio, const struct iio_chan_spec *spec, const int **values,
		      int *type, int *length, long mask)
{
	struct fy_linux_iio *iio = of_indio(indio);

	if (mask != IIO_CHAN_INFO_SAMP_FREQ)
		return -EINVAL;
	*values = iio->rates;
	*type = IIO_VAL_INT_PLUS_MICRO;
	*length = 2 * iio->rate_count;
	return IIO_AVAIL_LIST;
}

static int write_raw(struct iio_dev *indio, const struct iio_chan_spec *spec, int whole,
		     int millionths, long mask)
{
	struct fy_linux_iio *iio = of_indio(indio);
	struct fy_sensor *sensor = sensor_of(indio);
	unsigned index = 0;
	int rc;

	if (mask != IIO_CHAN_INFO_SAMP_FREQ)
		return -EINVAL;
	while (index < iio->rate_count &&
	       (iio->rates[2 * index] != whole || iio->rates[2 * index + 1] != millionths))
		index++;
	if (index == iio->rate_count)
		return -EINVAL;
	mutex_lock(&iio->port->mutex);
	if (sensor->gone)
		rc = FY_ERR_GONE;
	else if (sensor->streaming)
		rc = FY_ERR_BUSY;
	else
		rc = sensor->ops->set_rate(sensor->dev, index);
	mutex_unlock(&iio->port->mutex);
	return fy_error_to_errno(rc);
}

static int __maybe_unused read_label(struct iio_dev *indio, const struct iio_chan_spec *spec,
				     char *label)
{
	const char *own = spec->type == IIO_TIMESTAMP ?
				  NULL :
				  sensor_of(indio)->channels[spec->scan_index].label;

	return own ? sysfs_emit(label, "%s\n", own) : -EINVAL;
}

/* ---- Limits. ---- */

static enum fy_sensor_limit limit_of(enum iio_event_direction direction)
{
	return direction == IIO_EV_DIR_RISING ? FY_SENSOR_ABOVE : FY_SENSOR_BELOW;
}

static int get_threshold(struct iio_dev *indio, const struct iio_chan_spec *spec,
			 enum iio_event_direction direction, struct fy_sensor_threshold *threshold)
{
	struct fy_sensor *sensor = sensor_of(indio);
	int rc = FY_ERR_GONE;

	mutex_lock(&of_indio(indio)->port->mutex);
	if (!sensor->gone)
		rc = sensor->ops->get_threshold(sensor->dev, spec->scan_index, limit_of(direction),
						threshold);
	mutex_unlock(&of_indio(indio)->port->mutex);
	return fy_error_to_errno(rc);
}

static int set_threshold(struct iio_dev *indio, const struct iio_chan_spec *spec,
			 enum iio_event_direction direction,
			 const struct fy_sensor_threshold *threshold)
{
	struct fy_sensor *sensor = sensor_of(indio);
	int rc = FY_ERR_GONE;

	mutex_lock(&of_indio(indio)->port->mutex);
	if (!sensor->gone)
		rc = sensor->ops->set_threshold(sensor->dev, spec->scan_index, limit_of(direction),
						threshold);
	mutex_unlock(&of_indio(indio)->port->mutex);
	return fy_error_to_errno(rc);
}

static int read_event_config(struct iio_dev *indio, const struct iio_chan_spec *spec,
			     enum iio_event_type type, enum iio_event_direction direction)
{
	struct fy_sensor_threshold threshold;
	int rc = get_threshold(indio, spec, direction, &threshold);

	return rc ? rc : threshold.enabled;
}

static int write_event_config(struct iio_dev *indio, const struct iio_chan_spec *spec,
			      enum iio_event_type type, enum iio_event_direction direction,
			      bool enabled)
{
	struct fy_sensor_threshold threshold;
	int rc = get_threshold(indio, spec, direction, &threshold);

	if (rc)
		return rc;
	threshold.enabled = enabled;
	return set_threshold(indio, spec, direction, &threshold);
}

/* As the member was before 6.13. */
static int __maybe_unused write_event_config_int(struct iio_dev *indio,
						 const struct iio_chan_spec *spec,
						 enum iio_event_type type,
						 enum iio_event_direction direction, int state)
{
	return write_event_config(indio, spec, type, direction, state);
}

static int read_event_value(struct iio_dev *indio, const struct iio_chan_spec *spec,
			    enum iio_event_type type, enum iio_event_direction direction,
			    enum iio_event_info info, int *value, int *rest)
{
	struct fy_sensor_threshold threshold;
	int rc = get_threshold(indio, spec, direction, &threshold);

	if (rc)
		return rc;
	*value = info == IIO_EV_INFO_VALUE ? threshold.value : threshold.hysteresis;
	return IIO_VAL_INT;
}

static int write_event_value(struct iio_dev *indio, const struct iio_chan_spec *spec,
			     enum iio_event_type type, enum iio_event_direction direction,
			     enum iio_event_info info, int value, int rest)
{
	struct fy_sensor_threshold threshold;
	int rc = get_threshold(indio, spec, direction, &threshold);

	if (rc)
		return rc;
	if (info == IIO_EV_INFO_VALUE)
		threshold.value = value;
	else if (value >= 0)
		threshold.hysteresis = value;
	else
		return -EINVAL;
	return set_threshold(indio, spec, direction, &threshold);
}

static int iio_direction(enum fy_sensor_limit limit)
{
	return limit == FY_SENSOR_ABOVE ? IIO_EV_DIR_RISING : IIO_EV_DIR_FALLING;
}

/* On the user's clock, what was TIME on the contract's. */
static s64 on_clock(struct iio_dev *indio, uint64_t time)
{
	return iio_get_time_ns(indio) - (s64)(ktime_get_ns() - time);
}

void fy_linux_iio_event(struct fy_linux_sensor *port, unsigned channel, enum fy_sensor_limit limit,
			uint64_t time)
{
	struct fy_linux_iio *iio = READ_ONCE(port->iio);
	const struct iio_chan_spec *spec;
	u64 code;

	if (!iio)
		return;
	spec = &iio->spec[channel];
	code = spec->modified ? IIO_MOD_EVENT_CODE(spec->type, spec->channel, spec->channel2,
						   IIO_EV_TYPE_THRESH, iio_direction(limit)) :
				IIO_UNMOD_EVENT_CODE(spec->type, spec->channel, IIO_EV_TYPE_THRESH,
						     iio_direction(limit));
	iio_push_event(iio->indio, code, on_clock(iio->indio, time));
}

/* ---- The buffer. ---- */

/* A scan has all channels that the user wants: one that the sample has not keeps its value. */
static void push(struct fy_linux_iio *iio, uint64_t time)
{
	unsigned count = 0, channel;

	for_each_set_bit(channel, iio->indio->active_scan_mask, iio->port->sensor->count)
		iio->scan.value[count++] = iio->latest[channel];
	iio_push_to_buffers_with_timestamp(iio->indio, &iio->scan, on_clock(iio->indio, time));
}

void fy_linux_iio_sample(struct fy_linux_sensor *port, uint64_t time, uint32_t channels,
			 const int32_t *values)
{
	struct fy_linux_iio *iio = READ_ONCE(port->iio);

	if (!iio || !READ_ONCE(iio->streams))
		return;
	for (unsigned i = 0; i < port->sensor->count; i++)
		if (channels >> i & 1)
			iio->latest[i] = *values++;
	push(iio, time);
}

static irqreturn_t triggered(int irq, void *arg)
{
	struct iio_poll_func *poll = arg;
	struct fy_linux_iio *iio = of_indio(poll->indio_dev);
	struct fy_sensor_reader reader = { .channels = (u32)*iio->indio->active_scan_mask };

	if (!fy_linux_sensor_read(iio->port, &reader)) {
		memcpy(iio->latest, reader.value, sizeof(iio->latest));
		push(iio, reader.time);
	}
	iio_trigger_notify_done(iio->indio->trig);
	return IRQ_HANDLED;
}

/* With a trigger each scan is a measurement; without one, the device's own clock makes them. */
static int buffer_enabled(struct iio_dev *indio)
{
	struct fy_linux_iio *iio = of_indio(indio);
	int rc;

	if (indio->trig)
		return 0;
	mutex_lock(&iio->port->mutex);
	WRITE_ONCE(iio->streams, true);
	rc = fy_port_sensor_stream(iio->port->sensor, (u32)*indio->active_scan_mask);
	if (rc)
		WRITE_ONCE(iio->streams, false);
	mutex_unlock(&iio->port->mutex);
	return fy_error_to_errno(rc);
}

static int buffer_ends(struct iio_dev *indio)
{
	struct fy_linux_iio *iio = of_indio(indio);

	if (!iio->streams)
		return 0;
	/* Not with the mutex: who waits for a sample has that. */
	fy_port_sensor_stop(iio->port->sensor);
	WRITE_ONCE(iio->streams, false);
	return 0;
}

static const struct iio_buffer_setup_ops buffer_ops = {
	.postenable = buffer_enabled,
	.predisable = buffer_ends,
};

/* ---- Its coming and going. ---- */

static const struct iio_info info = {
	.read_raw = read_raw,
	.read_avail = read_avail,
	.write_raw = write_raw,
	FY_IIO_READ_LABEL(read_label).read_event_config = read_event_config,
	.write_event_config = FY_BY_TYPE(struct iio_info, write_event_config, write_event_config,
					 write_event_config_int),
	.read_event_value = read_event_value,
	.write_event_value = write_event_value,
};

static void fill_channel(struct fy_linux_iio *iio, unsigned i)
{
	const struct fy_sensor *sensor = iio->port->sensor;
	const struct fy_sensor_channel *channel = &sensor->channels[i];
	struct iio_chan_spec *spec = &iio->spec[i];
	bool alone;

	spec->type = iio_types[channel->kind];
	spec->channel = (int)fy_port_sensor_index(sensor, i, &alone);
	spec->indexed = !alone;
	if (channel->axis) {
		spec->modified = 1;
		spec->channel2 = IIO_MOD_X + (channel->axis - FY_SENSOR_X);
	}
	spec->info_mask_separate = BIT(IIO_CHAN_INFO_RAW) | BIT(IIO_CHAN_INFO_SCALE);
	if (channel->offset)
		spec->info_mask_separate |= BIT(IIO_CHAN_INFO_OFFSET);
	if (iio->rate_count) {
		spec->info_mask_shared_by_all = BIT(IIO_CHAN_INFO_SAMP_FREQ);
		spec->info_mask_shared_by_all_available = BIT(IIO_CHAN_INFO_SAMP_FREQ);
	}
	spec->scan_index = (int)i;
	spec->scan_type.sign = 's';
	spec->scan_type.realbits = spec->scan_type.storagebits = 32;
	spec->scan_type.endianness = IIO_CPU;
	if (channel->limits) {
		spec->event_spec = &events[channel->limits == FY_SENSOR_BELOW];
		spec->num_event_specs = hweight32(channel->limits);
	}
}

static void fill_rates(struct fy_linux_iio *iio)
{
	const uint32_t *rates = iio->port->sensor->ops->rates;

	for (; rates && rates[iio->rate_count] && iio->rate_count < RATES_MAX; iio->rate_count++) {
		iio->rates[2 * iio->rate_count] = (int)(rates[iio->rate_count] / 1000);
		iio->rates[2 * iio->rate_count + 1] = (int)(rates[iio->rate_count] % 1000 * 1000);
	}
}

static void fill(struct fy_linux_iio *iio)
{
	const unsigned count = iio->port->sensor->count;

	fill_rates(iio);
	for (unsigned i = 0; i < count; i++)
		fill_channel(iio, i);
	iio->spec[count] = (struct iio_chan_spec)IIO_CHAN_SOFT_TIMESTAMP((int)count);
	iio->indio->name = KBUILD_MODNAME;
	iio->indio->info = &info;
	iio->indio->channels = iio->spec;
	iio->indio->num_channels = (int)count + 1;
	iio->indio->modes = INDIO_DIRECT_MODE;
	if (iio->port->sensor->ops->stream)
		iio->indio->modes |= INDIO_BUFFER_SOFTWARE;
}

int fy_linux_iio_register(struct fy_linux_sensor *port)
{
	struct fy_linux_iio *iio = kzalloc(sizeof(*iio), GFP_KERNEL);
	int rc = -ENOMEM;

	if (!iio)
		return rc;
	iio->port = port;
	iio->indio = iio_device_alloc(port->parent, sizeof(iio));
	if (!iio->indio)
		goto free;
	*(struct fy_linux_iio **)iio_priv(iio->indio) = iio;
	fill(iio);
	rc = iio_triggered_buffer_setup(iio->indio, NULL, triggered, &buffer_ops);
	if (rc)
		goto device;
	WRITE_ONCE(port->iio, iio);
	rc = iio_device_register(iio->indio);
	if (rc)
		goto buffer;
	return 0;
buffer:
	WRITE_ONCE(port->iio, NULL);
	iio_triggered_buffer_cleanup(iio->indio);
device:
	iio_device_free(iio->indio);
free:
	kfree(iio);
	return rc;
}

void fy_linux_iio_unregister(struct fy_linux_sensor *port)
{
	struct fy_linux_iio *iio = port->iio;

	if (!iio)
		return;
	iio_device_unregister(iio->indio);
	WRITE_ONCE(port->iio, NULL);
	iio_triggered_buffer_cleanup(iio->indio);
	iio_device_free(iio->indio);
	kfree(iio);
}
