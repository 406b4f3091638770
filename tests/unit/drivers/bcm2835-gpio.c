// SPDX-License-Identifier: GPL-2.0-only
/*
 * drivers/bcm2835-gpio.c gives each pin function, level and pull by its own bits, in the manual's
 * order and with its waits, and undoes everything when it cannot start or goes; on the models
 * bcm2835-gpio and bcm2711-gpio, which follow the manuals.
 */
#include "bcm2835-gpio.h"

#define GPPUD	 0x94u
#define GPPUDCLK 0x98u
#define PUP_PDN	 0xe4u

/* 150 cycles at 19.2 MHz, the slowest that the core may run. */
#define PULL_NS 7813

static unsigned function(unsigned pin)
{
	return ferry_sim_peek(gpio, pin / 10 * 4) >> 3 * (pin % 10) & 7;
}

/* ---- Function and level. ---- */

static void offers_as_many_pins_as_the_chip_has(void **state)
{
	assert_int_equal(pin_count, is_bcm2711 ? 58 : 54);
	assert_string_equal(ferry_sim_last_log(sim), is_bcm2711 ? "58 pins" : "54 pins");
}

static void every_pin_has_its_field_of_the_function_select_registers(void **state)
{
	for (unsigned pin = 0; pin < pin_count; pin++) {
		/* All other pins carry ALT5 (2), which must stay. */
		for (uint32_t offset = 0; offset < 6 * 4; offset += 4)
			ferry_sim_poke(gpio, offset, 02222222222);
		assert_int_equal(ferry_sim_gpio_is_output(pins[pin]), FY_ERR_UNSUPPORTED);
		assert_int_equal(ferry_sim_gpio_output(pins[pin], 1), 0);
		for (unsigned other = 0; other < pin_count; other++)
			assert_int_equal(function(other), other == pin ? 1 : 2);
		assert_int_equal(ferry_sim_gpio_is_output(pins[pin]), 1);
		assert_int_equal(ferry_sim_gpio_input(pins[pin]), 0);
		for (unsigned other = 0; other < pin_count; other++)
			assert_int_equal(function(other), other == pin ? 0 : 2);
		assert_int_equal(ferry_sim_gpio_is_output(pins[pin]), 0);
	}
}

static void a_function_changes_by_way_of_input_and_is_not_written_again(void **state)
{
	ferry_sim_poke(gpio, 0x04, 4u << 21); /* pin 17: ALT0 */
	write_count = 0;
	ferry_sim_gpio_output(pins[17], 1);
	assert_int_equal(write_count, 3);
	assert_int_equal(writes[0].offset, GPSET);
	assert_int_equal(writes[0].value, 1u << 17);
	assert_int_equal(writes[1].offset, 0x04);
	assert_int_equal(writes[1].value, 0);
	assert_int_equal(writes[2].offset, 0x04);
	assert_int_equal(writes[2].value, 1u << 21);
	write_count = 0;
	ferry_sim_gpio_output(pins[17], 0);
	assert_int_equal(write_count, 1);
	assert_int_equal(writes[0].offset, GPCLR);
}

static void an_output_has_its_level_from_its_first_moment_on(void **state)
{
	for (unsigned pin = 0; pin < pin_count; pin++) {
		for (int level = 0; level <= 1; level++) {
			unsigned long rises;

			ferry_sim_gpio_input(pins[pin]);
			poke_pair(level ? GPCLR : GPSET, ~0ULL);
			drive(pin, level);
			poke_pair(GPREN, ~0ULL);
			poke_pair(GPFEN, ~0ULL);
			rises = ferry_sim_irq_rises(gpio);
			ferry_sim_gpio_output(pins[pin], level);
			assert_int_equal(ferry_sim_level(gpio, pin), level);
			/* there was no edge on the way */
			assert_int_equal(ferry_sim_irq_rises(gpio), rises);
			assert_int_equal(peek_pair(GPEDS), 0);
			poke_pair(GPREN, 0);
			poke_pair(GPFEN, 0);
		}
	}
}

