// SPDX-License-Identifier: GPL-2.0-only
/*
 * drivers/pcf8574.c on the model pcf8574: pins out and in, events from the line INT, and no pin
 * whose level nobody asked to change does, whatever byte fails.
 */
#include "../user/test.h"

#include <ferry-sim/i2c.h>

extern const struct fy_driver fy_driver_pcf8574;

static struct ferry_sim *sim;
static struct ferry_sim_device *bus, *dev;

static int setup(void **state)
{
	sim = ferry_sim_new();
	bus = ferry_sim_add_i2c(sim, "i2c");
	dev = ferry_sim_add(sim, &fy_driver_pcf8574, "pins", "pcf8574");
	assert_non_null(dev);
	assert_int_equal(ferry_sim_set_bus(dev, "i2c", 0x20), 0);
	return 0;
}

static int teardown(void **state)
{
	end_world(sim);
	return 0;
}

static struct ferry_sim_gpio *take(unsigned number)
{
	struct ferry_sim_gpio *pin = ferry_sim_gpio_take(dev, number, NULL);

	assert_non_null(pin);
	return pin;
}

static unsigned levels(void)
{
	unsigned bits = 0;

	for (unsigned pin = 0; pin < 8; pin++)
		bits |= (unsigned)ferry_sim_level(dev, pin) << pin;
	return bits;
}

static void all_are_inputs_at_first_but_those_of_the_devicetree(void **state)
{
	ferry_sim_set_property(dev, "lines-initial-states", 0x81);
	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_int_equal(levels(), 0x7e);
	assert_int_equal(ferry_sim_gpio_is_output(take(0)), 1);
	assert_int_equal(ferry_sim_gpio_is_output(take(1)), 0);
}

static void pins_go_out_and_in(void **state)
{
	struct ferry_sim_gpio *out, *in;

	assert_int_equal(ferry_sim_probe(sim), 0);
	out = take(3);
	in = take(4);
	assert_int_equal(ferry_sim_gpio_output(out, 0), 0);
	assert_int_equal(levels(), 0xf7);
	assert_int_equal(ferry_sim_gpio_output(out, 1), 0);
	assert_int_equal(levels(), 0xff);
	ferry_sim_drive(dev, 4, 0);
	assert_int_equal(ferry_sim_gpio_get(in), 0);
	ferry_sim_drive(dev, 4, FERRY_SIM_OPEN);
	assert_int_equal(ferry_sim_gpio_get(in), 1);
	assert_int_equal(ferry_sim_gpio_output(out, 0), 0);
	assert_int_equal(ferry_sim_gpio_input(out), 0);
	assert_int_equal(levels(), 0xff);
}

static unsigned events;

static void count(void *arg)
{
	events++;
}

static void an_input_has_events(void **state)
{
	struct ferry_sim_gpio *pin, *other;

	events = 0;
	assert_int_equal(ferry_sim_probe(sim), 0);
	pin = take(5);
	other = take(6);
	assert_int_equal(ferry_sim_gpio_input(pin), 0);
	assert_int_equal(ferry_sim_gpio_watch(pin, FY_GPIO_TRIGGER_FALLING, count, NULL), 0);
	ferry_sim_drive(dev, 5, 0);
	ferry_sim_run_for(sim, 10 * MS);
	assert_int_equal(events, 1);
	ferry_sim_drive(dev, 5, 1);
	ferry_sim_run_for(sim, 10 * MS);
	assert_int_equal(events, 1);
	/* reading another pin does not lose the edge */
	ferry_sim_drive(dev, 5, 0);
	assert_int_equal(ferry_sim_gpio_get(other), 1);
	ferry_sim_run_for(sim, 10 * MS);
	assert_int_equal(events, 2);
	/* nor does a read that fails */
	ferry_sim_drive(dev, 5, 1);
	ferry_sim_run_for(sim, 10 * MS);
	ferry_sim_i2c_fail(bus, FERRY_SIM_I2C_REFUSES, 0, 1);
	ferry_sim_drive(dev, 5, 0);
	ferry_sim_run_for(sim, 10 * MS);
	assert_int_equal(events, 2);
	ferry_sim_run_for(sim, SECOND);
	assert_int_equal(events, 3);
	ferry_sim_gpio_watch(pin, 0, NULL, NULL);
	ferry_sim_drive(dev, 5, 1);
	ferry_sim_drive(dev, 5, 0);
	ferry_sim_run_for(sim, 10 * MS);
	assert_int_equal(events, 3);
	assert_int_equal(ferry_sim_gpio_watch(pin, FY_GPIO_TRIGGER_LOW, count, NULL),
			 FY_ERR_UNSUPPORTED);
}

static void without_an_interrupt_there_are_no_events(void **state)
{
	struct ferry_sim_gpio *pin;

	ferry_sim_set_irqs(dev, 0);
	assert_int_equal(ferry_sim_probe(sim), 0);
	pin = take(5);
	assert_int_equal(ferry_sim_gpio_watch(pin, FY_GPIO_TRIGGER_FALLING, count, NULL),
			 FY_ERR_UNSUPPORTED);
}

static void a_transfer_that_fails_changes_nothing(void **state)
{
	struct ferry_sim_gpio *pin;

	assert_int_equal(ferry_sim_probe(sim), 0);
	pin = take(2);
	for (unsigned fault = FERRY_SIM_I2C_REFUSES; fault <= FERRY_SIM_I2C_HOLDS; fault++)
		for (unsigned long at = 0; at < 2; at++) {
			ferry_sim_i2c_fail(bus, fault, at, 1);
			assert_true(ferry_sim_gpio_output(pin, 0) < 0);
			assert_int_equal(levels(), 0xff);
			assert_int_equal(ferry_sim_gpio_is_output(pin), 0);
			ferry_sim_i2c_fail(bus, fault, 0, 1);
			assert_true(ferry_sim_gpio_get(pin) < 0);
		}
	assert_int_equal(ferry_sim_gpio_output(pin, 0), 0);
	assert_int_equal(levels(), 0xfb);
}

static void probe_ends_whatever_happens(void **state)
{
	for (unsigned fault = FERRY_SIM_I2C_REFUSES; fault <= FERRY_SIM_I2C_HOLDS; fault++)
		for (unsigned long at = 0; at < 3; at++) {
			ferry_sim_i2c_fail(bus, fault, at, 1);
			assert_int_not_equal(ferry_sim_probe(sim), 0);
			assert_false(ferry_sim_is_running(dev));
		}
	ferry_sim_i2c_fail(bus, FERRY_SIM_I2C_WORKS, 0, 0);
	ferry_sim_refuse(dev, FERRY_SIM_GPIO_OFFER, 0, FY_ERR_NO_MEMORY);
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_NO_MEMORY);
	ferry_sim_refuse(dev, FERRY_SIM_GPIO_OFFER, 0, 0);
	assert_int_equal(ferry_sim_probe(sim), 0);
	ferry_sim_remove(dev);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(all_are_inputs_at_first_but_those_of_the_devicetree),
		TEST(pins_go_out_and_in),
		TEST(an_input_has_events),
		TEST(without_an_interrupt_there_are_no_events),
		TEST(a_transfer_that_fails_changes_nothing),
		TEST(probe_ends_whatever_happens),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
