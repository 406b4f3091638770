// SPDX-License-Identifier: GPL-2.0-only
/*
 * 74hc595 offers outputs that are what was asked for when the call returns, or an error that leaves
 * the others as they were; and other drivers' pins may be among them.
 */
#include "../user/test.h"

#include <ferry-sim/spi.h>
#include <ferry/gpio.h>

#include "models/spi-models.h"
#include "sim/sim.h"

extern const struct fy_driver fy_driver_74hc595;

static struct ferry_sim *sim;
static struct ferry_sim_device *bus, *dev;

static struct hc595_model *model(void)
{
	return (struct hc595_model *)dev->model;
}

static int setup(void **state)
{
	sim = ferry_sim_new();
	bus = ferry_sim_add_spi(sim, "spi");
	dev = ferry_sim_add(sim, &fy_driver_74hc595, "outputs", "74hc595");
	assert_non_null(dev);
	ferry_sim_set_property(dev, "registers-number", 2);
	ferry_sim_set_property(dev, "lines-initial-states", 0x8001);
	assert_int_equal(ferry_sim_set_bus(dev, "spi", 0), 0);
	assert_int_equal(ferry_sim_probe(sim), 0);
	return 0;
}

static int teardown(void **state)
{
	end_world(sim);
	return 0;
}

static void outputs_begin_as_the_devicetree_says(void **state)
{
	assert_int_equal(dev->model->levels, 0x8001);
	assert_int_equal(model()->stores, 1);
	assert_string_equal(ferry_sim_last_log(sim), "16 pins");
}

static void each_pin_is_an_output_of_its_own(void **state)
{
	for (unsigned pin = 0; pin < 16; pin++) {
		struct ferry_sim_gpio *gpio = ferry_sim_gpio_take(dev, pin, NULL);
		uint64_t before = dev->model->levels, bit = 1ull << pin;

		assert_non_null(gpio);
		assert_int_equal(ferry_sim_gpio_is_output(gpio), 1);
		assert_int_equal(ferry_sim_gpio_output(gpio, 1), 0);
		assert_int_equal(dev->model->levels, before | bit);
		assert_int_equal(ferry_sim_gpio_get(gpio), 1);
		assert_int_equal(ferry_sim_gpio_output(gpio, 0), 0);
		assert_int_equal(dev->model->levels, before & ~bit);
		assert_int_equal(ferry_sim_gpio_get(gpio), 0);
		assert_int_equal(ferry_sim_gpio_output(gpio, (before & bit) != 0), 0);
		assert_int_equal(ferry_sim_gpio_input(gpio), FY_ERR_UNSUPPORTED);
		ferry_sim_gpio_release(gpio);
	}
	assert_null(ferry_sim_gpio_take(dev, 16, NULL));
}

static void a_level_that_is_there_is_not_written(void **state)
{
	struct ferry_sim_gpio *gpio = ferry_sim_gpio_take(dev, 15, NULL);

	assert_int_equal(ferry_sim_gpio_output(gpio, 1), 0);
	assert_int_equal(model()->stores, 1);
	ferry_sim_gpio_release(gpio);
}

/* Whichever byte goes wrong, the outputs and what the driver knows of them are the same. */
static void a_transfer_that_fails_is_told(void **state)
{
	struct ferry_sim_gpio *gpio = ferry_sim_gpio_take(dev, 4, NULL);

	for (unsigned byte = 0; byte < 2; byte++) {
		ferry_sim_spi_fail(bus, byte, FY_ERR_IO);
		assert_int_equal(ferry_sim_gpio_output(gpio, 1), FY_ERR_IO);
		assert_int_equal(ferry_sim_gpio_get(gpio), 0);
		assert_int_equal(ferry_sim_gpio_output(gpio, 1), 0);
		assert_int_equal(dev->model->levels, 0x8011);
		assert_int_equal(ferry_sim_gpio_output(gpio, 0), 0);
		assert_int_equal(dev->model->levels, 0x8001);
	}
	ferry_sim_gpio_release(gpio);
}

/* ---- A driver that uses three of its pins ---- */

struct user {
	struct fy_gpio pins[3];
};

static int user_probe_pins(struct fy_device *fy)
{
	struct user *u = fy_state(fy);
	int rc = 0;

	for (unsigned i = 0; i < 3 && !rc; i++)
		rc = fy_gpio_request_at(fy, "lamp", i, FY_GPIO_OUT_LOW | FY_GPIO_MAY_SLEEP,
					&u->pins[i]);
	if (!rc)
		rc = fy_gpio_set_several(u->pins, 3, 5);
	return rc;
}

static void user_release(struct fy_device *fy)
{
	struct user *u = fy_state(fy);

	for (unsigned i = 0; i < 3; i++)
		fy_gpio_release(&u->pins[i]);
}

static const struct fy_driver user_driver = { .name = "lamps",
					      .state_size = sizeof(struct user),
					      .probe = user_probe_pins,
					      .remove = user_release };

static void other_drivers_use_its_pins(void **state)
{
	struct ferry_sim_device *user = ferry_sim_add(sim, &user_driver, "lamps", NULL);
	unsigned long before;

	ferry_sim_set_pin(user, "lamp", "outputs", 1, false);
	ferry_sim_set_pin(user, "lamp", "outputs", 9, false);
	ferry_sim_set_pin(user, "lamp", "outputs", 15, true);
	before = model()->stores;
	assert_int_equal(ferry_sim_probe(sim), 0);
	/* Pin 15 is active low, and low when it is active. */
	assert_int_equal(dev->model->levels, 0x0003);
	assert_int_equal(model()->stores - before, 1);
}

static void what_cannot_be_is_refused(void **state)
{
	static const uint32_t bad[] = { 0, 9 };

	ferry_sim_remove(dev);
	for (unsigned i = 0; i < 2; i++) {
		ferry_sim_set_property(dev, "registers-number", bad[i]);
		assert_int_equal(ferry_sim_probe(sim), FY_ERR_INVALID);
	}
	ferry_sim_set_property(dev, "registers-number", 2);
	ferry_sim_refuse(dev, FERRY_SIM_GPIO_OFFER, 0, FY_ERR_NO_MEMORY);
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_NO_MEMORY);
	ferry_sim_refuse(dev, FERRY_SIM_GPIO_OFFER, 0, 0);
	ferry_sim_spi_fail(bus, 1, FY_ERR_TIMEOUT);
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_TIMEOUT);
	assert_int_equal(ferry_sim_probe(sim), 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(outputs_begin_as_the_devicetree_says), TEST(each_pin_is_an_output_of_its_own),
		TEST(a_level_that_is_there_is_not_written), TEST(a_transfer_that_fails_is_told),
		TEST(other_drivers_use_its_pins),	    TEST(what_cannot_be_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
