// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * The driver @NAME@ measures what the model of its device has, and ends each measurement whatever
 * goes wrong on the bus. It is compiled into this program, and runs in a world of ferry-sim.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <ferry-sim/sensor.h>

#include "../drivers/@NAME@.c"
#include "model.h"

#define MS     FERRY_SIM_MS
#define SECOND FERRY_SIM_SECOND

static struct ferry_sim *sim;
static struct ferry_sim_device *bus, *device;
static struct model model;

static int setup(void **unused)
{
	sim = ferry_sim_new();
	bus = ferry_sim_add_spi(sim, "spi");
	model_init(&model);
	ferry_sim_spi_attach(bus, MODEL_SELECT, &model_on_bus, &model);
	device = ferry_sim_add(sim, &fy_driver_@SYMBOL@, "@NAME@", NULL);
	return ferry_sim_set_bus(device, "spi", MODEL_SELECT);
}

/* The driver has done nothing that the contract forbids, and stops as it should. */
static int teardown(void **unused)
{
	ferry_sim_remove(device);
	assert_int_equal(ferry_sim_violations(sim), 0);
	ferry_sim_free(sim);
	return 0;
}

/* In millionths of a degree. */
static int64_t temperature(void)
{
	int64_t micro = -1;

	assert_int_equal(ferry_sim_sensor_micro(device, 0, &micro, SECOND), 0);
	return micro;
}

static void measures_what_there_is(void **unused)
{
	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_int_equal(temperature(), 21500000);
	model.temperature = -40 * 256;
	assert_int_equal(temperature(), -40000000);
	model.temperature = -1;
	assert_int_equal(temperature(), -3906);
}

static void waits_for_the_conversion_and_no_longer(void **unused)
{
	assert_int_equal(ferry_sim_probe(sim), 0);
	uint64_t before = ferry_sim_now(sim);

	temperature();
	assert_in_range(ferry_sim_now(sim) - before, CONVERSION_MS * MS,
			CONVERSION_MS * MS + 2 * MS);
}

/* A register and a value; a register and two bytes. */
static void each_measurement_ends_whatever_happens(void **unused)
{
	assert_int_equal(ferry_sim_probe(sim), 0);
	for (unsigned long at = 0; at < 5; at++) {
		int32_t value;

		ferry_sim_spi_fail(bus, at, FY_ERR_IO);
		assert_int_equal(ferry_sim_sensor_read(device, 1, &value, 10 * SECOND), FY_ERR_IO);
		assert_int_equal(temperature(), 21500000);
	}
}

static void does_not_start_without_its_device(void **unused)
{
	ferry_sim_spi_fail(bus, 0, FY_ERR_IO);
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_IO);
	assert_string_equal(ferry_sim_last_log(sim), "cannot read its id: FY_ERR_IO");
	/* Nobody is there, and what is read is all ones. */
	ferry_sim_set_bus(device, "spi", MODEL_SELECT + 1);
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_NOT_FOUND);
	ferry_sim_set_bus(device, "spi", MODEL_SELECT);
	assert_int_equal(ferry_sim_probe(sim), 0);
}

static void goes_while_it_measures(void **unused)
{
	int32_t value;

	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_int_equal(ferry_sim_sensor_read(device, 1, &value, CONVERSION_MS * MS / 2),
			 FY_ERR_TIMEOUT);
	ferry_sim_remove(device);
	assert_false(ferry_sim_is_running(device));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(measures_what_there_is),
		TEST(waits_for_the_conversion_and_no_longer),
		TEST(each_measurement_ends_whatever_happens),
		TEST(does_not_start_without_its_device),
		TEST(goes_while_it_measures),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
