// SPDX-License-Identifier: GPL-2.0-only
/*
 * tests/drivers/sleeper.c, and so parameters, suspend and resume in the user port.
 */
#include "../user/test.h"

#include "../../drivers/sleeper.c"

static struct ferry_sim *sim;

static int setup(void **state)
{
	sim = ferry_sim_new();
	return 0;
}

static int teardown(void **state)
{
	end_world(sim);
	return 0;
}

static struct ferry_sim_device *add(const char *name)
{
	return ferry_sim_add(sim, &fy_driver_sleeper, name, NULL);
}

static uint32_t ticks(struct ferry_sim_device *dev)
{
	const struct sleeper *s = ferry_sim_state(dev);

	return s->ticks;
}

static void a_parameter_comes_before_the_property_and_that_before_the_preset(void **state)
{
	struct ferry_sim_device *preset = add("a"), *property = add("b"), *parameter = add("c");

	ferry_sim_set_property(property, "period-ms", 5);
	ferry_sim_set_property(parameter, "period-ms", 5);
	assert_int_equal(ferry_sim_set_parameter(parameter, "period_ms", 7), 0);
	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_int_equal(((struct sleeper *)ferry_sim_state(preset))->period_ms, 20);
	assert_int_equal(((struct sleeper *)ferry_sim_state(property))->period_ms, 5);
	assert_int_equal(((struct sleeper *)ferry_sim_state(parameter))->period_ms, 7);
}

static void what_is_out_of_range_is_refused(void **state)
{
	struct ferry_sim_device *dev = add("a");

	assert_int_equal(ferry_sim_set_parameter(dev, "period_ms", 0), FY_ERR_INVALID);
	assert_int_equal(ferry_sim_set_parameter(dev, "period_ms", 1001), FY_ERR_INVALID);
	assert_int_equal(ferry_sim_set_parameter(dev, "speed", 1), FY_ERR_NOT_FOUND);
	ferry_sim_set_property(dev, "period-ms", 1001);
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_INVALID);
	assert_string_equal(ferry_sim_last_log(sim), "property period-ms: expected 1 to 1000");
}

static void a_device_sleeps_and_wakes(void **state)
{
	struct ferry_sim_device *dev = add("a");
	uint32_t before;

	assert_int_equal(ferry_sim_probe(sim), 0);
	ferry_sim_run_for(sim, 100 * MS);
	before = ticks(dev);
	assert_int_equal(before, 6);
	assert_int_equal(ferry_sim_suspend(sim), 0);
	ferry_sim_run_for(sim, SECOND);
	assert_int_equal(ticks(dev), before);
	assert_int_equal(ferry_sim_resume(sim), 0);
	ferry_sim_run_for(sim, 100 * MS);
	assert_int_equal(ticks(dev), before + 6);
}

static void when_one_refuses_those_that_sleep_wake(void **state)
{
	struct ferry_sim_device *first = add("a");

	assert_int_equal(ferry_sim_set_parameter(first, "refuses", 1), 0);
	add("b");
	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_int_equal(ferry_sim_suspend(sim), FY_ERR_BUSY);
	assert_int_equal(logged(sim, "asleep"), 1);
	assert_int_equal(logged(sim, "no sleep"), 1);
	assert_int_equal(logged(sim, "awake"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_parameter_comes_before_the_property_and_that_before_the_preset, setup,
			teardown),
		cmocka_unit_test_setup_teardown(what_is_out_of_range_is_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(a_device_sleeps_and_wakes, setup, teardown),
		cmocka_unit_test_setup_teardown(when_one_refuses_those_that_sleep_wake, setup,
						teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
