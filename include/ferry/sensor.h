/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Class sensor: a device that measures. Linux shows it by hwmon and IIO, a process by its shell and
 * a socket, the bare metal to the app and on the console.
 *
 * A sensor has channels, numbered from 0; sets of them are masks with a bit for each. What it
 * measures is passed on as samples: raw numbers with the time that they are of, in the order of
 * their times. A measurement is started and its end is told, so nobody waits but who wants to; how
 * long a conversion takes is the driver's business. A device that samples by a clock of its own can
 * be told to, and the driver passes on each sample that it finds in the device's FIFO.
 */
#ifndef FERRY_SENSOR_H
#define FERRY_SENSOR_H

#include <ferry/driver.h>

#define FY_SENSOR_CHANNELS_MAX 32

struct fy_sensor; /* by the port; part of the driver's state */

/* What a channel measures, and the unit of its scale: as Linux' IIO has them. */
enum fy_sensor_kind {
	FY_SENSOR_TEMPERATURE,	    /* thousandths of a degree Celsius */
	FY_SENSOR_HUMIDITY,	    /* relative; thousandths of a percent */
	FY_SENSOR_PRESSURE,	    /* kilopascal */
	FY_SENSOR_VOLTAGE,	    /* millivolt */
	FY_SENSOR_CURRENT,	    /* milliampere */
	FY_SENSOR_POWER,	    /* milliwatt */
	FY_SENSOR_ENERGY,	    /* joule */
	FY_SENSOR_RESISTANCE,	    /* ohm */
	FY_SENSOR_ACCELERATION,	    /* metre per second squared */
	FY_SENSOR_ANGULAR_VELOCITY, /* radian per second */
	FY_SENSOR_MAGNETIC_FIELD,   /* gauss */
	FY_SENSOR_ILLUMINANCE,	    /* lux */
	FY_SENSOR_DISTANCE,	    /* metre */
	FY_SENSOR_CONCENTRATION,    /* percent */
	FY_SENSOR_KINDS,
};

enum fy_sensor_axis {
	FY_SENSOR_NO_AXIS,
	FY_SENSOR_X,
	FY_SENSOR_Y,
	FY_SENSOR_Z,
};

/* Limits of a channel, or-ed where there may be several. */
enum fy_sensor_limit {
	FY_SENSOR_ABOVE = 1, /* the value rises above it */
	FY_SENSOR_BELOW = 2, /* the value falls below it */
};

/* A channel. In the unit of its kind a raw number is (raw + offset) * scale / divisor. */
struct fy_sensor_channel {
	enum fy_sensor_kind kind;
	enum fy_sensor_axis axis;
	const char *label; /* what it measures there ("outside"); NULL: no more is known */
	int32_t offset;	   /* such that raw + offset has 32 bits */
	int32_t scale;	   /* not 0 */
	uint32_t divisor;  /* 1 to 0x7fffffff; 0 is 1 */
	unsigned limits;   /* that the device watches: enum fy_sensor_limit, or-ed */
};

/* A limit that the device watches. */
struct fy_sensor_threshold {
	bool enabled;
	int32_t value; /* raw */
	/*
	 * Raw, 0 or more: the value must come back by so much before fy_sensor_event() is called
	 * again.
	 */
	int32_t hysteresis;
};

/*
 * What a driver offers. Ops are not called twice at the same time. CHANNELS is never 0, and has no
 * bit of a channel that there is not.
 */
struct fy_sensor_ops {
	/*
	 * Starts a measurement of CHANNELS, and does not wait for it. Returns 0: the driver will
	 * call fy_sensor_sample(), once or more, until each of CHANNELS has had a value, and then
	 * fy_sensor_done(); or fy_sensor_done() with an error. It does so in a limited time
	 * whatever the device does, perhaps before this returns. Or an error: nothing was started.
	 * Not called while a measurement is under way, nor between `stream` and `stop`, nor from
	 * within fy_sensor_sample() and fy_sensor_done(). Context: any.
	 */
	int (*start)(struct fy_device *dev, uint32_t channels);
	/*
	 * Aborts the measurement that is under way, if there is one: after it returns the driver
	 * does not call fy_sensor_done() for it. Context: thread.
	 */
	void (*cancel)(struct fy_device *dev);

	/* These are for a device that samples by a clock of its own; otherwise all are NULL. */

