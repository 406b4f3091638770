// SPDX-License-Identifier: GPL-2.0-only
/*
 * drivers/bcm2835-gpio.c tells each event of a pin to who watches it, once, however the interrupt
 * lines are wired, and nothing that nobody asked for; on the models of its devices.
 */
#include "bcm2835-gpio.h"

/*
 * The lines of the interrupt controller that a pin raises: the manual's two banks and one line for
 * all; Linux's three ranges; one line only. Two are attached.
 */
static const struct wiring {
	const char *option;
	uint64_t heard;
} wirings[] = {
	{ NULL, ~0ULL },
	{ "linux-lines", 0x3fffffffffff },
	{ "one-line", ~0ULL },
};

static void wire(const struct wiring *wiring)
{
	for (size_t i = 1; i < sizeof(wirings) / sizeof(wirings[0]); i++)
		assert_int_equal(
			ferry_sim_set_option(gpio, wirings[i].option, wiring == &wirings[i]), 0);
}

static void edges_are_told_once_each_on_every_pin_however_the_lines_are_wired(void **state)
{
	static const struct {
		unsigned trigger, rises, falls;
	} cases[] = {
		{ FY_GPIO_TRIGGER_RISING, 1, 0 },
		{ FY_GPIO_TRIGGER_FALLING, 0, 1 },
		{ FY_GPIO_TRIGGER_RISING | FY_GPIO_TRIGGER_FALLING, 1, 1 },
		{ FY_GPIO_TRIGGER_NONE, 0, 0 },
	};

	for (size_t wiring = 0; wiring < sizeof(wirings) / sizeof(wirings[0]); wiring++) {
		wire(&wirings[wiring]);
		for (unsigned pin = 0; pin < pin_count; pin++) {
			/*
			 * Two lines are attached: what Linux says raises only the third, the bare
			 * port cannot hear.
			 */
			if (!(wirings[wiring].heard >> pin & 1))
				continue;
			for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
				unsigned before = events[pin];

				assert_int_equal(set_trigger(pin, cases[i].trigger), 0);
				drive(pin, 1);
				assert_int_equal(events[pin], before + cases[i].rises);
				drive(pin, 0);
				assert_true(calls() < 10);
				assert_int_equal(events[pin],
						 before + cases[i].rises + cases[i].falls);
			}
		}
	}
}

static unsigned releases;

/* The user of a level makes it go away at the third time. */
static void release_at_third(unsigned pin)
{
	if (++releases == 3)
		drive(pin, !ferry_sim_level(gpio, pin));
}

static void levels_are_told_while_they_last_and_not_once_more(void **state)
{
	on_event = release_at_third;
	wire(&wirings[2]);
	for (unsigned pin = 0; pin < pin_count; pin++) {
		for (int level = 0; level <= 1; level++) {
			unsigned before = events[pin];

			drive(pin, !level);
			releases = 0;
			set_trigger(pin, level ? FY_GPIO_TRIGGER_HIGH : FY_GPIO_TRIGGER_LOW);
			assert_int_equal(calls(), 0);
			drive(pin, level);
			assert_int_equal(calls(), 3);
			assert_int_equal(events[pin], before + 3);
			set_trigger(pin, FY_GPIO_TRIGGER_NONE);
		}
	}
}

/* An edge comes while its user is being told of the one before. */
static void edge_meanwhile(unsigned pin)
{
	if (events[pin] == 1) {
		drive(pin, 0);
		drive(pin, 1);
	}
}

static void an_edge_that_comes_while_its_user_is_told_is_not_lost(void **state)
{
	on_event = edge_meanwhile;
	set_trigger(40, FY_GPIO_TRIGGER_HIGH);
	set_trigger(40, FY_GPIO_TRIGGER_RISING);
	drive(40, 1);
	assert_int_equal(calls(), 2);
	assert_int_equal(events[40], 2);
}

/* The user of a level waits for an edge from now on, and it comes at once. */
static void edge_instead(unsigned pin)
{
	if (events[pin] > 1)
		return;
	drive(pin, 0);
	set_trigger(pin, FY_GPIO_TRIGGER_RISING);
	drive(pin, 1);
}

static void the_user_may_wait_for_an_edge_instead_while_it_is_told(void **state)
{
	on_event = edge_instead;
	set_trigger(40, FY_GPIO_TRIGGER_HIGH);
	drive(40, 1);
	assert_int_equal(calls(), 2);
	assert_int_equal(events[40], 2);
}

static void stop_level(unsigned pin)
{
	set_trigger(pin, FY_GPIO_TRIGGER_NONE);
}

static void the_user_may_end_a_trigger_while_it_is_told(void **state)
{
	on_event = stop_level;
	wire(&wirings[2]);
	drive(3, 1);
	set_trigger(3, FY_GPIO_TRIGGER_HIGH);
	assert_int_equal(calls(), 1);
	assert_int_equal(events[3], 1);
}

static void many_pins_of_both_banks_at_once_are_told_each(void **state)
{
	wire(&wirings[2]);
	for (unsigned pin = 0; pin < pin_count; pin++)
		set_trigger(pin, FY_GPIO_TRIGGER_RISING);
	hold_interrupts();
	drive_all(all_pins());
	run_interrupts();
	assert_int_equal(calls(), 1);
	for (unsigned pin = 0; pin < PINS_MAX; pin++)
		assert_int_equal(events[pin], pin < pin_count);
}

static void what_happened_before_the_trigger_is_not_told(void **state)
{
	wire(&wirings[2]);
	hold_interrupts();
	set_trigger(5, FY_GPIO_TRIGGER_RISING);
	drive(5, 1);
	set_trigger(5, FY_GPIO_TRIGGER_FALLING);
	run_interrupts();
	assert_int_equal(calls(), 0);
	assert_int_equal(events[5], 0);
}

static void an_interrupt_for_nothing_tells_nobody(void **state)
{
	uint64_t both = 1ULL << 7 | 1ULL << 45;

	watch_all();
	wire(&wirings[2]);
	write_count = 0;
	ferry_sim_spurious_irq(gpio, 0);
	ferry_sim_spurious_irq(gpio, 1);
	assert_int_equal(calls(), 2);
	assert_int_equal(write_count, 0);
	/* Nor does a status that nobody asked for; and it is cleared, or it would come for ever. */
	hold_interrupts();
	poke_pair(GPREN, both);
	drive_all(both);
	poke_pair(GPREN, 0);
	assert_int_equal(peek_pair(GPEDS), both);
	run_interrupts();
	assert_int_equal(calls(), 1);
	assert_int_equal(peek_pair(GPEDS), 0);
	for (unsigned pin = 0; pin < PINS_MAX; pin++)
		assert_int_equal(events[pin], 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(edges_are_told_once_each_on_every_pin_however_the_lines_are_wired),
		ON_BOTH(levels_are_told_while_they_last_and_not_once_more),
		ON_BOTH(an_edge_that_comes_while_its_user_is_told_is_not_lost),
		ON_BOTH(the_user_may_wait_for_an_edge_instead_while_it_is_told),
		ON_BOTH(the_user_may_end_a_trigger_while_it_is_told),
		ON_BOTH(many_pins_of_both_banks_at_once_are_told_each),
		ON_BOTH(what_happened_before_the_trigger_is_not_told),
		ON_BOTH(an_interrupt_for_nothing_tells_nobody),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
