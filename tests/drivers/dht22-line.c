// SPDX-License-Identifier: GPL-2.0-only
/*
 * dht22-line: a controller of one pin, for tests, at whose end is a DHT22 with a pull-up.
 * Datasheet: "Digital relative humidity & temperature sensor AM2302/DHT22", section 7; it shares
 * nothing with Ferry's driver of it. Each reading has its own values: see `readings`.
 *
 * Devicetree node: compatible = "ferry,dht22-line"; gpio-controller; #gpio-cells = <2>.
 */
#include <ferry/driver.h>
#include <ferry/gpio-controller.h>
#include <ferry/irq.h>
#include <ferry/time.h>

#define US FY_NS_PER_US

/* All typical, and all allowed: 0.8 to 20 ms, 20 to 40, 75 to 85, 48 to 55, 22 to 30, 68 to 75. */
#define START_MIN (800 * US)
#define START_MAX (20 * FY_NS_PER_MS)
#define RELEASED  (30 * US)
#define ANSWER	  (80 * US)
#define BIT_LOW	  (50 * US)
#define ZERO_HIGH (26 * US)
#define ONE_HIGH  (70 * US)
#define PERIOD	  (2 * FY_NS_PER_SEC)

enum fault { NONE, WRONG_SUM, SILENT, CUT_SHORT };

static const struct reading {
	int humidity, temperature; /* tenths */
	enum fault fault;
} readings[] = {
	{ 652, 351, NONE },   { 1000, -101, NONE },    { 0, 0, NONE },	    { 333, 222, WRONG_SUM },
	{ 333, 222, SILENT }, { 333, 222, CUT_SHORT }, { 455, 1250, NONE }, { 999, -400, NONE },
};
#define READINGS (sizeof(readings) / sizeof(readings[0]))

struct line {
	struct fy_gpio_controller controller;
	struct fy_timer timer;
	struct fy_lock lock; /* of what follows */
	bool output, host_low, sensor_low;
	unsigned trigger;
	uint64_t low_since, asked; /* by the host */
	unsigned count;		   /* of readings */
	uint8_t bytes[5];
	unsigned step; /* of the answer: its edges */
	unsigned steps;
};

static bool level_of(const struct line *l)
{
	return !(l->output && l->host_low) && !l->sensor_low;
}

/* What somebody does to the line, and what its watcher is told. */
static void change(struct line *l, bool output, bool host_low, bool sensor_low)
{
	fy_irqflags flags = fy_lock(&l->lock);
	bool before = level_of(l), after;
	unsigned edge;
	bool wanted;

	l->output = output;
	l->host_low = host_low;
	l->sensor_low = sensor_low;
	after = level_of(l);
	edge = after ? FY_GPIO_TRIGGER_RISING : FY_GPIO_TRIGGER_FALLING;
	wanted = before != after && l->trigger & edge;
	fy_unlock(&l->lock, flags);
	if (wanted)
		fy_gpio_event(&l->controller, 0);
}

/* ---- The sensor. ---- */

static void prepare_bytes(struct line *l)
{
	const struct reading *r = &readings[l->count % READINGS];
	int size = r->temperature < 0 ? -r->temperature : r->temperature;
	unsigned temperature = (unsigned)size | (r->temperature < 0 ? 0x8000 : 0);

	l->bytes[0] = (uint8_t)(r->humidity >> 8);
	l->bytes[1] = (uint8_t)r->humidity;
	l->bytes[2] = (uint8_t)(temperature >> 8);
	l->bytes[3] = (uint8_t)temperature;
	l->bytes[4] = (uint8_t)(l->bytes[0] + l->bytes[1] + l->bytes[2] + l->bytes[3]);
	if (r->fault == WRONG_SUM)
		l->bytes[4] ^= 4;
	l->step = 0;
	/* low and high of the answer, of each bit, and the line is let go after a last low */
	l->steps = r->fault == CUT_SHORT ? 2 + 2 * 20 : 2 + 2 * 40 + 1;
}

