// SPDX-License-Identifier: GPL-2.0-only
/*
 * drivers/lm75.c reads the temperature and the limit of the model tmp105, which was written from
 * its datasheet, and ends each measurement whatever goes wrong at whichever byte.
 */
#include "../user/test.h"

#include <ferry-sim/i2c.h>
#include <ferry-sim/sensor.h>
#include <ferry/sensor.h>

#include "models/models.h"
#include "sim/sim.h"

extern const struct fy_driver fy_driver_lm75;

static struct ferry_sim *sim;
static struct ferry_sim_device *bus, *dev;
static struct tmp105 *chip;

static int setup(void **state)
{
	sim = ferry_sim_new();
	bus = ferry_sim_add_i2c(sim, "i2c");
	dev = ferry_sim_add(sim, &fy_driver_lm75, "lm75", "tmp105");
	assert_non_null(dev);
	chip = &((struct tmp105_model *)dev->model)->chip;
	assert_int_equal(ferry_sim_set_bus(dev, "i2c", 0x48), 0);
	assert_int_equal(ferry_sim_probe(sim), 0);
	return 0;
}

static int teardown(void **state)
{
	end_world(sim);
	return 0;
}

static int64_t temperature(void)
{
	int64_t micro = -1;

	assert_int_equal(ferry_sim_sensor_micro(dev, 0, &micro, SECOND), 0);
	return micro;
}

static void it_measures_to_a_sixteenth_of_a_degree(void **state)
{
	chip->temperature = 21 * 256 + 128 + 0x1f;
	assert_int_equal(temperature(), 21562500);
	chip->temperature = -40 * 256;
	assert_int_equal(temperature(), -40000000);
	chip->temperature = -16;
	assert_int_equal(temperature(), -62500);
}

static void the_first_measurement_waits_for_the_conversion(void **state)
{
	temperature();
	assert_true(ferry_sim_now(sim) > 300 * MS);
	assert_true(ferry_sim_now(sim) < 302 * MS);
	temperature();
	assert_true(ferry_sim_now(sim) < 303 * MS);
}

static void the_limit_and_its_hysteresis_are_the_devices(void **state)
{
	int32_t value, hysteresis;
	bool enabled;

	assert_int_equal(ferry_sim_sensor_threshold(dev, 0, FY_SENSOR_ABOVE, &enabled, &value,
						    &hysteresis),
			 0);
	assert_true(enabled);
	assert_int_equal(value, 80 * 256);
	assert_int_equal(hysteresis, 5 * 256);
	assert_int_equal(ferry_sim_sensor_set_threshold(dev, 0, FY_SENSOR_ABOVE, true, -10 * 256,
							2 * 256),
			 0);
	assert_int_equal(chip->limit[1], (uint16_t)(-10 * 256));
	assert_int_equal(chip->limit[0], (uint16_t)(-12 * 256));
	assert_int_equal(ferry_sim_sensor_set_threshold(dev, 0, FY_SENSOR_ABOVE, true, 0x8000, 0),
			 FY_ERR_INVALID);
	assert_int_equal(ferry_sim_sensor_set_threshold(dev, 0, FY_SENSOR_ABOVE, false, 0, 0),
			 FY_ERR_UNSUPPORTED);
}

static void expect_measurement(enum ferry_sim_i2c_fault fault, unsigned long at, int expected)
{
	int32_t value;

	ferry_sim_i2c_fail(bus, fault, at, 1);
	assert_int_equal(ferry_sim_sensor_read(dev, 1, &value, 10 * SECOND), expected);
	ferry_sim_i2c_fail(bus, FERRY_SIM_I2C_WORKS, 0, 0);
	assert_int_equal(temperature(), 21500000);
	assert_int_equal(ferry_sim_i2c_bytes(bus), 5);
}

