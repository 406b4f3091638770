// SPDX-License-Identifier: GPL-2.0-only
/*
 * drivers/pl061.c gives each pin direction, level and trigger by its own bits, and tells each event
 * once; on the model pl061, as the manual has it, with what that leaves open, and as QEMU's device
 * is.
 */
#include "gpio.h"

#define DATA  0x3fcu /* GPIODATA, all pins */
#define DIR   0x400u
#define IE    0x410u
#define RIS   0x414u
#define AFSEL 0x420u

static void make_device(unsigned irqs)
{
	make_world(&fy_driver_pl061, "pl061", irqs);
}

static int probe(void **state)
{
	make_device(1);
	assert_int_equal(ferry_sim_set_option(gpio, "noisy", true), 0);
	return start_device();
}

/* As QEMU's is. */
static int probe_other(void **state)
{
	make_device(1);
	assert_int_equal(ferry_sim_set_option(gpio, "ignores-level", true), 0);
	assert_int_equal(ferry_sim_set_option(gpio, "keeps-levels", true), 0);
	return start_device();
}

static int remove_device(void **state)
{
	stop_device();
	assert_int_equal(ferry_sim_peek(gpio, IE), 0);
	end_world(sim);
	return 0;
}

/* What pins will be at as outputs, whether inputs take that or not. */
static void set_latch(uint8_t value)
{
	uint32_t dir = ferry_sim_peek(gpio, DIR);

	ferry_sim_poke(gpio, DIR, 0xff);
	ferry_sim_poke(gpio, DATA, value);
	ferry_sim_poke(gpio, DIR, dir);
}

/* ---- Direction and level. ---- */

static void each_pin_has_its_direction_and_the_others_keep_theirs(void **state)
{
	assert_int_equal(pin_count, 8);
	for (unsigned pin = 0; pin < 8; pin++) {
		uint8_t bit = (uint8_t)(1u << pin);

		ferry_sim_poke(gpio, DIR, (uint8_t)~bit & 0xaa);
		ferry_sim_poke(gpio, AFSEL, 0xff);
		assert_int_equal(ferry_sim_gpio_is_output(pins[pin]), FY_ERR_UNSUPPORTED);
		assert_int_equal(ferry_sim_gpio_output(pins[pin], 0), 0);
		assert_int_equal(ferry_sim_peek(gpio, DIR), (~bit & 0xaa) | bit);
		assert_int_equal(ferry_sim_peek(gpio, AFSEL), (uint8_t)~bit);
		assert_int_equal(ferry_sim_gpio_is_output(pins[pin]), 1);
		ferry_sim_poke(gpio, AFSEL, 0xff);
		assert_int_equal(ferry_sim_gpio_input(pins[pin]), 0);
		assert_int_equal(ferry_sim_peek(gpio, DIR), ~bit & 0xaa);
		assert_int_equal(ferry_sim_peek(gpio, AFSEL), (uint8_t)~bit);
		assert_int_equal(ferry_sim_gpio_is_output(pins[pin]), 0);
	}
}

static void set_and_get_reach_one_pin_through_the_mask_in_the_address(void **state)
{
	for (unsigned pin = 0; pin < 8; pin++)
		ferry_sim_gpio_output(pins[pin], 0);
	for (unsigned pin = 0; pin < 8; pin++) {
		write_count = 0;
		ferry_sim_gpio_set(pins[pin], 1);
		assert_int_equal(levels(), 1u << pin);
		assert_int_equal(ferry_sim_gpio_get(pins[pin]), 1);
		ferry_sim_gpio_set(pins[pin], 0);
		assert_int_equal(levels(), 0);
		assert_int_equal(ferry_sim_gpio_get(pins[pin]), 0);
		assert_int_equal(write_count, 2);
		assert_int_equal(writes[0].offset, 4u << pin);
		assert_int_equal(writes[1].offset, 4u << pin);
		ferry_sim_poke(gpio, DATA, (uint8_t) ~(1u << pin));
		ferry_sim_gpio_set(pins[pin], 1);
		assert_int_equal(ferry_sim_peek(gpio, DATA), 0xff);
		ferry_sim_poke(gpio, DATA, 0);
	}
}

static void get_reads_an_input(void **state)
{
	for (unsigned pin = 0; pin < 8; pin++) {
		drive_all((uint8_t) ~(1u << pin));
		assert_int_equal(ferry_sim_gpio_get(pins[pin]), 0);
		drive_all(1u << pin);
		assert_int_equal(ferry_sim_gpio_get(pins[pin]), 1);
	}
}

