// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * motion: a sensor for tests, without a device: acceleration of three axes and the temperature of
 * the chip. It samples by a clock of its own into a FIFO of 8, which is emptied when there are 4 in
 * it. The x axis counts its samples, the others are its number twice and thrice.
 */
#include <ferry/driver.h>
#include <ferry/sensor.h>
#include <ferry/time.h>

enum { X, Y, Z, TEMPERATURE, CHANNELS };
enum { FIFO = 8, WATERMARK = 4 };

struct motion {
	struct fy_sensor sensor;
	struct fy_timer clock;
	uint32_t channels;
	unsigned rate, number;
	bool once;
	struct fy_sensor_threshold above; /* of the x axis */
	/* the device's FIFO */
	unsigned filled;
	int32_t fifo[FIFO][CHANNELS];
};

/* 4 mg, of 9.80665 m/s2 */
#define AXIS(of, watched)                                                       \
	{                                                                       \
		.kind = FY_SENSOR_ACCELERATION, .axis = (of), .scale = 3922660, \
		.divisor = 100000000, .limits = watched                         \
	}

static const struct fy_sensor_channel channels[CHANNELS] = {
	[X] = AXIS(FY_SENSOR_X, FY_SENSOR_ABOVE),
	[Y] = AXIS(FY_SENSOR_Y, 0),
	[Z] = AXIS(FY_SENSOR_Z, 0),
	[TEMPERATURE] = { .kind = FY_SENSOR_TEMPERATURE, .scale = 500, .offset = 46 },
};

static const uint32_t rates[] = { 12500, 100000, 400000, 0 };

static uint64_t period(const struct motion *m)
{
	return fy_div_u64(1000 * FY_NS_PER_SEC, rates[m->rate]);
}

static void measure(struct motion *m, uint64_t now, int32_t values[CHANNELS])
{
	unsigned count = 0;

	m->number++;
	if (m->above.enabled && (int32_t)m->number == m->above.value + 1)
		fy_sensor_event(&m->sensor, X, FY_SENSOR_ABOVE, now);
	for (unsigned i = 0; i < CHANNELS; i++)
		if (m->channels >> i & 1)
			values[count++] = i == TEMPERATURE ? 4 : (int32_t)((i + 1) * m->number);
}

/* The newest in the FIFO is of NOW. */
static void drain(struct motion *m, uint64_t now)
{
	for (unsigned i = 0; i < m->filled; i++)
		fy_sensor_sample(&m->sensor, now - (m->filled - 1 - i) * period(m), m->channels,
				 m->fifo[i]);
	m->filled = 0;
}

static uint64_t tick(void *arg, uint64_t due)
{
	struct motion *m = arg;

	measure(m, due, m->fifo[m->filled++]);
	if (m->once) {
		drain(m, due);
		fy_sensor_done(&m->sensor, 0);
		return FY_TIMER_STOP;
	}
	if (m->filled >= WATERMARK)
		drain(m, due);
	return due + period(m);
}

static void begin(struct fy_device *dev, uint32_t wanted, bool once)
{
	struct motion *m = fy_state(dev);

	m->channels = wanted;
	m->once = once;
	m->filled = 0;
	fy_timer_start(&m->clock, fy_now_ns() + period(m));
}

static int motion_start(struct fy_device *dev, uint32_t wanted)
{
	begin(dev, wanted, true);
	return 0;
}

static void motion_stop(struct fy_device *dev)
{
	struct motion *m = fy_state(dev);

	fy_timer_stop(&m->clock);
}

static int motion_stream(struct fy_device *dev, uint32_t wanted)
{
	begin(dev, wanted, false);
	return 0;
}

static int motion_get_rate(struct fy_device *dev)
{
	const struct motion *m = fy_state(dev);

	return (int)m->rate;
}

static int motion_set_rate(struct fy_device *dev, unsigned index)
{
	struct motion *m = fy_state(dev);

	m->rate = index;
	return 0;
}

static int motion_get_threshold(struct fy_device *dev, unsigned channel, enum fy_sensor_limit limit,
				struct fy_sensor_threshold *threshold)
{
	const struct motion *m = fy_state(dev);

	*threshold = m->above;
	return 0;
}

static int motion_set_threshold(struct fy_device *dev, unsigned channel, enum fy_sensor_limit limit,
				const struct fy_sensor_threshold *threshold)
{
	struct motion *m = fy_state(dev);

	if (threshold->hysteresis)
		return FY_ERR_UNSUPPORTED;
	m->above = *threshold;
	return 0;
}

static const struct fy_sensor_ops ops = {
	.start = motion_start,
	.cancel = motion_stop,
	.rates = rates,
	.get_rate = motion_get_rate,
	.set_rate = motion_set_rate,
	.stream = motion_stream,
	.stop = motion_stop,
	.get_threshold = motion_get_threshold,
	.set_threshold = motion_set_threshold,
};

static int motion_probe(struct fy_device *dev)
{
	struct motion *m = fy_state(dev);

	m->rate = 1;
	fy_timer_init(&m->clock, dev, tick, m);
	return fy_sensor_offer(dev, &m->sensor, channels, CHANNELS, &ops);
}

static void motion_remove(struct fy_device *dev)
{
	struct motion *m = fy_state(dev);

	fy_sensor_withdraw(&m->sensor);
}

FY_DRIVER(motion) = {
	.name = "motion",
	.state_size = sizeof(struct motion),
	.probe = motion_probe,
	.remove = motion_remove,
};