/* Address, register, address, two bytes. */
static void each_measurement_ends_whatever_happens(void **state)
{
	temperature();
	for (unsigned long at = 0; at < 5; at++)
		expect_measurement(FERRY_SIM_I2C_HOLDS, at, FY_ERR_TIMEOUT);
	expect_measurement(FERRY_SIM_I2C_REFUSES, 0, FY_ERR_NOT_FOUND);
	expect_measurement(FERRY_SIM_I2C_REFUSES, 1, FY_ERR_IO);
	expect_measurement(FERRY_SIM_I2C_REFUSES, 2, FY_ERR_NOT_FOUND);
}

/* Reading the configuration is five bytes less one, writing it three. */
static void probe_ends_whatever_happens(void **state)
{
	for (unsigned fault = FERRY_SIM_I2C_REFUSES; fault <= FERRY_SIM_I2C_HOLDS; fault++)
		for (unsigned long at = 0; at < 7; at++) {
			if (fault == FERRY_SIM_I2C_REFUSES && at == 3)
				continue;
			ferry_sim_remove(dev);
			chip->config = 1;
			ferry_sim_i2c_fail(bus, fault, at, 1);
			assert_int_not_equal(ferry_sim_probe(sim), 0);
			assert_false(ferry_sim_is_running(dev));
			ferry_sim_i2c_fail(bus, FERRY_SIM_I2C_WORKS, 0, 0);
			assert_int_equal(ferry_sim_probe(sim), 0);
			assert_int_equal(chip->config, 0x60);
			assert_int_equal(temperature(), 21500000);
		}
}

static void it_waits_for_its_bus_and_goes_with_it(void **state)
{
	ferry_sim_remove(bus);
	assert_false(ferry_sim_is_running(dev));
	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_true(ferry_sim_is_running(dev));
	assert_int_equal(temperature(), 21500000);
}

static void it_is_not_on_another_bus(void **state)
{
	struct ferry_sim_device *lost = ferry_sim_add(sim, &fy_driver_lm75, "lost", NULL);

	assert_int_equal(ferry_sim_probe(sim), FY_ERR_NOT_FOUND);
	assert_int_equal(ferry_sim_set_bus(lost, "nowhere", 0x48), 0);
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_DEFER);
	assert_int_equal(ferry_sim_set_bus(lost, "i2c", 0x49), 0);
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_NOT_FOUND);
	assert_int_equal(logged(sim, "no answer from address 0x49: error -4"), 1);
	assert_int_equal(ferry_sim_set_bus(lost, "i2c", 0x80), FY_ERR_INVALID);
}

static void it_goes_while_a_measurement_is_under_way(void **state)
{
	assert_int_equal(ferry_sim_sensor_record(dev), 0);
	temperature();
	ferry_sim_i2c_fail(bus, FERRY_SIM_I2C_HOLDS, 0, 1);
	int32_t value;

	assert_int_equal(ferry_sim_sensor_read(dev, 1, &value, 10 * MS), FY_ERR_TIMEOUT);
	ferry_sim_remove(dev);
	assert_false(ferry_sim_is_running(dev));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(it_measures_to_a_sixteenth_of_a_degree, setup,
						teardown),
		cmocka_unit_test_setup_teardown(the_first_measurement_waits_for_the_conversion,
						setup, teardown),
		cmocka_unit_test_setup_teardown(the_limit_and_its_hysteresis_are_the_devices, setup,
						teardown),
		cmocka_unit_test_setup_teardown(each_measurement_ends_whatever_happens, setup,
						teardown),
		cmocka_unit_test_setup_teardown(probe_ends_whatever_happens, setup, teardown),
		cmocka_unit_test_setup_teardown(it_waits_for_its_bus_and_goes_with_it, setup,
						teardown),
		cmocka_unit_test_setup_teardown(it_is_not_on_another_bus, setup, teardown),
		cmocka_unit_test_setup_teardown(it_goes_while_a_measurement_is_under_way, setup,
						teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