static void fast_set_is_the_store_that_set_makes(void **state)
{
	for (unsigned pin = 0; pin < 8; pin++) {
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

static void an_output_has_its_level_even_if_an_input_does_not_take_it(void **state)
{
	for (unsigned pin = 0; pin < 8; pin++) {
		for (int level = 0; level <= 1; level++) {
			ferry_sim_gpio_input(pins[pin]);
			set_latch(level ? 0 : 0xff);
			write_count = 0;
			ferry_sim_gpio_output(pins[pin], level);
			assert_int_equal(ferry_sim_level(gpio, pin), level);
			/*
			 * Before the direction changes, for a device that takes it; right after,
			 * for one that does not.
			 */
			assert_int_equal(writes[0].offset, 4u << pin);
			assert_int_equal(writes[1].offset, DIR);
			assert_int_equal(writes[2].offset, 4u << pin);
		}
	}
}

static void cannot_pull_its_pins(void **state)
{
	write_count = 0;
	assert_int_equal(ferry_sim_gpio_bias(pins[0], FY_GPIO_BIAS_NONE), FY_ERR_UNSUPPORTED);
	assert_int_equal(write_count, 0);
}

/* ---- Interrupts. ---- */

static void edges_are_told_once_each_on_every_pin(void **state)
{
	static const struct {
		unsigned trigger, rises, falls;
	} cases[] = {
		{ FY_GPIO_TRIGGER_RISING, 1, 0 },
		{ FY_GPIO_TRIGGER_FALLING, 0, 1 },
		{ FY_GPIO_TRIGGER_RISING | FY_GPIO_TRIGGER_FALLING, 1, 1 },
		{ FY_GPIO_TRIGGER_NONE, 0, 0 },
	};

	for (unsigned pin = 0; pin < 8; pin++) {
		for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
			unsigned before = events[pin];

			assert_int_equal(set_trigger(pin, cases[i].trigger), 0);
			drive(pin, 1);
			assert_int_equal(calls(), cases[i].rises);
			assert_int_equal(events[pin], before + cases[i].rises);
			drive(pin, 0);
			assert_int_equal(calls(), cases[i].falls);
			assert_int_equal(events[pin], before + cases[i].rises + cases[i].falls);
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
	for (unsigned pin = 0; pin < 8; pin++) {
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

static void refuses_triggers_that_the_device_cannot_do_and_leaves_the_old_one(void **state)
{
	static const unsigned can[] = { 0, 1, 2, 3, 4, 8 };
	unsigned next = 0;

	hold_interrupts(); /* of a low level, which it has */
	for (unsigned trigger = 0; trigger < 32; trigger++) {
		bool possible = next < sizeof(can) / sizeof(can[0]) && can[next] == trigger;

		set_trigger(2, FY_GPIO_TRIGGER_RISING);
		assert_int_equal(set_trigger(2, trigger), possible ? 0 : FY_ERR_UNSUPPORTED);
		if (possible)
			next++;
		else
			assert_int_equal(ferry_sim_peek(gpio, IE), 1u << 2);
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
	set_trigger(6, FY_GPIO_TRIGGER_HIGH);
	set_trigger(6, FY_GPIO_TRIGGER_RISING);
	drive(6, 1);
	assert_int_equal(calls(), 2);
	assert_int_equal(events[6], 2);
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
	set_trigger(6, FY_GPIO_TRIGGER_HIGH);
	drive(6, 1);
	assert_int_equal(calls(), 2);
	assert_int_equal(events[6], 2);
}

static void stop_level(unsigned pin)
{
	set_trigger(pin, FY_GPIO_TRIGGER_NONE);
}

static void the_user_may_end_a_trigger_while_it_is_told(void **state)
{
	on_event = stop_level;
	drive(3, 1);
	set_trigger(3, FY_GPIO_TRIGGER_HIGH);
	assert_int_equal(calls(), 1);
	assert_int_equal(events[3], 1);
}

static void all_pins_at_once_are_told_each(void **state)
{
	for (unsigned pin = 0; pin < 8; pin++)
		set_trigger(pin, pin % 2 ? FY_GPIO_TRIGGER_RISING : FY_GPIO_TRIGGER_FALLING);
	hold_interrupts();
	drive_all(0xff);
	run_interrupts();
	assert_int_equal(calls(), 1);
	drive_all(0);
	run_interrupts();
	assert_int_equal(calls(), 1);
	for (unsigned pin = 0; pin < PINS_MAX; pin++)
		assert_int_equal(events[pin], pin < 8);
}

static void what_happened_before_the_trigger_is_not_told(void **state)
{
	hold_interrupts();
	set_trigger(5, FY_GPIO_TRIGGER_RISING);
	drive(5, 1);
	set_trigger(5, FY_GPIO_TRIGGER_FALLING);
	run_interrupts();
	assert_int_equal(calls(), 0);
	assert_int_equal(events[5], 0);
}

static void setting_up_a_trigger_raises_no_interrupt(void **state)
{
	static const unsigned possible[] = { 1, 2, 3, 8, 1, 3, 8, 2, 0 };

	drive(4, 1);
	for (size_t i = 0; i < sizeof(possible) / sizeof(possible[0]); i++)
		set_trigger(4, possible[i]);
	assert_int_equal(ferry_sim_irq_rises(gpio), 0);
}

static void an_interrupt_for_nothing_tells_nobody(void **state)
{
	watch_all();
	drive_all(0xff);
	drive_all(0);
	assert_int_equal(ferry_sim_peek(gpio, RIS), 0xff); /* raised, but masked */
	ferry_sim_spurious_irq(gpio, 0);
	assert_int_equal(calls(), 1);
	for (unsigned pin = 0; pin < PINS_MAX; pin++)
		assert_int_equal(events[pin], 0);
}

static void pins_out_of_range_never_reach_the_driver(void **state)
{
	unsigned long before = ferry_sim_accesses(gpio);
	int error = 0;

	assert_null(ferry_sim_gpio_take(gpio, 8, &error));
	assert_int_equal(error, FY_ERR_NOT_FOUND);
	assert_int_equal(ferry_sim_accesses(gpio), before);
}

/* ---- The device. ---- */

static void starts_with_interrupts_off_whatever_ran_before(void **state)
{
	make_device(1);
	hold_interrupts();
	for (unsigned pin = 0; pin < 8; pin += 2) {
		drive(pin, 1);
		drive(pin, 0);
	}
	ferry_sim_poke(gpio, IE, 0xff);
	assert_int_equal(ferry_sim_peek(gpio, RIS), 0x55);
	start_device();
	assert_int_equal(ferry_sim_peek(gpio, IE), 0);
	assert_int_equal(ferry_sim_peek(gpio, RIS), 0);
	remove_device(state);
}

static void has_pins_even_without_an_interrupt(void **state)
{
	make_device(0);
	start_device();
	assert_int_equal(pin_count, 8);
	ferry_sim_remove(gpio);
	assert_false(has_pins());
	end_world(sim);
}

static void refuses_another_device_without_touching_it(void **state)
{
	make_device(1);
	ferry_sim_inject(
		gpio, &(struct ferry_sim_fault){ .offset = 0xfe0, .replace = true, .value = 0x11 });
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_NOT_FOUND);
	assert_string_equal(ferry_sim_last_log(sim),
			    "there is a PrimeCell 011 at its address, not 061");
	assert_int_equal(write_count, 0);
	assert_false(ferry_sim_irq_attached(gpio, 0));
	end_world(sim);
}

static void undoes_everything_when_it_cannot_start(void **state)
{
	make_device(1);
	ferry_sim_refuse(gpio, FERRY_SIM_GPIO_OFFER, 0, FY_ERR_NO_MEMORY);
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_NO_MEMORY);
	assert_string_equal(ferry_sim_last_log(sim), "cannot offer 8 pins: FY_ERR_NO_MEMORY");
	assert_false(ferry_sim_irq_attached(gpio, 0));
	end_world(sim);

	make_device(1);
	ferry_sim_refuse(gpio, FERRY_SIM_IRQ_ATTACH, 0, FY_ERR_BUSY);
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_BUSY);
	assert_string_equal(ferry_sim_last_log(sim), "cannot have its interrupt: FY_ERR_BUSY");
	assert_false(has_pins());
	end_world(sim);
}

#define ON_BOTH(f)                                                     \
	{ #f " (by the manual)", f, probe, remove_device, NULL },      \
	{                                                              \
#f " (as QEMU's)", f, probe_other, remove_device, NULL \
	}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(each_pin_has_its_direction_and_the_others_keep_theirs),
		ON_BOTH(set_and_get_reach_one_pin_through_the_mask_in_the_address),
		ON_BOTH(get_reads_an_input),
		ON_BOTH(fast_set_is_the_store_that_set_makes),
		ON_BOTH(an_output_has_its_level_even_if_an_input_does_not_take_it),
		ON_BOTH(cannot_pull_its_pins),
		ON_BOTH(edges_are_told_once_each_on_every_pin),
		ON_BOTH(levels_are_told_while_they_last_and_not_once_more),
		ON_BOTH(refuses_triggers_that_the_device_cannot_do_and_leaves_the_old_one),
		ON_BOTH(an_edge_that_comes_while_its_user_is_told_is_not_lost),
		ON_BOTH(the_user_may_wait_for_an_edge_instead_while_it_is_told),
		ON_BOTH(the_user_may_end_a_trigger_while_it_is_told),
		ON_BOTH(all_pins_at_once_are_told_each),
		ON_BOTH(what_happened_before_the_trigger_is_not_told),
		ON_BOTH(setting_up_a_trigger_raises_no_interrupt),
		ON_BOTH(an_interrupt_for_nothing_tells_nobody),
		ON_BOTH(pins_out_of_range_never_reach_the_driver),
		cmocka_unit_test(starts_with_interrupts_off_whatever_ran_before),
		cmocka_unit_test(has_pins_even_without_an_interrupt),
		cmocka_unit_test(refuses_another_device_without_touching_it),
		cmocka_unit_test(undoes_everything_when_it_cannot_start),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
