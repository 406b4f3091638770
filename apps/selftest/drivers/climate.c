// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * climate: a sensor for tests, without a device: temperature and humidity by a formula, a
 * conversion of 20 ms for each, and an upper limit of the temperature with an event. Every
 * hundredth measurement fails.
 */
#include <ferry/driver.h>
#include <ferry/sensor.h>
#include <ferry/time.h>

#define CONVERSION (20 * FY_NS_PER_MS)

struct climate {
	struct fy_device *dev;
	struct fy_sensor sensor;
	struct fy_timer conversion;
	uint32_t wanted;
	unsigned measurements;
	struct fy_sensor_threshold above;
	bool passed;
};

enum { TEMPERATURE, HUMIDITY };

static const struct fy_sensor_channel channels[] = {
	/* 1/256 of a degree */
	[TEMPERATURE] = { .kind = FY_SENSOR_TEMPERATURE,
			  .label = "outside",
			  .scale = 1000,
			  .divisor = 256,
			  .limits = FY_SENSOR_ABOVE },
	/* 125 / 65536 of a percent, from -6 on, as some have it */
	[HUMIDITY] = { .kind = FY_SENSOR_HUMIDITY,
		       .offset = -3146,
		       .scale = 125000,
		       .divisor = 65536 },
};

/* 21.5 degrees, and a sixteenth more each time. */
static int32_t temperature_of(const struct climate *c)
{
	return 0x1580 + 16 * (int32_t)c->measurements;
}

static void watch_limit(struct climate *c, int32_t temperature)
{
	if (!c->above.enabled)
		return;
	if (!c->passed && temperature > c->above.value) {
		c->passed = true;
		fy_sensor_event(&c->sensor, TEMPERATURE, FY_SENSOR_ABOVE, fy_now_ns());
	} else if (temperature < c->above.value - c->above.hysteresis) {
		c->passed = false;
	}
}

static uint64_t converted(void *arg, uint64_t due)
{
	struct climate *c = arg;
	const uint32_t channel = c->wanted & (1 << TEMPERATURE) ? TEMPERATURE : HUMIDITY;
	int32_t value = channel == TEMPERATURE ? temperature_of(c) : 30000;

	if (c->measurements % 100 == 99) {
		c->measurements++;
		fy_sensor_done(&c->sensor, FY_ERR_IO);
		return FY_TIMER_STOP;
	}
	c->wanted &= ~(1u << channel);
	fy_sensor_sample(&c->sensor, due, 1u << channel, &value);
	if (channel == TEMPERATURE)
		watch_limit(c, value);
	if (c->wanted)
		return due + CONVERSION;
	c->measurements++;
	fy_sensor_done(&c->sensor, 0);
	return FY_TIMER_STOP;
}

static int climate_start(struct fy_device *dev, uint32_t wanted)
{
	struct climate *c = fy_state(dev);

	c->wanted = wanted;
	fy_timer_start(&c->conversion, fy_now_ns() + CONVERSION);
	return 0;
}

static void climate_cancel(struct fy_device *dev)
{
	struct climate *c = fy_state(dev);

	fy_timer_stop(&c->conversion);
}

static int climate_get_threshold(struct fy_device *dev, unsigned channel,
				 enum fy_sensor_limit limit, struct fy_sensor_threshold *threshold)
{
	const struct climate *c = fy_state(dev);

	*threshold = c->above;
	return 0;
}

static int climate_set_threshold(struct fy_device *dev, unsigned channel,
				 enum fy_sensor_limit limit,
				 const struct fy_sensor_threshold *threshold)
{
	struct climate *c = fy_state(dev);

	if (threshold->value > 0x7fff)
		return FY_ERR_INVALID;
	c->above = *threshold;
	c->passed = false;
	return 0;
}

static const struct fy_sensor_ops ops = {
	.start = climate_start,
	.cancel = climate_cancel,
	.get_threshold = climate_get_threshold,
	.set_threshold = climate_set_threshold,
};

static int climate_probe(struct fy_device *dev)
{
	struct climate *c = fy_state(dev);

	c->dev = dev;
	c->above = (struct fy_sensor_threshold){ true, 80 * 256, 5 * 256 };
	fy_timer_init(&c->conversion, dev, converted, c);
	return fy_sensor_offer(dev, &c->sensor, channels, 2, &ops);
}

static void climate_remove(struct fy_device *dev)
{
	struct climate *c = fy_state(dev);

	fy_sensor_withdraw(&c->sensor);
}

FY_DRIVER(climate) = {
	.name = "climate",
	.state_size = sizeof(struct climate),
	.probe = climate_probe,
	.remove = climate_remove,
};
