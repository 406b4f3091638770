// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * Tests of drivers/@NAME@.c: the driver is compiled into this program, on Ferry's port for tests,
 * where time passes when the test says so.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "../drivers/@NAME@.c"
#include "test-port.h"

#define START 5000ULL
#define MS    1000000ULL

static char last_log[256];
static struct fy_device device;

void test_log(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(last_log, sizeof(last_log), fmt, ap);
	va_end(ap);
}

static int setup(void **unused)
{
	test_now = START;
	test_rises = 0;
	test_gpio_result = 0;
	last_log[0] = '\0';
	device = (struct fy_device){ .state = calloc(1, fy_driver_@SYMBOL@.state_size) };
	return device.state ? 0 : -1;
}

static int teardown(void **unused)
{
	free(device.state);
	return 0;
}

/* Starts the device with PERIOD as its property period-ms. */
static int probe_with(uint32_t period)
{
	static const char *const names[] = { "period-ms", NULL };
	static uint32_t values[1];

	values[0] = period;
	device.property_names = names;
	device.property_values = values;
	return fy_driver_@SYMBOL@.probe(&device);
}

static void has_a_period_of_a_second_unless_told_otherwise(void **unused)
{
	assert_int_equal(fy_driver_@SYMBOL@.probe(&device), 0);
	assert_string_equal(last_log, "a period of 1000 ms");
	for (unsigned second = 0; second < 100; second++) {
		test_run_until(START + (second * 1000 + 499) * MS);
		assert_int_equal(test_level, 1);
		test_run_until(START + (second * 1000 + 999) * MS);
		assert_int_equal(test_level, 0);
	}
	assert_int_equal(test_rises, 100);
}

static void a_late_timer_does_not_make_it_drift(void **unused)
{
	assert_int_equal(probe_with(20), 0);
	for (unsigned i = 0; i < 100; i++) {
		test_now = START + i * 10 * MS + i % 10 * MS;
		assert_int_equal(@SYMBOL@_timer(device.state, START + i * 10 * MS),
				 START + (i + 1) * 10 * MS);
	}
}

static void refuses_a_period_out_of_range(void **unused)
{
	static const uint32_t bad[] = { 0, 1, 3600001, UINT32_MAX };

	for (unsigned i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(probe_with(bad[i]), FY_ERR_INVALID);
		assert_string_equal(last_log, "property period-ms: expected 2 to 3600000");
	}
	assert_int_equal(probe_with(2), 0);
	assert_int_equal(probe_with(3600000), 0);
}

static void does_not_start_without_its_pin(void **unused)
{
	test_gpio_result = FY_ERR_BUSY;
	assert_int_equal(fy_driver_@SYMBOL@.probe(&device), FY_ERR_BUSY);
	assert_string_equal(last_log, "cannot have the pin that output-gpios names: error -3");
}

static void waits_quietly_for_the_pins_controller(void **unused)
{
	test_gpio_result = FY_ERR_DEFER;
	assert_int_equal(fy_driver_@SYMBOL@.probe(&device), FY_ERR_DEFER);
	assert_string_equal(last_log, "");
}

static void stops_with_its_pin_low_and_given_back(void **unused)
{
	struct @SYMBOL@_state *state = device.state;

	assert_int_equal(fy_driver_@SYMBOL@.probe(&device), 0);
	test_run_until(START + 1);
	assert_int_equal(test_level, 1);
	fy_driver_@SYMBOL@.remove(&device);
	assert_int_equal(test_level, 0);
	assert_false(state->timer.running);
	assert_false(state->output.taken);
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