static void set_and_get_reach_the_pin_in_its_bank_and_no_other(void **state)
{
	for (unsigned pin = 0; pin < pin_count; pin++)
		ferry_sim_gpio_output(pins[pin], 0);
	for (unsigned pin = 0; pin < pin_count; pin++) {
		write_count = 0;
		ferry_sim_gpio_set(pins[pin], 1);
		assert_int_equal(levels(), 1ULL << pin);
		assert_int_equal(ferry_sim_gpio_get(pins[pin]), 1);
		ferry_sim_gpio_set(pins[pin], 0);
		assert_int_equal(levels(), 0);
		assert_int_equal(ferry_sim_gpio_get(pins[pin]), 0);
		assert_int_equal(write_count, 2);
		assert_int_equal(writes[0].offset, pin < 32 ? 0x1c : 0x20);
		assert_int_equal(writes[1].offset, pin < 32 ? 0x28 : 0x2c);
		assert_int_equal(writes[0].value, 1u << pin % 32);
	}
}

static void get_reads_an_input(void **state)
{
	for (unsigned pin = 0; pin < pin_count; pin++) {
		drive_all(~(1ULL << pin));
		assert_int_equal(ferry_sim_gpio_get(pins[pin]), 0);
		drive_all(1ULL << pin);
		assert_int_equal(ferry_sim_gpio_get(pins[pin]), 1);
	}
}

