// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * @NAME@: a thermometer on an SPI bus. Its registers are an example: put those of your device in
 * their place, and name its datasheet and section here.
 *
 *	make check
 *
 * Devicetree node: compatible = "vendor,@NAME@"; reg, its chip select;
 * spi-max-frequency.
 */
#include <ferry/driver.h>
#include <ferry/sensor.h>
#include <ferry/spi-target.h>
#include <ferry/time.h>
#include <ferry/work.h>

#define MODE	 FY_SPI_MODE_0
#define SPEED_HZ 1000000 /* the fastest clock that it knows */

/* A transfer begins with a register's number; READ_BIT makes it a read. */
#define READ_BIT      0x80u
#define VALUE	      0x00  /* 16 bits, the high byte first: 1/256 of a degree, two's complement */
#define CONTROL	      0x01  /* 8 bits */
#define CONTROL_START 0x80u /* makes one conversion */
#define ID	      0x0f  /* 8 bits */
#define ID_VALUE      0xa5

#define CONVERSION_MS 50 /* at the most */

struct @SYMBOL@_state {
	struct fy_spi_target target;
	struct fy_sensor sensor;
	struct fy_work work;
};

/* In the unit of its kind a value is raw * scale / divisor: here thousandths of a degree. */
static const struct fy_sensor_channel channels[] = {
	{ .kind = FY_SENSOR_TEMPERATURE, .scale = 1000, .divisor = 256 },
};

static int read_registers(struct @SYMBOL@_state *s, uint8_t reg, uint8_t *bytes, size_t length)
{
	const uint8_t command = READ_BIT | reg;

	return fy_spi_write_read(&s->target, &command, 1, bytes, length);
}

static int write_register(struct @SYMBOL@_state *s, uint8_t reg, uint8_t value)
{
	const uint8_t bytes[] = { reg, value };

	return fy_spi_write(&s->target, bytes, sizeof(bytes));
}

/* Makes a conversion, and waits for it. */
static int measure(struct @SYMBOL@_state *s, int32_t *value)
{
	uint8_t bytes[2];
	int rc = write_register(s, CONTROL, CONTROL_START);

	if (rc)
		return rc;
	fy_sleep_us(CONVERSION_MS * 1000);
	rc = read_registers(s, VALUE, bytes, sizeof(bytes));
	if (rc)
		return rc;
	*value = (int16_t)(bytes[0] << 8 | bytes[1]);
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
	int rc = fy_spi_target_get(dev, &s->target, MODE, 8, SPEED_HZ);
	uint8_t id;

	if (rc)
		return rc;
	rc = read_registers(s, ID, &id, 1);
	if (rc) {
		fy_error(dev, "cannot read its id: %s", fy_error_name(rc));
		return rc;
	}
	/* An SPI device cannot say that it is not there. */
	if (id != ID_VALUE) {
		fy_error(dev, "no such device is there: its id is 0x%02x", id);
		return FY_ERR_NOT_FOUND;
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
FY_SPI_TARGET;
FY_DRIVER(@SYMBOL@) = {
	.name = "@NAME@",
	.compatible = fy_compatible,
	.state_size = sizeof(struct @SYMBOL@_state),
	.probe = @SYMBOL@_probe,
	.remove = @SYMBOL@_remove,
};
