// SPDX-License-Identifier: GPL-2.0-only
/*
 * drivers/gpio-key.c: a key that bounces is reported once when it has come to rest; what it is at
 * the start is reported; wrong properties are refused. And drivers/gpio-led.c: its pin is the LED.
 */
#include "../user/test.h"

#include <ferry-sim/classes.h>
#include <ferry/input.h>

extern const struct fy_driver fy_driver_gpio_key, fy_driver_gpio_led;

#define PIN 4

static struct ferry_sim *sim;
static struct ferry_sim_device *pins, *device;

static int setup(void **state)
{
	sim = ferry_sim_new();
	pins = ferry_sim_add_pins(sim, "pins", 8);
	return 0;
}

static int teardown(void **state)
{
	end_world(sim);
	return 0;
}

static void add_key(uint32_t code, uint32_t type)
{
	device = ferry_sim_add(sim, &fy_driver_gpio_key, "key", NULL);
	ferry_sim_set_pin(device, "key", "pins", PIN, true); /* active low */
	ferry_sim_set_property(device, "linux,code", code);
	ferry_sim_set_property(device, "linux,input-type", type);
	ferry_sim_drive(pins, PIN, 1);
}

static void a_key_that_bounces_is_pressed_once(void **state)
{
	const struct ferry_sim_input *inputs;

	add_key(30, FY_INPUT_KEY);
	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_int_equal(ferry_sim_input_record(device), 0);
	ferry_sim_run_for(sim, 100 * MS);
	assert_int_equal(ferry_sim_inputs(device, &inputs), 0);
	for (unsigned i = 0; i < 9; i++) {
		ferry_sim_drive(pins, PIN, i % 2);
		ferry_sim_run_for(sim, 2 * MS);
	}
	assert_int_equal(ferry_sim_inputs(device, &inputs), 0);
	ferry_sim_run_for(sim, 10 * MS);
	assert_int_equal(ferry_sim_inputs(device, &inputs), 1);
	assert_int_equal(inputs[0].type, FY_INPUT_KEY);
	assert_int_equal(inputs[0].code, 30);
	assert_int_equal(inputs[0].value, 1);
	assert_int_equal(inputs[0].time, (100 + 16 + 5) * MS);
	ferry_sim_drive(pins, PIN, 1);
	ferry_sim_run_for(sim, 10 * MS);
	assert_int_equal(ferry_sim_inputs(device, &inputs), 2);
	assert_int_equal(inputs[1].value, 0);
}

static void a_switch_that_is_on_is_reported_at_the_start(void **state)
{
	const struct ferry_sim_input *inputs;

	add_key(0, FY_INPUT_SWITCH);
	ferry_sim_drive(pins, PIN, 0);
	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_int_equal(ferry_sim_input_record(device), 0);
	ferry_sim_run_for(sim, MS);
	assert_int_equal(ferry_sim_inputs(device, &inputs), 1);
	assert_int_equal(inputs[0].type, FY_INPUT_SWITCH);
	assert_int_equal(inputs[0].value, 1);
}

static void wrong_properties_are_refused(void **state)
{
	add_key(0, FY_INPUT_KEY);
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_INVALID);
	ferry_sim_set_property(device, "linux,code", 0x300);
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_INVALID);
	ferry_sim_set_property(device, "linux,code", 30);
	ferry_sim_set_property(device, "linux,input-type", FY_INPUT_RELATIVE);
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_INVALID);
	ferry_sim_set_property(device, "linux,input-type", FY_INPUT_KEY);
	assert_int_equal(ferry_sim_probe(sim), 0);
}

static void faults_unwind(void **state)
{
	const struct ferry_sim_input *inputs;

	add_key(30, FY_INPUT_KEY);
	ferry_sim_refuse(device, FERRY_SIM_CLASS_OFFER, 0, FY_ERR_NO_MEMORY);
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_NO_MEMORY);
	ferry_sim_refuse(device, FERRY_SIM_CLASS_OFFER, 0, 0);
	ferry_sim_refuse(device, FERRY_SIM_GPIO_REQUEST, 0, FY_ERR_BUSY);
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_BUSY);
	ferry_sim_refuse(device, FERRY_SIM_GPIO_REQUEST, 0, 0);
	assert_int_equal(ferry_sim_probe(sim), 0);
	/* Removed while a contact bounces. */
	ferry_sim_input_record(device);
	ferry_sim_drive(pins, PIN, 0);
	ferry_sim_remove(device);
	ferry_sim_run_for(sim, SECOND);
	assert_int_equal(ferry_sim_inputs(device, &inputs), 0);
}

static void a_led_is_its_pin(void **state)
{
	device = ferry_sim_add(sim, &fy_driver_gpio_led, "led", NULL);
	ferry_sim_set_pin(device, "led", "pins", PIN, true);
	ferry_sim_refuse(device, FERRY_SIM_CLASS_OFFER, 0, FY_ERR_NO_MEMORY);
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_NO_MEMORY);
	ferry_sim_refuse(device, FERRY_SIM_CLASS_OFFER, 0, 0);
	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_int_equal(ferry_sim_level(pins, PIN), 1);
	assert_int_equal(ferry_sim_led_set(device, 0, 1), 0);
	assert_int_equal(ferry_sim_level(pins, PIN), 0);
	ferry_sim_remove(device);
	assert_int_equal(ferry_sim_level(pins, PIN), 1);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_key_that_bounces_is_pressed_once),
		TEST(a_switch_that_is_on_is_reported_at_the_start),
		TEST(wrong_properties_are_refused),
		TEST(faults_unwind),
		TEST(a_led_is_its_pin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
