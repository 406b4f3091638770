// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * The driver @NAME@ makes its pin high and low when its period says so, without drift, and refuses
 * a period that cannot be. It is compiled into this program, and runs in a world of ferry-sim,
 * where time passes when the test says so.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <ferry-sim.h>

#include "../drivers/@NAME@.c"

#define MS  FERRY_SIM_MS
#define PIN 17

static struct ferry_sim *sim;
static struct ferry_sim_device *pins, *device;

static int setup(void **unused)
{
	sim = ferry_sim_new();
	pins = ferry_sim_add_pins(sim, "pins", 32);
	device = ferry_sim_add(sim, &fy_driver_@SYMBOL@, "@NAME@", NULL);
	ferry_sim_set_pin(device, "output", "pins", PIN, false);
	return ferry_sim_record(pins, PIN);
}

/* The driver has done nothing that the contract forbids. */
static int teardown(void **unused)
{
	assert_int_equal(ferry_sim_violations(sim), 0);
	ferry_sim_free(sim);
	return 0;
}

/* Starts the device with PERIOD as its property period-ms. */
static int probe_with(uint32_t period)
{
	ferry_sim_set_property(device, "period-ms", period);
	return ferry_sim_probe(sim);
}

static void has_a_period_of_a_second_unless_told_otherwise(void **unused)
{
	const struct ferry_sim_edge *edges;

	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_string_equal(ferry_sim_last_log(sim), "a period of 1000 ms");
	for (unsigned second = 0; second < 100; second++) {
		ferry_sim_run_until(sim, (second * 1000 + 499) * MS);
		assert_int_equal(ferry_sim_level(pins, PIN), 1);
		ferry_sim_run_until(sim, (second * 1000 + 999) * MS);
		assert_int_equal(ferry_sim_level(pins, PIN), 0);
	}
	/* up and down, a hundred times */
	assert_int_equal(ferry_sim_edges(pins, PIN, &edges), 200);
}

static void a_late_timer_does_not_make_it_drift(void **unused)
{
	assert_int_equal(probe_with(20), 0);
	for (unsigned i = 0; i < 100; i++) {
		/* how late the call after this one will be */
		ferry_sim_delay_timers(sim, (i + 1) % 10 * MS);
		ferry_sim_run_until(sim, i * 10 * MS + i % 10 * MS);
		assert_int_equal(ferry_sim_timer_due(device), (i + 1) * 10 * MS);
	}
}

static void refuses_a_period_out_of_range(void **unused)
{
	static const uint32_t bad[] = { 0, 1, 3600001, UINT32_MAX };

	for (unsigned i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(probe_with(bad[i]), FY_ERR_INVALID);
		assert_string_equal(ferry_sim_last_log(sim),
				    "property period-ms: expected 2 to 3600000");
	}
	assert_int_equal(probe_with(2), 0);
	ferry_sim_remove(device);
	assert_int_equal(probe_with(3600000), 0);
}

static void does_not_start_without_its_pin(void **unused)
{
	ferry_sim_refuse(device, FERRY_SIM_GPIO_REQUEST, 0, FY_ERR_BUSY);
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_BUSY);
	assert_string_equal(ferry_sim_last_log(sim),
			    "cannot have the pin that output-gpios names: FY_ERR_BUSY");
}

static void waits_quietly_for_the_pins_controller(void **unused)
{
	ferry_sim_free(sim);
	sim = ferry_sim_new();
	device = ferry_sim_add(sim, &fy_driver_@SYMBOL@, "@NAME@", NULL);
	ferry_sim_set_pin(device, "output", "gpio", PIN, false);
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_DEFER);
	assert_int_equal(ferry_sim_log_count(sim), 0);
	ferry_sim_add_pins(sim, "gpio", 32);
	assert_int_equal(ferry_sim_probe(sim), 0);
}

static void stops_with_its_pin_low_and_given_back(void **unused)
{
	assert_int_equal(ferry_sim_probe(sim), 0);
	ferry_sim_run_until(sim, 1);
	assert_int_equal(ferry_sim_level(pins, PIN), 1);
	ferry_sim_remove(device);
	assert_int_equal(ferry_sim_level(pins, PIN), 0);
	assert_int_equal(ferry_sim_timer_due(device), FERRY_SIM_NEVER);
	assert_non_null(ferry_sim_gpio_take(pins, PIN, NULL));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(has_a_period_of_a_second_unless_told_otherwise),
		TEST(a_late_timer_does_not_make_it_drift),
		TEST(refuses_a_period_out_of_range),
		TEST(does_not_start_without_its_pin),
		TEST(waits_quietly_for_the_pins_controller),
		TEST(stops_with_its_pin_low_and_given_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
