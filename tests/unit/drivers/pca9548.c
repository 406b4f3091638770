// SPDX-License-Identifier: GPL-2.0-only
/*
 * drivers/pca9548.c gives targets behind the model pca9548 their buses: two with one address are
 * told apart, and whatever byte fails, transfers end and the next ones work.
 */
#include "../user/test.h"

#include <ferry-sim/i2c.h>
#include <ferry-sim/sensor.h>

#include "models/models.h"
#include "sim/sim.h"

extern const struct fy_driver fy_driver_lm75, fy_driver_pca9548;

static struct ferry_sim *sim;
static struct ferry_sim_device *bus, *mux, *first, *second;

static struct ferry_sim_device *add_thermometer(const char *name, const char *where, int degrees)
{
	struct ferry_sim_device *dev = ferry_sim_add(sim, &fy_driver_lm75, name, "tmp105");

	assert_int_equal(ferry_sim_set_bus(dev, where, 0x48), 0);
	((struct tmp105_model *)dev->model)->chip.temperature = (int16_t)(degrees * 256);
	return dev;
}

static int setup(void **state)
{
	sim = ferry_sim_new();
	bus = ferry_sim_add_i2c(sim, "i2c");
	mux = ferry_sim_add(sim, &fy_driver_pca9548, "mux", "pca9548");
	assert_int_equal(ferry_sim_set_bus(mux, "i2c", 0x70), 0);
	first = add_thermometer("first", "mux:0", 10);
	second = add_thermometer("second", "mux:5", 50);
	assert_int_equal(ferry_sim_probe(sim), 0);
	ferry_sim_run_for(sim, 400 * MS);
	return 0;
}

static int teardown(void **state)
{
	end_world(sim);
	return 0;
}

static int measure(struct ferry_sim_device *dev, int *degrees)
{
	int64_t micro = 0;
	int rc = ferry_sim_sensor_micro(dev, 0, &micro, 10 * SECOND);

	*degrees = (int)(micro / 1000000);
	return rc;
}

static void assert_both_work(void)
{
	int degrees;

	assert_int_equal(measure(first, &degrees), 0);
	assert_int_equal(degrees, 10);
	assert_int_equal(measure(second, &degrees), 0);
	assert_int_equal(degrees, 50);
}

static void two_with_one_address_are_told_apart(void **state)
{
	const struct pca9548_model *model = (const struct pca9548_model *)mux->model;

	assert_both_work();
	assert_int_equal(model->control, 1 << 5);
	assert_both_work();
}

static void one_that_is_selected_is_not_selected_again(void **state)
{
	unsigned long before;
	int degrees;

	measure(first, &degrees);
	before = ferry_sim_i2c_bytes(bus);
	measure(first, &degrees);
	assert_int_equal(ferry_sim_i2c_bytes(bus) - before, 5);
	measure(second, &degrees);
	assert_int_equal(ferry_sim_i2c_bytes(bus) - before, 5 + 2 + 5);
}

/* Two bytes select, five measure; the last two of them are read. */
static int expected(enum ferry_sim_i2c_fault fault, unsigned long at)
{
	if (fault == FERRY_SIM_I2C_HOLDS)
		return FY_ERR_TIMEOUT;
	if (at > 4)
		return 0;
	return at == 1 || at == 3 ? FY_ERR_IO : FY_ERR_NOT_FOUND;
}

static void each_byte_may_fail(void **state)
{
	for (unsigned fault = FERRY_SIM_I2C_REFUSES; fault <= FERRY_SIM_I2C_HOLDS; fault++)
		for (unsigned long at = 0; at < 7; at++) {
			int degrees, rc;

			measure(second, &degrees);
			ferry_sim_i2c_fail(bus, fault, at, 1);
			rc = measure(first, &degrees);
			assert_int_equal(rc, expected(fault, at));
			ferry_sim_i2c_fail(bus, FERRY_SIM_I2C_WORKS, 0, 0);
			assert_both_work();
		}
}

static void targets_go_with_their_channel_and_come_again(void **state)
{
	ferry_sim_remove(mux);
	assert_false(ferry_sim_is_running(first));
	assert_false(ferry_sim_is_running(second));
	assert_int_equal(((const struct pca9548_model *)mux->model)->control, 0);
	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_both_work();
	ferry_sim_remove(bus);
	assert_false(ferry_sim_is_running(mux));
	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_both_work();
}

static void one_that_does_not_answer_is_named(void **state)
{
	ferry_sim_remove(mux);
	ferry_sim_i2c_fail(bus, FERRY_SIM_I2C_REFUSES, 0, 1);
	assert_int_not_equal(ferry_sim_probe(sim), 0);
	assert_int_equal(logged(sim, "no answer from address 0x70"), 1);
	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_both_work();
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(two_with_one_address_are_told_apart),
		TEST(one_that_is_selected_is_not_selected_again),
		TEST(each_byte_may_fail),
		TEST(targets_go_with_their_channel_and_come_again),
		TEST(one_that_does_not_answer_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
