// SPDX-License-Identifier: GPL-2.0-only
/*
 * tests/drivers/pin-watch.c, and so the watching of a pin in the user port: a driver is told of
 * what it asked for, once each, and what cannot be asked for is refused.
 */
#include "../user/test.h"

#include "../../drivers/pin-watch.c"

#define PIN 3

static struct ferry_sim *sim;
static struct ferry_sim_device *pins, *device;

static int setup(void **state)
{
	sim = ferry_sim_new();
	pins = ferry_sim_add_pins(sim, "pins", 8);
	device = ferry_sim_add(sim, &fy_driver_pin_watch, "watch", NULL);
	ferry_sim_set_pin(device, "watched", "pins", PIN, false);
	return 0;
}

static int teardown(void **state)
{
	end_world(sim);
	return 0;
}

static int probe(uint32_t trigger)
{
	ferry_sim_set_property(device, "trigger", trigger);
	assert_int_equal(ferry_sim_drive(pins, PIN, 0), 0);
	return ferry_sim_probe(sim);
}

static unsigned events_after(int level)
{
	const struct pin_watch *w = ferry_sim_state(device);

	assert_int_equal(ferry_sim_drive(pins, PIN, level), 0);
	return w->events;
}

static void tells_the_edges_that_are_asked_for(void **state)
{
	static const struct {
		uint32_t trigger;
		unsigned rising, falling;
	} cases[] = {
		{ FY_GPIO_TRIGGER_RISING, 1, 0 },
		{ FY_GPIO_TRIGGER_FALLING, 0, 1 },
		{ FY_GPIO_TRIGGER_RISING | FY_GPIO_TRIGGER_FALLING, 1, 1 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(probe(cases[i].trigger), 0);
		assert_int_equal(events_after(0), 0);
		assert_int_equal(events_after(1), cases[i].rising);
		assert_int_equal(events_after(1), cases[i].rising);
		assert_int_equal(events_after(0), cases[i].rising + cases[i].falling);
		ferry_sim_remove(device);
	}
}

static void a_pin_is_watched_once_for_what_there_is(void **state)
{
	struct pin_watch *w;

	assert_int_equal(probe(0), FY_ERR_INVALID);
	assert_int_equal(probe(FY_GPIO_TRIGGER_ALL + 1), FY_ERR_INVALID);
	assert_int_equal(probe(FY_GPIO_TRIGGER_RISING), 0);
	assert_string_equal(ferry_sim_last_log(sim), "watch 0, again: -3");
	w = ferry_sim_state(device);
	fy_gpio_unwatch(&w->pin);
	assert_int_equal(events_after(1), 0);
	assert_int_equal(ferry_sim_set_option(pins, "edges-only", true), 0);
	assert_int_equal(fy_gpio_watch(&w->pin, FY_GPIO_TRIGGER_HIGH, handle_event, w),
			 FY_ERR_UNSUPPORTED);
	fy_gpio_release(&w->pin);
	assert_int_equal(fy_gpio_request(w->dev, "watched", FY_GPIO_OUT_LOW, &w->pin), 0);
	assert_int_equal(fy_gpio_watch(&w->pin, FY_GPIO_TRIGGER_RISING, handle_event, w),
			 FY_ERR_INVALID);
}

static void an_active_low_pin_has_its_triggers_inverted(void **state)
{
	for (unsigned trigger = 0; trigger <= FY_GPIO_TRIGGER_ALL; trigger++)
		assert_int_equal(fy_gpio_trigger_invert(fy_gpio_trigger_invert(trigger)), trigger);
	assert_int_equal(fy_gpio_trigger_invert(FY_GPIO_TRIGGER_RISING | FY_GPIO_TRIGGER_LOW),
			 FY_GPIO_TRIGGER_FALLING | FY_GPIO_TRIGGER_HIGH);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(tells_the_edges_that_are_asked_for),
		TEST(a_pin_is_watched_once_for_what_there_is),
		TEST(an_active_low_pin_has_its_triggers_inverted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