	/* The rates that the device has, in millihertz, in rising order; ended by 0. */
	const uint32_t *rates;
	/* The index among `rates` of the one that it has now. Context: thread. */
	int (*get_rate)(struct fy_device *dev);
	/* Makes it that of INDEX. Not called between `stream` and `stop`. Context: thread. */
	int (*set_rate)(struct fy_device *dev, unsigned index);
	/*
	 * Has the device sample CHANNELS by its clock. From now on the driver calls
	 * fy_sensor_sample() for each sample, in the order in which the device took them.
	 * FY_ERR_UNSUPPORTED: not these together. Context: thread.
	 */
	int (*stream)(struct fy_device *dev, uint32_t channels);
	/* Ends that: after it returns, fy_sensor_sample() is not called. Context: thread. */
	void (*stop)(struct fy_device *dev);

	/* These are for one with limits; otherwise all are NULL. */

	/* Reads the threshold that the device has. Context: thread. */
	int (*get_threshold)(struct fy_device *dev, unsigned channel, enum fy_sensor_limit limit,
			     struct fy_sensor_threshold *threshold);
	/*
	 * Sets it; what the device cannot express exactly is rounded. FY_ERR_INVALID: it is out of
	 * the device's range. FY_ERR_UNSUPPORTED: the device cannot disable it, or has no such
	 * hysteresis. Context: thread.
	 */
	int (*set_threshold)(struct fy_device *dev, unsigned channel, enum fy_sensor_limit limit,
			     const struct fy_sensor_threshold *threshold);
};

/*
 * Offers COUNT CHANNELS, 1 to FY_SENSOR_CHANNELS_MAX, which stay valid and as they are until the
 * sensor is withdrawn. Ops may be called before it returns. Returns 0; FY_ERR_INVALID: a channel is
 * not as said above; FY_ERR_NO_MEMORY; FY_ERR_UNSUPPORTED: the kernel has no place for sensors.
 * Context: thread, from probe.
 */
static inline int fy_sensor_offer(struct fy_device *dev, struct fy_sensor *sensor,
				  const struct fy_sensor_channel *channels, unsigned count,
				  const struct fy_sensor_ops *ops);
/*
 * Withdraws the sensor: cancels what is under way; who waits for it gets FY_ERR_GONE. After it
 * returns no op runs or is called. Context: thread.
 */
static inline void fy_sensor_withdraw(struct fy_sensor *sensor);

/*
 * Passes on a sample: what CHANNELS had at TIME (fy_now_ns()), a raw number each, in VALUES in the
 * order of the channels' numbers. TIME is when the device took it, not when the driver read it: the
 * interrupt's time, or that less the periods of the samples which came after it in a FIFO. VALUES
 * are the driver's again after the call. Context: any; the driver may hold a lock of its own.
 */
static inline void fy_sensor_sample(struct fy_sensor *sensor, uint64_t time, uint32_t channels,
				    const int32_t *values);
/*
 * The measurement that `start` began is over: ERROR is 0, or FY_ERR_IO, FY_ERR_TIMEOUT and so on.
 * Context: any; the driver may hold a lock of its own.
 */
static inline void fy_sensor_done(struct fy_sensor *sensor, int error);
/*
 * The device has lost samples between the last one and the next: its FIFO was full. Context: any.
 */
static inline void fy_sensor_lost(struct fy_sensor *sensor);
/* CHANNEL went past LIMIT at TIME. Context: any. */
static inline void fy_sensor_event(struct fy_sensor *sensor, unsigned channel,
				   enum fy_sensor_limit limit, uint64_t time);

/*
 * What RAW of CHANNEL is in millionths of the plain unit of its kind: of degrees Celsius, percent,
 * kilopascal, volt, ampere, watt, joule and so on; rounded, halves away from 0. Values beyond
 * +-9,000,000,000,000 units do not fit. Context: any.
 */
static inline int64_t fy_sensor_micro(const struct fy_sensor_channel *channel, int32_t raw)
{
	const bool thousandths =
		channel->kind == FY_SENSOR_TEMPERATURE || channel->kind == FY_SENSOR_HUMIDITY ||
		channel->kind == FY_SENSOR_VOLTAGE || channel->kind == FY_SENSOR_CURRENT ||
		channel->kind == FY_SENSOR_POWER;
	const uint32_t divisor = channel->divisor ? channel->divisor : 1;
	const uint32_t parts = thousandths ? 1000 : 1000000;
	const int64_t n = ((int64_t)raw + channel->offset) * channel->scale;
	const uint64_t size = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
	const uint64_t whole = fy_div_u64(size, divisor), rest = size - whole * divisor;
	const uint64_t micro = whole * parts + fy_div_u64(rest * parts + divisor / 2, divisor);

	return n < 0 ? -(int64_t)micro : (int64_t)micro;
}

#include <ferry/port/sensor.h>

#endif
