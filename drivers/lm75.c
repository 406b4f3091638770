// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * lm75: a thermometer on an I2C bus: National's LM75 (Texas Instruments SNIS153, section 1), and
 * what is made in its image: NXP's LM75B (section 7.4), Texas Instruments' TMP75 and TMP105
 * (SBOS385, section 7.5).
 *
 *	make program DRIVER=lm75
 *	echo measure | output/user/lm75 --model --shell
 *
 * Devicetree node: compatible = "national,lm75", `reg`. The device converts all the time; a
 * measurement is the reading of its last result.
 */
#include <ferry/driver.h>
#include <ferry/i2c-target.h>
#include <ferry/sensor.h>
#include <ferry/time.h>

/* Registers of 16 bits, but for CONFIG, of 8. Temperatures are 1/256 of a degree. */
#define TEMPERATURE 0
#define CONFIG	    1
#define CONFIG_SHUT 0x01u /* it does not convert */
#define HYSTERESIS  2	  /* temperature at which the output OS goes off, */
#define LIMIT	    3	  /* on */

static const struct kind {
	const char *compatible;
	uint8_t config;		/* bits that are set: the resolution, where it can be chosen */
	uint16_t mask;		/* bits of a result that the device has */
	uint16_t conversion_ms; /* at the most */
} kinds[] = {
	{ "national,lm75", 0, 0xff80, 300 },
	{ "national,lm75b", 0, 0xffe0, 110 },
	{ "ti,tmp75", 0x60, 0xfff0, 300 },
	{ "ti,tmp105", 0x60, 0xfff0, 300 },
};

struct lm75 {
	const struct kind *kind;
	struct fy_i2c_target target;
	struct fy_sensor sensor;
	struct fy_timer converted;
	uint64_t ready; /* when it has a result */
	struct fy_i2c_request request;
	struct fy_i2c_message messages[2];
	uint8_t number, result[2];
};

static const struct fy_sensor_channel channel = {
	.kind = FY_SENSOR_TEMPERATURE,
	.scale = 1000,
	.divisor = 256,
	.limits = FY_SENSOR_ABOVE,
};

/* ---- Measurements ---- */

static void was_read(void *arg, int error)
{
	struct lm75 *c = arg;
	int32_t value = (int16_t)((c->result[0] << 8 | c->result[1]) & c->kind->mask);

	if (!error)
		fy_sensor_sample(&c->sensor, fy_now_ns(), 1, &value);
	fy_sensor_done(&c->sensor, error);
}

static uint64_t converted(void *arg, uint64_t due)
{
	struct lm75 *c = arg;
	int rc = fy_i2c_submit(&c->request);

	if (rc)
		fy_sensor_done(&c->sensor, rc);
	return FY_TIMER_STOP;
}

static int start(struct fy_device *dev, uint32_t channels)
{
	struct lm75 *c = fy_state(dev);

	if (fy_now_ns() >= c->ready)
		return fy_i2c_submit(&c->request);
	fy_timer_start(&c->converted, c->ready);
	return 0;
}

static void cancel(struct fy_device *dev)
{
	struct lm75 *c = fy_state(dev);

	fy_timer_stop(&c->converted);
	fy_i2c_cancel(&c->request);
}

/* ---- The limit, which the device always watches ---- */

static int get_threshold(struct fy_device *dev, unsigned number, enum fy_sensor_limit limit,
			 struct fy_sensor_threshold *threshold)
{
	struct lm75 *c = fy_state(dev);
	int high = fy_i2c_read16be(&c->target, LIMIT), low;

	if (high < 0)
		return high;
	low = fy_i2c_read16be(&c->target, HYSTERESIS);
	if (low < 0)
		return low;
	threshold->enabled = true;
	threshold->value = (int16_t)(high & c->kind->mask);
	threshold->hysteresis = threshold->value - (int16_t)(low & c->kind->mask);
	return 0;
}

static int set_threshold(struct fy_device *dev, unsigned number, enum fy_sensor_limit limit,
			 const struct fy_sensor_threshold *threshold)
{
	struct lm75 *c = fy_state(dev);
	const int32_t high = threshold->value, low = high - threshold->hysteresis;
	int rc;

	if (!threshold->enabled)
		return FY_ERR_UNSUPPORTED;
	if (high > INT16_MAX || low < INT16_MIN)
		return FY_ERR_INVALID;
	rc = fy_i2c_write16be(&c->target, HYSTERESIS, (uint16_t)low & c->kind->mask);
	return rc ? rc : fy_i2c_write16be(&c->target, LIMIT, (uint16_t)high & c->kind->mask);
}

static const struct fy_sensor_ops ops = {
	.start = start,
	.cancel = cancel,
	.get_threshold = get_threshold,
	.set_threshold = set_threshold,
};

/* ---- Coming and going ---- */

/* Has it convert; if it did not, or not as finely, the first result takes its time. */
static int set_up(struct lm75 *c)
{
	int config = fy_i2c_read8(&c->target, CONFIG), rc;
	const uint8_t wanted = (uint8_t)((config & ~CONFIG_SHUT) | c->kind->config);

	if (config < 0)
		return config;
	if (config == wanted)
		return 0;
	rc = fy_i2c_write8(&c->target, CONFIG, wanted);
	c->ready = fy_now_ns() + c->kind->conversion_ms * FY_NS_PER_MS;
	return rc;
}

static int lm75_probe(struct fy_device *dev)
{
	struct lm75 *c = fy_state(dev);
	int rc = fy_i2c_target_get(dev, &c->target);

	if (rc)
		return rc;
	c->kind = kinds;
	for (unsigned i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (fy_is_compatible(dev, kinds[i].compatible))
			c->kind = &kinds[i];
	rc = set_up(c);
	if (rc) {
		fy_error(dev, "no answer from address 0x%02x: error %d", fy_i2c_address(&c->target),
			 rc);
		return rc;
	}
	c->number = TEMPERATURE;
	c->messages[0] = (struct fy_i2c_message){ .length = 1, .data = &c->number };
	c->messages[1] = (struct fy_i2c_message){ .read = true, .length = 2, .data = c->result };
	fy_i2c_request_init(&c->request, &c->target, c->messages, 2, was_read, c);
	fy_timer_init(&c->converted, dev, converted, c);
	return fy_sensor_offer(dev, &c->sensor, &channel, 1, &ops);
}

static void lm75_remove(struct fy_device *dev)
{
	struct lm75 *c = fy_state(dev);

	fy_sensor_withdraw(&c->sensor);
}

FY_DESCRIPTION("LM75, TMP75 and TMP105 thermometers");
FY_COMPATIBLE("national,lm75", "national,lm75b", "ti,tmp75", "ti,tmp105");
FY_I2C_TARGET;
FY_DRIVER(lm75) = {
	.name = "lm75",
	.compatible = fy_compatible,
	.state_size = sizeof(struct lm75),
	.probe = lm75_probe,
	.remove = lm75_remove,
};