/* How long the line stays after edge number STEP. */
static uint64_t length_of(const struct line *l, unsigned step)
{
	unsigned bit = step / 2 - 1;

	if (step < 2)
		return ANSWER;
	if (step % 2 == 0)
		return BIT_LOW;
	return l->bytes[bit / 8] & 0x80 >> bit % 8 ? ONE_HIGH : ZERO_HIGH;
}

static uint64_t answer(void *arg, uint64_t due)
{
	struct line *l = arg;
	unsigned step = l->step++;

	change(l, l->output, l->host_low, step < l->steps && step % 2 == 0);
	return step < l->steps ? due + length_of(l, step) : FY_TIMER_STOP;
}

/* The host lets the line go. */
static void released(struct line *l, uint64_t low_since)
{
	uint64_t now = fy_now_ns(), low = now - low_since;

	if (low < START_MIN || low > START_MAX || (l->asked && now - l->asked < PERIOD))
		return;
	l->asked = now;
	prepare_bytes(l);
	if (readings[l->count++ % READINGS].fault != SILENT)
		fy_timer_start(&l->timer, now + RELEASED);
}

/* ---- The pin. ---- */

static void host(struct fy_device *dev, bool output, bool low)
{
	struct line *l = fy_state(dev);
	bool was_low = l->output && l->host_low;
	uint64_t since = l->low_since;

	if (!was_low && output && low)
		l->low_since = fy_now_ns();
	change(l, output, low, l->sensor_low);
	if (was_low && !(output && low))
		released(l, since);
}

static int set_input(struct fy_device *dev, unsigned pin)
{
	host(dev, false, false);
	return 0;
}

static void set(struct fy_device *dev, unsigned pin, int level)
{
	struct line *l = fy_state(dev);

	host(dev, l->output, !level);
}

static int set_output(struct fy_device *dev, unsigned pin, int level)
{
	host(dev, true, !level);
	return 0;
}

static int is_output(struct fy_device *dev, unsigned pin)
{
	const struct line *l = fy_state(dev);

	return l->output;
}

static int get(struct fy_device *dev, unsigned pin)
{
	return level_of(fy_state(dev));
}

static void fast_set(struct fy_device *dev, unsigned pin, struct fy_gpio_fast_set *fast)
{
	*fast = (struct fy_gpio_fast_set){ 0 };
}

static int set_trigger(struct fy_device *dev, unsigned pin, unsigned trigger)
{
	struct line *l = fy_state(dev);
	fy_irqflags flags;

	if (trigger & (FY_GPIO_TRIGGER_HIGH | FY_GPIO_TRIGGER_LOW))
		return FY_ERR_UNSUPPORTED;
	flags = fy_lock(&l->lock);
	l->trigger = trigger;
	fy_unlock(&l->lock, flags);
	return 0;
}

static const struct fy_gpio_ops ops = {
	.set_input = set_input,
	.set_output = set_output,
	.is_output = is_output,
	.get = get,
	.set = set,
	.fast_set = fast_set, /* so that it has outputs on the bare metal; nobody sets them by it */
	.set_trigger = set_trigger,
};

static int line_probe(struct fy_device *dev)
{
	struct line *l = fy_state(dev);

	fy_lock_init(&l->lock);
	fy_timer_init(&l->timer, dev, answer, l);
	return fy_gpio_offer(dev, &l->controller, 1, &ops);
}

static void line_remove(struct fy_device *dev)
{
	struct line *l = fy_state(dev);

	fy_gpio_withdraw(&l->controller);
	fy_timer_stop(&l->timer);
}

FY_DESCRIPTION("A DHT22 at a pin, to test");
FY_COMPATIBLE("ferry,dht22-line");
FY_DRIVER(dht22_line) = {
	.name = "dht22-line",
	.compatible = fy_compatible,
	.state_size = sizeof(struct line),
	.probe = line_probe,
	.remove = line_remove,
};
