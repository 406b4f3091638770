/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * <ferry/sensor.h> for every port: who waits for a sample, and what becomes of it. See
 * ports/common/sensor-core.c; what a port adds to that is behind `sink` and `port`.
 */
#ifndef FERRY_PORT_SENSOR_H
#define FERRY_PORT_SENSOR_H

#include <ferry/irq.h>

/*
 * One who wants a value of each of CHANNELS. It is the caller's, from fy_port_sensor_begin() until
 * `ended` is called.
 */
struct fy_sensor_reader {
	struct fy_sensor_reader *next;
	uint32_t channels, missing;
	/* Context: any. The reader may be used again, but not begin from here. */
	void (*ended)(void *arg, struct fy_sensor_reader *reader);
	void *arg;
	int error;			       /* afterwards: 0, or why there are no values */
	uint64_t time;			       /* of the last value */
	int32_t value[FY_SENSOR_CHANNELS_MAX]; /* by channel */
	/* the port's: what `ended` and `arg` were */
	void (*port_ended)(void *arg, struct fy_sensor_reader *reader);
	void *port_arg;
};

/* The port's: who gets all samples. Context: any. Any may be NULL. */
struct fy_sensor_sink {
	void (*sample)(struct fy_sensor *sensor, uint64_t time, uint32_t channels,
		       const int32_t *values);
	/* The measurement is over, and its readers were told. The next may begin, not from here. */
	void (*done)(struct fy_sensor *sensor);
	void (*lost)(struct fy_sensor *sensor);
	void (*event)(struct fy_sensor *sensor, unsigned channel, enum fy_sensor_limit limit,
		      uint64_t time);
};

struct fy_sensor {
	struct fy_sensor *next; /* in a list of the port's */
	struct fy_device *dev;
	const struct fy_sensor_channel *channels;
	unsigned count;
	const struct fy_sensor_ops *ops;
	const struct fy_sensor_sink *sink;
	void *port;
	struct fy_lock lock;
	struct fy_sensor_reader *readers; /* who waits, for the measurement or in the stream */
	bool measuring, gone;
	uint32_t streaming; /* channels */
};

/* By the port. */
int fy_port_sensor_offer(struct fy_device *dev, struct fy_sensor *sensor,
			 const struct fy_sensor_channel *channels, unsigned count,
			 const struct fy_sensor_ops *ops);
void fy_port_sensor_withdraw(struct fy_sensor *sensor);

/* ---- By the core, for the port. ---- */

/* Fills *SENSOR. FY_ERR_INVALID: the channels are not valid. */
int fy_port_sensor_init(struct fy_device *dev, struct fy_sensor *sensor,
			const struct fy_sensor_channel *channels, unsigned count,
			const struct fy_sensor_ops *ops, const struct fy_sensor_sink *sink);
/* Ends all that is under way: readers get FY_ERR_GONE. Context: thread. */
void fy_port_sensor_end(struct fy_sensor *sensor);
/*
 * Starts a measurement for READER, or has it wait for the next samples of a stream. Returns 0;
 * FY_ERR_BUSY: a measurement is under way, or a stream of other channels; FY_ERR_GONE;
 * FY_ERR_INVALID: there are no such channels; or the driver's error. Not from within `ended`.
 * Context: any.
 */
int fy_port_sensor_begin(struct fy_sensor *sensor, struct fy_sensor_reader *reader);
/* Makes READER wait no longer; `ended` is not called. Harmless if it is over. Context: thread. */
void fy_port_sensor_cancel(struct fy_sensor *sensor, struct fy_sensor_reader *reader);
/*
 * Starts and stops streaming. FY_ERR_UNSUPPORTED: the device has no clock of its own; FY_ERR_BUSY:
 * a measurement is under way, or it streams already. Context: thread.
 */
int fy_port_sensor_stream(struct fy_sensor *sensor, uint32_t channels);
void fy_port_sensor_stop(struct fy_sensor *sensor);

/* A kind's name ("angular-velocity"), and the unit that fy_sensor_micro() has millionths of. */
const char *fy_port_sensor_kind(enum fy_sensor_kind kind);
const char *fy_port_sensor_unit(enum fy_sensor_kind kind);
/*
 * The raw number of CHANNEL that is nearest to MICRO, in millionths of the plain unit, as
 * fy_sensor_micro() has it. FY_ERR_INVALID: none of 32 bits is.
 */
int fy_port_sensor_raw(const struct fy_sensor_channel *channel, int64_t micro, int32_t *raw);
/*
 * Which one of those of its kind and axis CHANNEL is, from 0; *ALONE (may be NULL): whether it is
 * the only one.
 */
unsigned fy_port_sensor_index(const struct fy_sensor *sensor, unsigned channel, bool *alone);

/* ---- In text (ports/common/sensor-text.c). ---- */

#define FY_SENSOR_DECIMAL 24 /* bytes */
#define FY_SENSOR_NAME	  24

/*
 * Writes MICRO millionths as a decimal ("21.5", "-0.003906") to the end of TEXT. Returns where it
 * begins there.
 */
char *fy_port_sensor_decimal(char text[FY_SENSOR_DECIMAL], int64_t micro);
/* What CHANNEL is called: "temperature", "acceleration-x"; "voltage1" where there are several. */
void fy_port_sensor_name(const struct fy_sensor *sensor, unsigned channel,
			 char name[FY_SENSOR_NAME]);

/* ---- By the core, for drivers. ---- */

void fy_port_sensor_sample(struct fy_sensor *sensor, uint64_t time, uint32_t channels,
			   const int32_t *values);
void fy_port_sensor_done(struct fy_sensor *sensor, int error);

static inline int fy_sensor_offer(struct fy_device *dev, struct fy_sensor *sensor,
				  const struct fy_sensor_channel *channels, unsigned count,
				  const struct fy_sensor_ops *ops)
{
	return fy_port_sensor_offer(dev, sensor, channels, count, ops);
}

static inline void fy_sensor_withdraw(struct fy_sensor *sensor)
{
	fy_port_sensor_withdraw(sensor);
}

static inline void fy_sensor_sample(struct fy_sensor *sensor, uint64_t time, uint32_t channels,
				    const int32_t *values)
{
	fy_port_sensor_sample(sensor, time, channels, values);
}

static inline void fy_sensor_done(struct fy_sensor *sensor, int error)
{
	fy_port_sensor_done(sensor, error);
}

static inline void fy_sensor_lost(struct fy_sensor *sensor)
{
	if (sensor->sink->lost)
		sensor->sink->lost(sensor);
}

static inline void fy_sensor_event(struct fy_sensor *sensor, unsigned channel,
				   enum fy_sensor_limit limit, uint64_t time)
{
	if (sensor->sink->event)
		sensor->sink->event(sensor, channel, limit, time);
}

#endif