static void fast_set_is_the_store_that_set_makes(void **state)
{
	for (unsigned pin = 0; pin < pin_count; pin++) {
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

/* ---- Pulls. ---- */

/* By the registers, as the manual has it. */
static void pull_all_up(void)
{
	for (unsigned i = 0; is_bcm2711 && i < 4; i++)
		ferry_sim_poke(gpio, PUP_PDN + 4 * i, 0x55555555);
	for (unsigned bank = 0; !is_bcm2711 && bank < 2; bank++) {
		ferry_sim_poke(gpio, GPPUD, 2);
		ferry_sim_run_for(sim, PULL_NS);
		ferry_sim_poke(gpio, GPPUDCLK + 4 * bank, ~0u);
		ferry_sim_run_for(sim, PULL_NS);
		ferry_sim_poke(gpio, GPPUD, 0);
		ferry_sim_poke(gpio, GPPUDCLK + 4 * bank, 0);
	}
}

/* The levels of pins that nothing drives, where those that nothing pulls either are at LEVEL. */
static uint64_t levels_floating_at(int level)
{
	assert_int_equal(ferry_sim_set_option(gpio, "floats-high", level), 0);
	poke_pair(GPEDS, 0); /* does nothing, but the model looks */
	return levels();
}

static void every_pin_is_pulled_up_down_and_not_at_all(void **state)
{
	for (unsigned pin = 0; pin < pin_count; pin++) {
		for (int bias = FY_GPIO_BIAS_PULL_DOWN; bias >= FY_GPIO_BIAS_NONE; bias--) {
			uint64_t others = all_pins() & ~(1ULL << pin);

			pull_all_up();
			assert_int_equal(ferry_sim_gpio_bias(pins[pin], bias), 0);
			assert_int_equal(levels_floating_at(0),
					 bias == FY_GPIO_BIAS_PULL_UP ? all_pins() : others);
			assert_int_equal(levels_floating_at(1),
					 bias == FY_GPIO_BIAS_PULL_DOWN ? others : all_pins());
		}
	}
	assert_int_equal(ferry_sim_gpio_bias(pins[0], 3), FY_ERR_INVALID);
	assert_int_equal(ferry_sim_gpio_bias(pins[0], -1), FY_ERR_INVALID);
}

static void the_old_sequence_has_the_manuals_order_and_waits(void **state)
{
	static const struct {
		unsigned pin;
		uint32_t clock;
	} cases[] = { { 4, 0x98 }, { 31, 0x98 }, { 32, 0x9c }, { 53, 0x9c } };

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct ferry_sim_access *w = writes;

		write_count = 0;
		ferry_sim_gpio_bias(pins[cases[i].pin], FY_GPIO_BIAS_PULL_UP);
		assert_int_equal(write_count, 4);
		assert_int_equal(w[0].offset, 0x94);
		assert_int_equal(w[0].value, 2);
		assert_int_equal(w[1].offset, cases[i].clock);
		assert_int_equal(w[1].value, 1u << cases[i].pin % 32);
		assert_true(w[1].time - w[0].time >= PULL_NS);
		assert_int_equal(w[2].offset, 0x94);
		assert_int_equal(w[2].value, 0);
		assert_true(w[2].time - w[1].time >= PULL_NS);
		assert_int_equal(w[3].offset, cases[i].clock);
		assert_int_equal(w[3].value, 0);
	}
}

static void the_new_registers_are_written_once_without_a_wait(void **state)
{
	uint64_t start = ferry_sim_now(sim);

	write_count = 0;
	ferry_sim_gpio_bias(pins[57], FY_GPIO_BIAS_PULL_DOWN);
	assert_int_equal(write_count, 1);
	assert_int_equal(writes[0].offset, 0xf0);
	assert_int_equal(writes[0].value, 2u << 18);
	assert_int_equal(ferry_sim_now(sim), start);
}

/* ---- The device. ---- */

static void pins_out_of_range_never_reach_the_driver(void **state)
{
	unsigned long before = ferry_sim_accesses(gpio);
	int error = 0;

	assert_null(ferry_sim_gpio_take(gpio, pin_count, &error));
	assert_int_equal(error, FY_ERR_NOT_FOUND);
	assert_int_equal(ferry_sim_accesses(gpio), before);
}

static void starts_with_triggers_off_whatever_ran_before(void **state)
{
	make_device(false, 1);
	hold_interrupts(); /* or the handler would do it */
	for (uint32_t offset = GPREN; offset <= GPLEN; offset += GPFEN - GPREN)
		poke_pair(offset, 1ULL << 9 | 1ULL << 50);
	drive(9, 1);
	assert_int_equal(peek_pair(GPEDS) >> 9 & 1, 1);
	start_device();
	assert_int_equal(triggers() | peek_pair(GPEDS), 0);
	remove_device(state);
}

static void has_pins_even_without_an_interrupt(void **state)
{
	make_device(true, 0);
	start_device();
	assert_int_equal(pin_count, 58);
	remove_device(state);
}

static void attaches_three_lines_of_four_and_gives_all_back(void **state)
{
	make_device(true, 4);
	start_device();
	assert_true(ferry_sim_irq_attached(gpio, 2));
	assert_false(ferry_sim_irq_attached(gpio, 3));
	remove_device(state);
}

static void undoes_everything_when_it_cannot_start(void **state)
{
	make_device(false, 2);
	ferry_sim_refuse(gpio, FERRY_SIM_GPIO_OFFER, 0, FY_ERR_NO_MEMORY);
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_NO_MEMORY);
	assert_string_equal(ferry_sim_last_log(sim), "cannot offer 54 pins: FY_ERR_NO_MEMORY");
	assert_false(ferry_sim_irq_attached(gpio, 0));
	assert_false(ferry_sim_irq_attached(gpio, 1));
	end_world(sim);

	make_device(false, 2);
	ferry_sim_refuse(gpio, FERRY_SIM_IRQ_ATTACH, 1, FY_ERR_BUSY);
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_BUSY);
	assert_string_equal(ferry_sim_last_log(sim), "cannot have interrupt 1: FY_ERR_BUSY");
	assert_false(ferry_sim_irq_attached(gpio, 0));
	assert_false(has_pins());
	end_world(sim);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(offers_as_many_pins_as_the_chip_has),
		ON_BOTH(every_pin_has_its_field_of_the_function_select_registers),
		ON_BOTH(a_function_changes_by_way_of_input_and_is_not_written_again),
		ON_BOTH(an_output_has_its_level_from_its_first_moment_on),
		ON_BOTH(set_and_get_reach_the_pin_in_its_bank_and_no_other),
		ON_BOTH(get_reads_an_input),
		ON_BOTH(fast_set_is_the_store_that_set_makes),
		ON_BOTH(every_pin_is_pulled_up_down_and_not_at_all),
		cmocka_unit_test_setup_teardown(the_old_sequence_has_the_manuals_order_and_waits,
						probe_bcm2835, remove_device),
		cmocka_unit_test_setup_teardown(the_new_registers_are_written_once_without_a_wait,
						probe_bcm2711, remove_device),
		ON_BOTH(pins_out_of_range_never_reach_the_driver),
		cmocka_unit_test(starts_with_triggers_off_whatever_ran_before),
		cmocka_unit_test(has_pins_even_without_an_interrupt),
		cmocka_unit_test(attaches_three_lines_of_four_and_gives_all_back),
		cmocka_unit_test(undoes_everything_when_it_cannot_start),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
