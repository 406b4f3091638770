// SPDX-License-Identifier: GPL-2.0-only
/*
 * ferry-sim's pins without a device (ports/user/sim/sim-controller.c) have the levels that somebody
 * gives them, tell of what they are asked to, once each, and are refused past their number.
 */
#include "test.h"

#include <ferry/gpio-controller.h>

#define COUNT 40
#define PIN   37

static struct ferry_sim *sim;
static struct ferry_sim_device *pins;
static struct ferry_sim_gpio *pin;
static unsigned events;

static int setup(void **state)
{
	sim = ferry_sim_new();
	pins = ferry_sim_add_pins(sim, "pins", COUNT);
	assert_non_null(pins);
	assert_int_equal(ferry_sim_probe(sim), 0);
	pin = ferry_sim_gpio_take(pins, PIN, NULL);
	assert_non_null(pin);
	events = 0;
	return 0;
}

static int teardown(void **state)
{
	end_world(sim);
	return 0;
}

static void there_are_as_many_as_were_asked_for(void **state)
{
	int error = 0;

	assert_null(ferry_sim_gpio_take(pins, COUNT, &error));
	assert_int_equal(error, FY_ERR_NOT_FOUND);
	assert_int_equal(ferry_sim_level(pins, COUNT), FY_ERR_NOT_FOUND);
	assert_int_equal(ferry_sim_drive(pins, COUNT, 1), FY_ERR_NOT_FOUND);
	assert_null(ferry_sim_add_pins(sim, "pins", COUNT));
	assert_null(ferry_sim_add_pins(sim, "none", 0));
	assert_null(ferry_sim_add_pins(sim, "more", 65));
	assert_non_null(ferry_sim_add_pins(sim, "most", 64));
}

static void an_output_has_its_level_and_an_input_that_from_outside(void **state)
{
	assert_int_equal(ferry_sim_gpio_is_output(pin), 0);
	assert_int_equal(ferry_sim_level(pins, PIN), 0);
	assert_int_equal(ferry_sim_gpio_output(pin, 1), 0);
	assert_int_equal(ferry_sim_gpio_is_output(pin), 1);
	assert_int_equal(ferry_sim_level(pins, PIN), 1);
	assert_int_equal(ferry_sim_gpio_get(pin), 1);
	ferry_sim_gpio_set(pin, 0);
	assert_int_equal(ferry_sim_level(pins, PIN), 0);
	assert_int_equal(ferry_sim_drive(pins, PIN, 1), 0);
	assert_int_equal(ferry_sim_level(pins, PIN), 0);
	assert_int_equal(ferry_sim_gpio_input(pin), 0);
	assert_int_equal(ferry_sim_gpio_get(pin), 1);
	assert_int_equal(ferry_sim_drive(pins, PIN, FERRY_SIM_OPEN), 0);
	assert_int_equal(ferry_sim_gpio_get(pin), 0);
	for (unsigned other = 0; other < COUNT; other++)
		assert_int_equal(ferry_sim_level(pins, other), 0);
}

static void a_pull_holds_what_nobody_drives(void **state)
{
	assert_int_equal(ferry_sim_gpio_bias(pin, FY_GPIO_BIAS_PULL_UP), 0);
	assert_int_equal(ferry_sim_gpio_get(pin), 1);
	ferry_sim_drive(pins, PIN, 0);
	assert_int_equal(ferry_sim_gpio_get(pin), 0);
	ferry_sim_drive(pins, PIN, FERRY_SIM_OPEN);
	assert_int_equal(ferry_sim_gpio_get(pin), 1);
	assert_int_equal(ferry_sim_gpio_bias(pin, FY_GPIO_BIAS_PULL_DOWN), 0);
	assert_int_equal(ferry_sim_gpio_get(pin), 0);
}

static void count_event(void *arg)
{
	events++;
}

