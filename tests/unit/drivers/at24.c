// SPDX-License-Identifier: GPL-2.0-only
/*
 * drivers/at24.c reads and writes the model at24c02 across its pages, waits until each is written,
 * and ends whatever byte fails.
 */
#include "../user/test.h"

#include <ferry-sim/i2c.h>
#include <ferry-sim/memory.h>

#include "models/models.h"
#include "sim/sim.h"

extern const struct fy_driver fy_driver_at24;

static struct ferry_sim *sim;
static struct ferry_sim_device *bus, *dev;
static struct at24c02 *chip;

static int setup(void **state)
{
	sim = ferry_sim_new();
	bus = ferry_sim_add_i2c(sim, "i2c");
	dev = ferry_sim_add(sim, &fy_driver_at24, "eeprom", "at24c02");
	assert_non_null(dev);
	chip = &((struct at24c02_model *)dev->model)->chip;
	assert_int_equal(ferry_sim_set_bus(dev, "i2c", 0x50), 0);
	assert_int_equal(ferry_sim_probe(sim), 0);
	return 0;
}

static int teardown(void **state)
{
	end_world(sim);
	return 0;
}

static void what_is_written_is_there(void **state)
{
	unsigned char out[256], in[256];

	assert_int_equal(ferry_sim_memory_size(dev, NULL), 256);
	for (unsigned i = 0; i < 256; i++)
		out[i] = (unsigned char)(i * 7 + 3);
	assert_int_equal(ferry_sim_memory_write(dev, 5, out, 20), 0);
	assert_memory_equal(chip->memory + 5, out, 20);
	assert_int_equal(chip->memory[4], 0xff);
	assert_int_equal(chip->memory[25], 0xff);
	assert_int_equal(ferry_sim_memory_write(dev, 0, out, 256), 0);
	assert_memory_equal(chip->memory, out, 256);
	assert_int_equal(ferry_sim_memory_read(dev, 0, in, 256), 0);
	assert_memory_equal(in, out, 256);
	assert_int_equal(ferry_sim_memory_read(dev, 250, in, 6), 0);
	assert_memory_equal(in, out + 250, 6);
}

/* The device writes each page for 5 ms, and does not acknowledge meanwhile. */
static void a_write_returns_when_it_is_over(void **state)
{
	uint64_t before = ferry_sim_now(sim);
	unsigned char byte;

	assert_int_equal(ferry_sim_memory_write(dev, 6, "abcd", 4), 0);
	assert_in_range(ferry_sim_now(sim) - before, 10 * MS, 13 * MS);
	assert_int_equal(ferry_sim_memory_read(dev, 9, &byte, 1), 0);
	assert_int_equal(byte, 'd');
}

static void each_byte_may_fail(void **state)
{
	unsigned char byte = 0;

	for (unsigned fault = FERRY_SIM_I2C_REFUSES; fault <= FERRY_SIM_I2C_HOLDS; fault++)
		for (unsigned long at = 0; at < 3; at++) {
			ferry_sim_i2c_fail(bus, fault, at, 1);
			assert_true(ferry_sim_memory_write(dev, 3, "x", 1) < 0);
			ferry_sim_i2c_fail(bus, fault, at, 1);
			assert_true(ferry_sim_memory_read(dev, 3, &byte, 1) < 0);
			ferry_sim_i2c_fail(bus, FERRY_SIM_I2C_WORKS, 0, 0);
			assert_int_equal(ferry_sim_memory_write(dev, 3, "y", 1), 0);
			assert_int_equal(ferry_sim_memory_read(dev, 3, &byte, 1), 0);
			assert_int_equal(byte, 'y');
		}
}

static void one_that_never_acknowledges_again_is_given_up(void **state)
{
	uint64_t before = ferry_sim_now(sim);

	ferry_sim_i2c_fail(bus, FERRY_SIM_I2C_REFUSES, 3, 1000000);
	assert_int_equal(ferry_sim_memory_write(dev, 3, "x", 1), FY_ERR_NOT_FOUND);
	assert_in_range(ferry_sim_now(sim) - before, 25 * MS, 30 * MS);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_written_is_there),
		TEST(a_write_returns_when_it_is_over),
		TEST(each_byte_may_fail),
		TEST(one_that_never_acknowledges_again_is_given_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
