// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * The driver @NAME@ sets its device up, and does not start on another one, nor where the bus fails.
 * It is compiled into this program, and runs in a world of ferry-sim.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "../drivers/@NAME@.c"
#include "model.h"

static struct ferry_sim *sim;
static struct ferry_sim_device *bus, *device;
static struct model model;

static int setup(void **unused)
{
	sim = ferry_sim_new();
	bus = ferry_sim_add_i2c(sim, "i2c");
	model_init(&model);
	device = ferry_sim_add_target(sim, &fy_driver_@SYMBOL@, "@NAME@", "i2c", MODEL_ADDRESS,
				      &model_target, &model);
	return device ? 0 : -1;
}

/* The driver has done nothing that the contract forbids. */
static int teardown(void **unused)
{
	ferry_sim_remove(device);
	assert_int_equal(ferry_sim_violations(sim), 0);
	ferry_sim_free(sim);
	return 0;
}

static void has_half_its_level_unless_told_otherwise(void **unused)
{
	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_int_equal(model.registers[0], 128);
	assert_string_equal(ferry_sim_last_log(sim), "level 128");
}

static void has_the_level_of_its_property(void **unused)
{
	ferry_sim_set_property(device, "level", 255);
	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_int_equal(model.registers[0], 255);
}

static void refuses_a_level_out_of_range(void **unused)
{
	ferry_sim_set_property(device, "level", 256);
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_INVALID);
	assert_string_equal(ferry_sim_last_log(sim), "property level: expected 0 to 255");
	assert_int_equal(model.registers[0], 0);
}

static void is_off_when_it_goes(void **unused)
{
	assert_int_equal(ferry_sim_probe(sim), 0);
	ferry_sim_remove(device);
	assert_int_equal(model.registers[0], 0);
}

static void does_not_start_without_its_device(void **unused)
{
	ferry_sim_i2c_fail(bus, FERRY_SIM_I2C_REFUSES, 0, 1);
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_NOT_FOUND);
	assert_string_equal(ferry_sim_last_log(sim),
			    "no answer from address 0x48: FY_ERR_NOT_FOUND");
	model.registers[0x0f] = 0x5a;
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_UNSUPPORTED);
	assert_string_equal(ferry_sim_last_log(sim),
			    "another device is at address 0x48: its id is 0x5a");
}

/* An address, a register, an address, the id; an address, a register, the level. */
static void ends_whatever_happens(void **unused)
{
	for (unsigned long at = 0; at < 7; at++) {
		ferry_sim_i2c_fail(bus, FERRY_SIM_I2C_HOLDS, at, 1);
		assert_int_equal(ferry_sim_probe(sim), FY_ERR_TIMEOUT);
	}
	assert_int_equal(ferry_sim_probe(sim), 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(has_half_its_level_unless_told_otherwise),
		TEST(has_the_level_of_its_property),
		TEST(refuses_a_level_out_of_range),
		TEST(is_off_when_it_goes),
		TEST(does_not_start_without_its_device),
		TEST(ends_whatever_happens),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
