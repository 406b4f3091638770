// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * dht22: Aosong's DHT22 (AM2302) and its likes, temperature and humidity on one pin. Datasheet:
 * "Digital relative humidity & temperature sensor AM2302/DHT22", sections 7 and 8.
 *
 *	make check T=dht22
 *
 * Devicetree node: compatible = "aosong,dht22"; data-gpios, one pin with a pull-up.
 *
 * The driver pulls the line low to ask, lets it go, and the sensor answers: low and high for 80 us
 * each, then 40 bits, each low for 50 us and high for 26 us (0) or 70 us (1). Only falling edges
 * are looked at: from one to the next a bit is 76 us or 120 us long, whatever becomes of the other
 * edge. All may be late, but not by more than half of the difference.
 */
#include <ferry/driver.h>
#include <ferry/gpio-edge.h>
#include <ferry/gpio.h>
#include <ferry/sensor.h>
#include <ferry/time.h>
#include <ferry/work.h>

#define BITS	  40
#define EDGES	  (BITS + 2) /* the answer's beginning, the first bit's, and each bit's end */
#define START_US  1100	     /* the line is low for 0.8 to 20 ms */
#define ANSWER_NS (10 * FY_NS_PER_MS) /* more than it takes until the last edge */
#define PERIOD_NS (2 * FY_NS_PER_SEC) /* from one reading to the next, and after power-on */
/* How long a bit is, from falling edge to falling edge, with what interrupts are late. */
#define SHORTEST_NS 40000
#define ONE_NS	    98000 /* and longer: a 1 */
#define LONGEST_NS  180000

#define NEGATIVE 0x8000u /* the temperature is a size and a sign */

enum { TEMPERATURE, HUMIDITY, CHANNELS };

static const struct fy_sensor_channel channels[] = {
	/* tenths of a degree, and of a percent */
	[TEMPERATURE] = { .kind = FY_SENSOR_TEMPERATURE, .scale = 100 },
	[HUMIDITY] = { .kind = FY_SENSOR_HUMIDITY, .scale = 100 },
};

struct dht22 {
	struct fy_device *dev;
	struct fy_gpio pin;
	struct fy_gpio_edge_watch watch;
	struct fy_sensor sensor;
	struct fy_work work;
	struct fy_wait wait;
	uint64_t next;	   /* when it may be asked again */
	uint64_t measured; /* when the value was that it will tell; 0: not since the power is on */
	/* of the answer: by the handler of the edges */
	uint64_t edge[EDGES];
	unsigned edges;
};

static void handle_edge(void *arg, const struct fy_gpio_edge *edge)
{
	struct dht22 *d = arg;

	if (d->edges == EDGES)
		return;
	d->edge[d->edges++] = edge->time;
	if (d->edges == EDGES)
		fy_wake(&d->wait);
}

/* ---- Reading it, in a work. ---- */

/* Asks, and waits for the answer's edges. The watch rests while the pin is an output. */
static int ask(struct dht22 *d)
{
	int rc = fy_gpio_set_mode(&d->pin, FY_GPIO_OUT_LOW);

	if (rc)
		return rc;
	fy_sleep_us(START_US);
	d->edges = 0;
	rc = fy_gpio_set_mode(&d->pin, FY_GPIO_IN);
	if (rc)
		return rc;
	/* The first edge comes soon: it may be missed. So the end of the wait is no error yet. */
	fy_wait_for(&d->wait, d->edges == EDGES, ANSWER_NS);
	if (!d->edges)
		return FY_ERR_TIMEOUT;
	return d->edges < EDGES - 1 ? FY_ERR_IO : 0;
}

/* The bytes between the last 41 edges. */
static int decode(const struct dht22 *d, uint8_t *bytes)
{
	const uint64_t *edge = &d->edge[d->edges - BITS - 1];

	for (unsigned i = 0; i < BITS; i++) {
		uint64_t length = edge[i + 1] - edge[i];

		if (length < SHORTEST_NS || length > LONGEST_NS)
			return FY_ERR_IO;
		bytes[i / 8] = (uint8_t)(bytes[i / 8] << 1 | (length >= ONE_NS));
	}
	return (uint8_t)(bytes[0] + bytes[1] + bytes[2] + bytes[3]) == bytes[4] ? 0 : FY_ERR_IO;
}

/* What it tells are the values of the reading before: it measures after it was asked. */
static void read_sensor(void *arg)
{
	struct dht22 *d = arg;
	uint64_t now = fy_now_ns();
	uint8_t bytes[BITS / 8] = { 0 };
	int32_t values[CHANNELS];
	unsigned temperature;
	int rc;

	rc = ask(d);
	d->next = fy_now_ns() + PERIOD_NS;
	if (!rc)
		rc = decode(d, bytes);
	if (!rc) {
		temperature = (unsigned)(bytes[2] << 8 | bytes[3]);
		values[TEMPERATURE] = (int32_t)(temperature & ~NEGATIVE);
		if (temperature & NEGATIVE)
			values[TEMPERATURE] = -values[TEMPERATURE];
		values[HUMIDITY] = bytes[0] << 8 | bytes[1];
		fy_sensor_sample(&d->sensor, d->measured ? d->measured : now,
				 1 << TEMPERATURE | 1 << HUMIDITY, values);
		d->measured = now;
	}
	fy_sensor_done(&d->sensor, rc);
}

/* ---- The class. ---- */

static int dht22_start(struct fy_device *dev, uint32_t wanted)
{
	struct dht22 *d = fy_state(dev);

	fy_work_start_at(&d->work, d->next);
	return 0;
}

static void dht22_cancel(struct fy_device *dev)
{
	struct dht22 *d = fy_state(dev);

	fy_work_stop(&d->work);
}

static const struct fy_sensor_ops ops = {
	.start = dht22_start,
	.cancel = dht22_cancel,
};

/* ---- The device. ---- */

static int dht22_probe(struct fy_device *dev)
{
	struct dht22 *d = fy_state(dev);
	int rc = fy_gpio_request(dev, "data", FY_GPIO_IN, &d->pin);

	if (rc) {
		if (rc != FY_ERR_DEFER)
			fy_error(dev, "cannot have its pin (data-gpios): %s", fy_error_name(rc));
		return rc;
	}
	d->dev = dev;
	d->next = fy_now_ns() + PERIOD_NS;
	fy_wait_init(&d->wait);
	fy_work_init(&d->work, dev, read_sensor, d);
	rc = fy_gpio_watch_edges(&d->pin, FY_GPIO_TRIGGER_FALLING, &d->watch, handle_edge, d);
	if (rc) {
		fy_error(dev, "its pin does not tell of edges: %s", fy_error_name(rc));
		goto release;
	}
	rc = fy_sensor_offer(dev, &d->sensor, channels, CHANNELS, &ops);
	if (rc) {
		fy_error(dev, "cannot offer a sensor: %s", fy_error_name(rc));
		goto release;
	}
	return 0;

release:
	fy_gpio_release(&d->pin);
	return rc;
}

static void dht22_remove(struct fy_device *dev)
{
	struct dht22 *d = fy_state(dev);

	fy_sensor_withdraw(&d->sensor);
	fy_work_stop(&d->work);
	fy_gpio_release(&d->pin);
}

FY_DESCRIPTION("Aosong DHT22 temperature and humidity sensor");
FY_COMPATIBLE("aosong,dht22");
FY_NEEDS_CONTRACT(2);
FY_DRIVER(dht22) = {
	.name = "dht22",
	.compatible = fy_compatible,
	.state_size = sizeof(struct dht22),
	.probe = dht22_probe,
	.remove = dht22_remove,
};
