// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * The driver @NAME@ gives each pin its direction and level by its own bits, and by no other's. It
 * is compiled into this program, and runs in a world of ferry-sim, on a model of its device.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "../drivers/@NAME@.c"
#include "model.h"

#define WRITES_MAX 8

static struct ferry_sim *sim;
static struct ferry_sim_device *device;
static struct ferry_sim_gpio *pins[PINS];
static struct model model;
/* what the driver wrote to registers, in this order */
static struct ferry_sim_access writes[WRITES_MAX];
static unsigned write_count;

static void keep_write(void *unused, const struct ferry_sim_access *access)
{
	if (access->is_write)
		writes[write_count++ % WRITES_MAX] = *access;
}

static int setup(void **unused)
{
	sim = ferry_sim_new();
	device = model_add(&model, sim, &fy_driver_@SYMBOL@);
	ferry_sim_on_access(device, keep_write, NULL);
	if (ferry_sim_probe(sim))
		return -1;
	for (unsigned pin = 0; pin < PINS; pin++)
		pins[pin] = ferry_sim_gpio_take(device, pin, NULL);
	return 0;
}

/* The pins go with the device; the driver has done nothing that contract or manual forbid. */
static int teardown(void **unused)
{
	int error = 0;

	ferry_sim_remove(device);
	assert_null(ferry_sim_gpio_take(device, 0, &error));
	assert_int_equal(error, FY_ERR_NOT_FOUND);
	assert_int_equal(ferry_sim_violations(sim), 0);
	ferry_sim_free(sim);
	return 0;
}

static void offers_its_pins_and_says_so(void **unused)
{
	int error = 0;

	for (unsigned pin = 0; pin < PINS; pin++)
		assert_non_null(pins[pin]);
	assert_null(ferry_sim_gpio_take(device, PINS, &error));
	assert_int_equal(error, FY_ERR_NOT_FOUND);
	assert_string_equal(ferry_sim_last_log(sim), "16 pins");
}

static void each_pin_has_its_direction_and_the_others_keep_theirs(void **unused)
{
	for (unsigned pin = 0; pin < PINS; pin++) {
		uint32_t others = 0xa5a5 & ~(1u << pin);

		model.dir = others;
		assert_int_equal(ferry_sim_gpio_is_output(pins[pin]), 0);
		assert_int_equal(ferry_sim_gpio_output(pins[pin], 0), 0);
		assert_int_equal(model.dir, others | 1u << pin);
		assert_int_equal(ferry_sim_gpio_is_output(pins[pin]), 1);
		assert_int_equal(ferry_sim_gpio_input(pins[pin]), 0);
		assert_int_equal(model.dir, others);
	}
}

static void set_reaches_one_pin(void **unused)
{
	for (unsigned pin = 0; pin < PINS; pin++) {
		model.dir = 0xffff;
		model.output = 0;
		ferry_sim_gpio_set(pins[pin], 1);
		assert_int_equal(model_levels(&model), 1u << pin);
		model.output = 0xffff;
		ferry_sim_gpio_set(pins[pin], 0);
		assert_int_equal(model_levels(&model), 0xffff & ~(1u << pin));
	}
}

static void get_reads_inputs_and_outputs(void **unused)
{
	for (unsigned pin = 0; pin < PINS; pin++)
		ferry_sim_drive(device, pin, pin % 8 < 4);
	for (unsigned pin = 0; pin < PINS; pin++)
		assert_int_equal(ferry_sim_gpio_get(pins[pin]), pin % 8 < 4);
	ferry_sim_gpio_output(pins[15], 1);
	assert_int_equal(ferry_sim_gpio_get(pins[15]), 1);
}

static void an_output_has_its_level_from_its_first_moment(void **unused)
{
	for (int level = 0; level <= 1; level++) {
		ferry_sim_gpio_input(pins[3]);
		model.output = level ? 0 : 0xffff;
		write_count = 0;
		ferry_sim_gpio_output(pins[3], level);
		assert_int_equal(writes[0].offset, level ? SET : CLEAR);
		assert_int_equal(writes[1].offset, DIR);
		assert_int_equal(write_count, 2);
		assert_int_equal(ferry_sim_gpio_get(pins[3]), level);
	}
}

static void fast_set_is_the_store_that_set_makes(void **unused)
{
	for (unsigned pin = 0; pin < PINS; pin++) {
		struct fy_gpio_fast_set fast;

		assert_int_equal(ferry_sim_gpio_fast_set(pins[pin], &fast), 0);
		write_count = 0;
		ferry_sim_gpio_set(pins[pin], 1);
		ferry_sim_gpio_set(pins[pin], 0);
		assert_int_equal(writes[0].offset, fast.high_offset);
		assert_int_equal(writes[0].value, fast.high_value);
		assert_int_equal(writes[1].offset, fast.low_offset);
		assert_int_equal(writes[1].value, fast.low_value);
	}
}

static void does_not_start_when_its_pins_are_not_wanted(void **unused)
{
	ferry_sim_remove(device);
	ferry_sim_refuse(device, FERRY_SIM_GPIO_OFFER, 0, FY_ERR_NO_MEMORY);
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_NO_MEMORY);
	assert_string_equal(ferry_sim_last_log(sim), "cannot offer 16 pins: FY_ERR_NO_MEMORY");
	ferry_sim_refuse(device, FERRY_SIM_GPIO_OFFER, 0, 0);
	assert_int_equal(ferry_sim_probe(sim), 0);
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
