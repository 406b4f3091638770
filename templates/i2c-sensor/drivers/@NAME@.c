// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * @NAME@: a thermometer on an I2C bus. Its registers are an example: put those of your device in
 * their place, and name its datasheet and section here.
 *
 *	make check
 *	make program && echo measure | output/user/@NAME@ --model --shell
 *
 * Devicetree node: compatible = "vendor,@NAME@"; reg, its address on the bus.
 */
#include <ferry/driver.h>
#include <ferry/i2c-target.h>
#include <ferry/sensor.h>
#include <ferry/time.h>
#include <ferry/work.h>

#define VALUE	      0x00  /* 16 bits, the high byte first: 1/256 of a degree, two's complement */
#define CONTROL	      0x01  /* 8 bits */
#define CONTROL_START 0x80u /* makes one conversion */
#define ID	      0x0f  /* 8 bits */
#define ID_VALUE      0xa5

#define CONVERSION_MS 50 /* at the most */

struct @SYMBOL@_state {
	struct fy_i2c_target target;
	struct fy_sensor sensor;
	struct fy_work work;
};

/* In the unit of its kind a value is raw * scale / divisor: here thousandths of a degree. */
static const struct fy_sensor_channel channels[] = {
	{ .kind = FY_SENSOR_TEMPERATURE, .scale = 1000, .divisor = 256 },
};

/* Makes a conversion, and waits for it. */
static int measure(struct @SYMBOL@_state *s, int32_t *value)
{
	int rc = fy_i2c_write8(&s->target, CONTROL, CONTROL_START);

	if (rc)
		return rc;
	fy_sleep_us(CONVERSION_MS * 1000);
	rc = fy_i2c_read16be(&s->target, VALUE);
	if (rc < 0)
		return rc;
	*value = (int16_t)rc;
	return 0;
}

/* The work that `start` starts: it may wait. */
static void @SYMBOL@_measure(void *arg)
{
	struct @SYMBOL@_state *s = arg;
	int32_t value;
	int rc = measure(s, &value);

	if (!rc)
		fy_sensor_sample(&s->sensor, fy_now_ns(), 1, &value);
	fy_sensor_done(&s->sensor, rc);
}

static int @SYMBOL@_start(struct fy_device *dev, uint32_t wanted)
{
	struct @SYMBOL@_state *s = fy_state(dev);

	fy_work_start(&s->work);
	return 0;
}

static void @SYMBOL@_cancel(struct fy_device *dev)
{
	struct @SYMBOL@_state *s = fy_state(dev);

	fy_work_stop(&s->work);
}

static const struct fy_sensor_ops @SYMBOL@_ops = {
	.start = @SYMBOL@_start,
	.cancel = @SYMBOL@_cancel,
};

static int @SYMBOL@_probe(struct fy_device *dev)
{
	struct @SYMBOL@_state *s = fy_state(dev);
	int rc = fy_i2c_target_get(dev, &s->target);

	if (rc)
		return rc;
	rc = fy_i2c_read8(&s->target, ID);
	if (rc < 0) {
		fy_error(dev, "no answer from address 0x%02x: %s", fy_i2c_address(&s->target),
			 fy_error_name(rc));
		return rc;
	}
	if (rc != ID_VALUE) {
		fy_error(dev, "another device is at address 0x%02x: its id is 0x%02x",
			 fy_i2c_address(&s->target), (unsigned)rc);
		return FY_ERR_UNSUPPORTED;
	}
	fy_work_init(&s->work, dev, @SYMBOL@_measure, s);
	return fy_sensor_offer(dev, &s->sensor, channels, 1, &@SYMBOL@_ops);
}

/* Withdrawing the sensor cancels a measurement. */
static void @SYMBOL@_remove(struct fy_device *dev)
{
	struct @SYMBOL@_state *s = fy_state(dev);

	fy_sensor_withdraw(&s->sensor);
}

FY_DESCRIPTION("@NAME@");
FY_COMPATIBLE("vendor,@NAME@");
FY_I2C_TARGET;
FY_DRIVER(@SYMBOL@) = {
	.name = "@NAME@",
	.compatible = fy_compatible,
	.state_size = sizeof(struct @SYMBOL@_state),
	.probe = @SYMBOL@_probe,
	.remove = @SYMBOL@_remove,
};
