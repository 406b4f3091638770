// SPDX-License-Identifier: GPL-2.0-only
/*
 * drivers/ds1307.c on the registers of the datasheet: what dates they are read as and written for,
 * and that it ends whatever byte fails.
 */
#include "../user/test.h"

#include <ferry-sim/i2c.h>
#include <ferry-sim/rtc.h>

extern const struct fy_driver fy_driver_ds1307;

#define LEAP_DAY 1709251199 /* 2024-02-29 23:59:59, a Thursday */

/* The device: 64 registers, whose number goes on by itself. */
static struct chip {
	unsigned char registers[64], pointer;
	bool addressed;
} chip;

static bool chip_start(void *arg, bool read)
{
	chip.addressed = read;
	return true;
}

static bool chip_write(void *arg, uint8_t byte)
{
	if (!chip.addressed)
		chip.pointer = byte % 64;
	else
		chip.registers[chip.pointer++ % 64] = byte;
	chip.addressed = true;
	return true;
}

static uint8_t chip_read(void *arg)
{
	return chip.registers[chip.pointer++ % 64];
}

static struct ferry_sim_target target = { .start = chip_start,
					  .write = chip_write,
					  .read = chip_read };
static struct ferry_sim *sim;
static struct ferry_sim_device *bus, *dev;

static void begin(const char *compatible)
{
	static const unsigned char leap_day[] = { 0x59, 0x59, 0x23, 5, 0x29, 0x02, 0x24, 0 };

	memcpy(chip.registers, leap_day, sizeof(leap_day));
	target.compatible = compatible;
	sim = ferry_sim_new();
	bus = ferry_sim_add_i2c(sim, "i2c");
	dev = ferry_sim_add_target(sim, &fy_driver_ds1307, "clock", "i2c", 0x68, &target, NULL);
	assert_non_null(dev);
	assert_int_equal(ferry_sim_probe(sim), 0);
}

static int setup(void **state)
{
	begin("dallas,ds1307");
	return 0;
}

static int teardown(void **state)
{
	end_world(sim);
	return 0;
}

static int64_t time_read(void)
{
	int64_t time = -1;

	assert_int_equal(ferry_sim_rtc_time(dev, &time), 0);
	return time;
}

static void a_date_is_read_in_24_and_in_12_hours(void **state)
{
	assert_int_equal(time_read(), LEAP_DAY);
	chip.registers[2] = 0x40 | 0x20 | 0x11; /* 11 PM */
	assert_int_equal(time_read(), LEAP_DAY);
	chip.registers[2] = 0x40 | 0x11; /* 11 AM */
	assert_int_equal(time_read(), LEAP_DAY - 12 * 3600);
	chip.registers[2] = 0x40 | 0x12; /* 12 AM is midnight */
	assert_int_equal(time_read(), LEAP_DAY - 23 * 3600);
	chip.registers[2] = 0x40 | 0x20 | 0x12; /* 12 PM is noon */
	assert_int_equal(time_read(), LEAP_DAY - 11 * 3600);
}

static void a_time_is_set_and_starts_the_clock(void **state)
{
	static const unsigned char expected[] = { 0x00, 0x00, 0x00, 6, 0x01, 0x03, 0x24 };
	int64_t time;

	chip.registers[0] = 0x80;
	assert_int_equal(ferry_sim_rtc_time(dev, &time), FY_ERR_INVALID);
	assert_int_equal(ferry_sim_rtc_set_time(dev, LEAP_DAY + 1), 0);
	assert_memory_equal(chip.registers, expected, sizeof(expected));
	assert_int_equal(time_read(), LEAP_DAY + 1);
	assert_int_equal(ferry_sim_rtc_set_time(dev, 946684799), FY_ERR_INVALID);
	assert_int_equal(ferry_sim_rtc_set_time(dev, 4102444800), FY_ERR_INVALID);
}

static void a_ds1338_tells_that_it_had_stopped(void **state)
{
	int64_t time;

	end_world(sim);
	begin("dallas,ds1338");
	chip.registers[7] = 0x33;
	assert_int_equal(ferry_sim_rtc_time(dev, &time), FY_ERR_INVALID);
	assert_int_equal(ferry_sim_rtc_set_time(dev, LEAP_DAY), 0);
	assert_int_equal(chip.registers[7], 0x13);
	assert_int_equal(time_read(), LEAP_DAY);
}

static void each_byte_may_fail(void **state)
{
	int64_t time;

	for (unsigned fault = FERRY_SIM_I2C_REFUSES; fault <= FERRY_SIM_I2C_HOLDS; fault++)
		for (unsigned long at = 0; at < 3; at++) {
			ferry_sim_i2c_fail(bus, fault, at, 1);
			assert_true(ferry_sim_rtc_time(dev, &time) < 0);
			ferry_sim_i2c_fail(bus, fault, at, 1);
			assert_true(ferry_sim_rtc_set_time(dev, LEAP_DAY) < 0);
			ferry_sim_i2c_fail(bus, FERRY_SIM_I2C_WORKS, 0, 0);
			assert_int_equal(ferry_sim_rtc_set_time(dev, LEAP_DAY), 0);
			assert_int_equal(time_read(), LEAP_DAY);
		}
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_date_is_read_in_24_and_in_12_hours),
		TEST(a_time_is_set_and_starts_the_clock),
		TEST(a_ds1338_tells_that_it_had_stopped),
		TEST(each_byte_may_fail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
