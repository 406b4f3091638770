// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * The I2C bus on pins 2 and 3 of a Raspberry Pi, with a thermometer of the LM75's kind at 0x48,
 * which the emulated boards of tests/selftest.t have (TMP105). Where nobody is on the bus, this is
 * left out.
 */
#include <ferry/app-sensor.h>
#include <ferry/i2c.h>

#include "tap.h"

#define THERMOMETER 0x48
#define NOBODY	    0x33

static const char *bus = "i2c";

/* Chooses a register and reads it. */
static int get(uint8_t address, uint8_t where, uint8_t *data, uint16_t length)
{
	const struct fy_i2c_message messages[] = { { address, false, 1, &where },
						   { address, true, length, data } };

	return fy_i2c_transfer(bus, messages, 2);
}

static int put(uint8_t address, uint8_t *data, uint16_t length)
{
	const struct fy_i2c_message message = { address, false, length, data };

	return fy_i2c_transfer(bus, &message, 1);
}

static void test_thermometer(void)
{
	uint8_t low[] = { 2, 0x10, 0x80 }, high[] = { 3, 0x20, 0x70 },
		data[4] = { 0xee, 0xee, 0xee, 0xee };

	tap_is_int("a register of a target on the bus is written", put(THERMOMETER, low, 3), 0);
	tap_is_int("and another one", put(THERMOMETER, high, 3), 0);
	tap_is_int("and read", get(THERMOMETER, 2, data, 2), 0);
	tap_is("as it was written", data[0] << 8 | data[1], 0x1080);
	tap_is("and no more of it", data[2], 0xee);
	tap_is_int("so is the other one", get(THERMOMETER, 3, data, 2), 0);
	tap_is("as that was written", data[0] << 8 | data[1], 0x2070);
}

static void test_errors(void)
{
	uint8_t data[2] = { 0, 0 };
	const struct fy_i2c_message reads[] = { { THERMOMETER, true, 1, data },
						{ THERMOMETER, true, 1, data } };

	tap_is_int("nobody acknowledges a write to another address", put(NOBODY, data, 2),
		   FY_ERR_NOT_FOUND);
	tap_is_int("nor a read", get(NOBODY, 0, data, 2), FY_ERR_NOT_FOUND);
	tap_is_int("nor the address alone", put(NOBODY, data, 0), FY_ERR_NOT_FOUND);
	tap_is_int("a transfer that the controller cannot do is refused",
		   fy_i2c_transfer("i2c", reads, 2), FY_ERR_UNSUPPORTED);
	tap_is_int("so is one without a message", fy_i2c_transfer("i2c", reads, 0), FY_ERR_INVALID);
	tap_is_int("after all that the bus works", get(THERMOMETER, 2, data, 2), 0);
	tap_is("as before", data[0] << 8 | data[1], 0x1080);
}

/* QEMU's has 0 degrees, and the limits that the test has written. */
static void test_driver(void)
{
	struct fy_sensor *sensor = fy_sensor_find("thermometer");
	struct fy_sensor_threshold limit;
	int64_t micro = -1;

	tap_is("the thermometer's driver has found it on its bus", sensor != NULL, true);
	if (!sensor)
		return;
	tap_is_int("a measurement is made", fy_sensor_read("thermometer", 0, &micro), 0);
	tap_is("of a temperature that is possible", micro >= -55000000 && micro <= 128000000, true);
	tap_is_int("the limit is read",
		   sensor->ops->get_threshold(sensor->dev, 0, FY_SENSOR_ABOVE, &limit), 0);
	tap_is("as it was written", limit.value, 0x2070);
	tap_is("and the hysteresis", limit.hysteresis, 0x2070 - 0x1080);
}

static void test_mux(void)
{
	uint8_t low[] = { 2, 0x05, 0x00 }, data[2] = { 0, 0 };
	int64_t micro = -1;

	if (put(0x70, NULL, 0)) {
		tap_skip("a multiplexer", "nobody is at address 0x70");
		return;
	}
	tap_is_int("a measurement is made behind a multiplexer",
		   fy_sensor_read("behind", 0, &micro), 0);
	tap_is("of a temperature that is possible", micro >= -55000000 && micro <= 128000000, true);
	bus = "mux:3";
	tap_is_int("a channel is a bus to the app, too", put(0x4d, low, 3), 0);
	tap_is_int("where registers are read", get(0x4d, 2, data, 2), 0);
	tap_is("as they were written", data[0] << 8 | data[1], 0x0500);
	bus = "mux:4";
	tap_is_int("on another channel is nobody", put(0x4d, low, 3), FY_ERR_NOT_FOUND);
	bus = "mux:8";
	tap_is_int("and there are no more than 8", put(0x4d, low, 3), FY_ERR_NOT_FOUND);
	bus = "i2c";
}

void test_i2c(void)
{
	int rc;

	tap_is_int("a bus that is not there is not found", fy_i2c_transfer("none", NULL, 0),
		   FY_ERR_NOT_FOUND);
	rc = put(THERMOMETER, NULL, 0);
	if (rc == FY_ERR_NOT_FOUND) {
		tap_skip("an I2C bus", "the board has none, or nobody is at address 0x48");
		return;
	}
	tap_is_int("a target on the bus acknowledges its address", rc, 0);
	test_thermometer();
	test_errors();
	test_driver();
	test_mux();
}