static void edges_are_told_once_each(void **state)
{
	static const struct {
		unsigned trigger, rises, falls;
	} cases[] = {
		{ FY_GPIO_TRIGGER_RISING, 1, 0 },
		{ FY_GPIO_TRIGGER_FALLING, 0, 1 },
		{ FY_GPIO_TRIGGER_RISING | FY_GPIO_TRIGGER_FALLING, 1, 1 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		events = 0;
		assert_int_equal(ferry_sim_gpio_watch(pin, cases[i].trigger, count_event, NULL), 0);
		ferry_sim_drive(pins, PIN - 1, 1);
		assert_int_equal(events, 0);
		ferry_sim_drive(pins, PIN, 1);
		assert_int_equal(events, cases[i].rises);
		ferry_sim_drive(pins, PIN, 1);
		assert_int_equal(events, cases[i].rises);
		ferry_sim_drive(pins, PIN, 0);
		assert_int_equal(events, cases[i].rises + cases[i].falls);
		ferry_sim_drive(pins, PIN - 1, 0);
		assert_int_equal(ferry_sim_gpio_watch(pin, 0, NULL, NULL), 0);
		ferry_sim_drive(pins, PIN, 1);
		ferry_sim_drive(pins, PIN, 0);
		assert_int_equal(events, cases[i].rises + cases[i].falls);
	}
}

/* The user of a level makes it go away at the third time. */
static void release_at_third(void *arg)
{
	if (++events == 3)
		ferry_sim_drive(pins, PIN, !ferry_sim_level(pins, PIN));
}

static void levels_are_told_while_they_last(void **state)
{
	for (int level = 0; level <= 1; level++) {
		events = 0;
		ferry_sim_drive(pins, PIN, !level);
		assert_int_equal(ferry_sim_gpio_watch(
					 pin, level ? FY_GPIO_TRIGGER_HIGH : FY_GPIO_TRIGGER_LOW,
					 release_at_third, NULL),
				 0);
		assert_int_equal(events, 0);
		ferry_sim_drive(pins, PIN, level);
		assert_int_equal(events, 3);
		assert_int_equal(ferry_sim_gpio_watch(pin, 0, NULL, NULL), 0);
	}
}

static void one_that_can_tell_edges_only_refuses_levels(void **state)
{
	assert_int_equal(ferry_sim_set_option(pins, "edges-only", true), 0);
	assert_int_equal(ferry_sim_gpio_watch(pin, FY_GPIO_TRIGGER_HIGH, count_event, NULL),
			 FY_ERR_UNSUPPORTED);
	assert_int_equal(ferry_sim_gpio_watch(pin, FY_GPIO_TRIGGER_RISING, count_event, NULL), 0);
	assert_int_equal(ferry_sim_set_option(pins, "no-such-option", true), FY_ERR_NOT_FOUND);
}

static void there_are_no_registers(void **state)
{
	assert_int_equal(ferry_sim_peek(pins, 0), UINT32_MAX);
	ferry_sim_poke(pins, 0, 1);
	assert_int_equal(ferry_sim_accesses(pins), 0);
}

static void what_it_asks_for_can_be_refused_and_it_gives_all_back(void **state)
{
	static const enum ferry_sim_call calls[] = { FERRY_SIM_IRQ_ATTACH, FERRY_SIM_GPIO_OFFER };

	ferry_sim_gpio_release(pin);
	ferry_sim_remove(pins);
	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		ferry_sim_refuse(pins, calls[i], 0, FY_ERR_NO_MEMORY);
		assert_int_equal(ferry_sim_probe(sim), FY_ERR_NO_MEMORY);
		assert_false(ferry_sim_irq_attached(pins, 0));
		ferry_sim_refuse(pins, calls[i], 0, 0);
	}
	assert_int_equal(ferry_sim_probe(sim), 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(there_are_as_many_as_were_asked_for),
		TEST(an_output_has_its_level_and_an_input_that_from_outside),
		TEST(a_pull_holds_what_nobody_drives),
		TEST(edges_are_told_once_each),
		TEST(levels_are_told_while_they_last),
		TEST(one_that_can_tell_edges_only_refuses_levels),
		TEST(there_are_no_registers),
		TEST(what_it_asks_for_can_be_refused_and_it_gives_all_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
