// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * Tests of drivers/@NAME@.c: the driver is compiled into this program, on Ferry's port for tests,
 * with a model of its device.
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
#include "model.h"

static char last_log[256];
static struct fy_device device;
static struct model model;

void test_log(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(last_log, sizeof(last_log), fmt, ap);
	va_end(ap);
}

static int setup(void **unused)
{
	test_write_count = 0;
	test_gpio_offer_result = 0;
	model_init(&model);
	device = (struct fy_device){
		.state = calloc(1, fy_driver_@SYMBOL@.state_size),
		.registers = &model.registers,
	};
	return device.state ? fy_driver_@SYMBOL@.probe(&device) : -1;
}

static int teardown(void **unused)
{
	fy_driver_@SYMBOL@.remove(&device);
	assert_null(test_controller);
	free(device.state);
	return 0;
}

static void offers_its_pins_and_says_so(void **unused)
{
	assert_int_equal(test_controller->pins, PINS);
	assert_string_equal(last_log, "16 pins");
}

static void each_pin_has_its_direction_and_the_others_keep_theirs(void **unused)
{
	for (unsigned pin = 0; pin < PINS; pin++) {
		uint32_t others = 0xa5a5 & ~(1u << pin);

		model.dir = others;
		assert_int_equal(@SYMBOL@_is_output(&device, pin), 0);
		assert_int_equal(@SYMBOL@_set_output(&device, pin, 0), 0);
		assert_int_equal(model.dir, others | 1u << pin);
		assert_int_equal(@SYMBOL@_is_output(&device, pin), 1);
		assert_int_equal(@SYMBOL@_set_input(&device, pin), 0);
		assert_int_equal(model.dir, others);
	}
}

static void set_reaches_one_pin(void **unused)
{
	for (unsigned pin = 0; pin < PINS; pin++) {
		model.dir = 0xffff;
		model.output = 0;
		@SYMBOL@_set(&device, pin, 1);
		assert_int_equal(model_levels(&model), 1u << pin);
		model.output = 0xffff;
		@SYMBOL@_set(&device, pin, 0);
		assert_int_equal(model_levels(&model), 0xffff & ~(1u << pin));
	}
}

static void get_reads_inputs_and_outputs(void **unused)
{
	model.input = 0x0f0f;
	for (unsigned pin = 0; pin < PINS; pin++)
		assert_int_equal(@SYMBOL@_get(&device, pin), pin % 8 < 4);
	@SYMBOL@_set_output(&device, 15, 1);
	assert_int_equal(@SYMBOL@_get(&device, 15), 1);
}

static void an_output_has_its_level_from_its_first_moment(void **unused)
{
	for (int level = 0; level <= 1; level++) {
		@SYMBOL@_set_input(&device, 3);
		model.output = level ? 0 : 0xffff;
		test_write_count = 0;
		@SYMBOL@_set_output(&device, 3, level);
		assert_int_equal(test_writes[0].offset, level ? SET : CLEAR);
		assert_int_equal(test_writes[1].offset, DIR);
		assert_int_equal(test_write_count, 2);
		assert_int_equal(@SYMBOL@_get(&device, 3), level);
	}
}

static void fast_set_is_the_store_that_set_makes(void **unused)
{
	for (unsigned pin = 0; pin < PINS; pin++) {
		struct fy_gpio_fast_set fast;

		@SYMBOL@_fast_set(&device, pin, &fast);
		test_write_count = 0;
		@SYMBOL@_set(&device, pin, 1);
		@SYMBOL@_set(&device, pin, 0);
		assert_int_equal(test_writes[0].offset, fast.high_offset);
		assert_int_equal(test_writes[0].value, fast.high_value);
		assert_int_equal(test_writes[1].offset, fast.low_offset);
		assert_int_equal(test_writes[1].value, fast.low_value);
	}
}

static void does_not_start_when_its_pins_are_not_wanted(void **unused)
{
	fy_driver_@SYMBOL@.remove(&device);
	test_gpio_offer_result = FY_ERR_NO_MEMORY;
	assert_int_equal(fy_driver_@SYMBOL@.probe(&device), FY_ERR_NO_MEMORY);
	assert_string_equal(last_log, "cannot offer 16 pins: error -6");
	test_gpio_offer_result = 0;
	assert_int_equal(fy_driver_@SYMBOL@.probe(&device), 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(offers_its_pins_and_says_so),
		TEST(each_pin_has_its_direction_and_the_others_keep_theirs),
		TEST(set_reaches_one_pin),
		TEST(get_reads_inputs_and_outputs),
		TEST(an_output_has_its_level_from_its_first_moment),
		TEST(fast_set_is_the_store_that_set_makes),
		TEST(does_not_start_when_its_pins_are_not_wanted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
