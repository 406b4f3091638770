// SPDX-License-Identifier: GPL-2.0-only
/*
 * tests/drivers/powered.c, and so clocks, supplies, resets and pin states in the user port.
 */
#include "../user/test.h"

#include "../../drivers/powered.c"

static void what_the_device_has_is_used_and_given_back(void **state)
{
	struct ferry_sim *sim = ferry_sim_new();
	struct ferry_sim_device *dev = ferry_sim_add(sim, &fy_driver_powered, "it", NULL);
	uint32_t value;

	ferry_sim_add_resource(dev, FERRY_SIM_CLOCK, "other", 1);
	ferry_sim_add_resource(dev, FERRY_SIM_CLOCK, "core", 250000000);
	ferry_sim_add_resource(dev, FERRY_SIM_REGULATOR, "vdd", 3300000);
	ferry_sim_add_resource(dev, FERRY_SIM_RESET, "reset", 0);
	ferry_sim_add_resource(dev, FERRY_SIM_PIN_STATE, "sleep", 0);
	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_int_equal(logged(sim, "250000000 Hz, 3300000 uV"), 1);
	assert_int_equal(ferry_sim_resource(dev, FERRY_SIM_CLOCK, "core", &value), 1);
	assert_int_equal(value, 1000);
	assert_int_equal(ferry_sim_resource(dev, FERRY_SIM_CLOCK, "other", &value), 0);
	assert_int_equal(value, 1);
	assert_int_equal(ferry_sim_resource(dev, FERRY_SIM_REGULATOR, "vdd", &value), 1);
	assert_int_equal(value, 1200000);
	assert_int_equal(ferry_sim_resource(dev, FERRY_SIM_RESET, "reset", NULL), 0);
	assert_int_equal(ferry_sim_resource(dev, FERRY_SIM_PIN_STATE, "sleep", NULL), 0);
	ferry_sim_remove(dev);
	assert_int_equal(ferry_sim_resource(dev, FERRY_SIM_CLOCK, "core", NULL), 0);
	assert_int_equal(ferry_sim_resource(dev, FERRY_SIM_REGULATOR, "vdd", NULL), 0);
	assert_int_equal(ferry_sim_resource(dev, FERRY_SIM_RESET, "reset", NULL), 1);
	assert_int_equal(ferry_sim_resource(dev, FERRY_SIM_PIN_STATE, "sleep", NULL), 1);
	end_world(sim);
}

static void a_device_without_any_of_them_works_all_the_same(void **state)
{
	struct ferry_sim *sim = ferry_sim_new();

	ferry_sim_add(sim, &fy_driver_powered, "it", NULL);
	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_int_equal(logged(sim, "clock: FY_ERR_NOT_FOUND, supply: FY_ERR_NOT_FOUND, reset: "
				     "FY_ERR_NOT_FOUND, sleep: FY_ERR_NOT_FOUND"),
			 1);
	assert_int_equal(logged(sim, "0 Hz, 0 uV"), 1);
	end_world(sim);
}

static int leave_on(struct fy_device *dev)
{
	static struct fy_clock clock;
	int rc = fy_clock_get(dev, NULL, &clock);

	return rc ? rc : fy_clock_enable(&clock);
}
TEST_DRIVER(leave_on);

static void a_clock_that_is_left_on_is_a_violation(void **state)
{
	struct ferry_sim *sim = ferry_sim_new();
	struct ferry_sim_device *dev = ferry_sim_add(sim, &driver_leave_on, "it", NULL);

	ferry_sim_add_resource(dev, FERRY_SIM_CLOCK, "core", 1);
	assert_int_equal(ferry_sim_probe(sim), 0);
	ferry_sim_remove(dev);
	assert_int_equal(ferry_sim_violations(sim), 1);
	assert_string_equal(ferry_sim_last_log(sim), "it leaves the clock 'core' enabled");
	ferry_sim_free(sim);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_the_device_has_is_used_and_given_back),
		cmocka_unit_test(a_device_without_any_of_them_works_all_the_same),
		cmocka_unit_test(a_clock_that_is_left_on_is_a_violation),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
