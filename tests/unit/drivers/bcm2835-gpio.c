// SPDX-License-Identifier: GPL-2.0-only
/* Tests of drivers/bcm2835-gpio.c on the test port, against a model made after the manuals (tests/port/model-bcm2835-gpio.h). */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../../drivers/bcm2835-gpio.c"
#include "test-port.h"
#include "model-bcm2835-gpio.h"

static char last_log[256];
static struct fy_device device;
static struct model_gpio model;

void test_log(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(last_log, sizeof(last_log), fmt, ap);
	va_end(ap);
}

/* ---- A device of each kind. ---- */

static void make_device(bool is_bcm2711, unsigned interrupts)
{
	test_now = 1000000;
	test_write_count = 0;
	test_gpio_offer_result = 0;
	test_on_event = NULL;
	memset(test_events, 0, sizeof(test_events));
	memset(test_interrupts, 0, sizeof(test_interrupts));
	test_controller = NULL;
	model_gpio_init(&model, is_bcm2711);
	device = (struct fy_device){
		.state = calloc(1, fy_driver_bcm2835_gpio.state_size),
		.compatible = is_bcm2711 ? "brcm,bcm2711-gpio" : "brcm,bcm2835-gpio",
		.registers = &model.registers,
		.interrupts = interrupts,
	};
}

static int probe_bcm2835(void **state)
{
	make_device(false, 2);
	return fy_driver_bcm2835_gpio.probe(&device);
}

static int probe_bcm2711(void **state)
{
	make_device(true, 2);
	return fy_driver_bcm2835_gpio.probe(&device);
}

static int remove_device(void **state)
{
	fy_driver_bcm2835_gpio.remove(&device);
	assert_null(test_controller);
	for (unsigned i = 0; i < TEST_INTERRUPTS_MAX; i++)
		assert_null(test_interrupts[i].handler);
	assert_int_equal(model.rising | model.falling | model.high | model.low, 0);
	free(device.state);
	return 0;
}

/*
 * The lines of the interrupt controller that a pin raises: the manual's two banks and one line for all; Linux's three ranges;
 * one line only.
 */
static const uint64_t wirings[][LINES] = {
	{ 0xffffffff, ~0xffffffffULL, ~0ULL },
	{ 0x0fffffff, 0x3ffff0000000, ~0x3fffffffffffULL },
	{ ~0ULL },
};

/* Calls the handlers of the lines that are raised, until none is or LIMIT calls were made. Returns how many. */
static int take_interrupts(const uint64_t wiring[LINES], int limit)
{
	for (int calls = 0;;) {
		bool raised = false;

		for (unsigned i = 0; i < LINES; i++) {
			if (!test_interrupts[i].handler || !(model.status & wiring[i]))
				continue;
			if (calls++ == limit)
				return limit;
			test_interrupts[i].handler(test_interrupts[i].arg);
			raised = true;
		}
		if (!raised)
			return calls;
	}
}

static const struct fy_gpio_ops *pin_ops(void)
{
	return test_controller->ops;
}

/* ---- Function and level. ---- */

static void offers_as_many_pins_as_the_chip_has(void **state)
{
	assert_int_equal(test_controller->pins, model.is_bcm2711 ? 58 : 54);
	assert_string_equal(last_log, model.is_bcm2711 ? "58 pins" : "54 pins");
}

static void every_pin_has_its_field_of_the_function_select_registers(void **state)
{
	for (unsigned pin = 0; pin < test_controller->pins; pin++) {
		/* All other pins carry ALT5 (2), which must stay. */
		for (unsigned i = 0; i < 6; i++)
			model.fsel[i] = 02222222222;
		assert_int_equal(pin_ops()->is_output(&device, pin), FY_ERR_UNSUPPORTED);
		assert_int_equal(pin_ops()->set_output(&device, pin, 1), 0);
		for (unsigned other = 0; other < test_controller->pins; other++)
			assert_int_equal(model_function(&model, other), other == pin ? 1 : 2);
		assert_int_equal(pin_ops()->is_output(&device, pin), 1);
		assert_int_equal(pin_ops()->set_input(&device, pin), 0);
		for (unsigned other = 0; other < test_controller->pins; other++)
			assert_int_equal(model_function(&model, other), other == pin ? 0 : 2);
		assert_int_equal(pin_ops()->is_output(&device, pin), 0);
	}
}

static void a_function_changes_by_way_of_input_and_is_not_written_again(void **state)
{
	model.fsel[1] = 4u << 21;	/* pin 17: ALT0 */
	test_write_count = 0;
	pin_ops()->set_output(&device, 17, 1);
	assert_int_equal(test_write_count, 3);
	assert_int_equal(test_writes[0].offset, 0x1c);
	assert_int_equal(test_writes[0].value, 1u << 17);
	assert_int_equal(test_writes[1].offset, 0x04);
	assert_int_equal(test_writes[1].value, 0);
	assert_int_equal(test_writes[2].offset, 0x04);
	assert_int_equal(test_writes[2].value, 1u << 21);
	test_write_count = 0;
	pin_ops()->set_output(&device, 17, 0);
	assert_int_equal(test_write_count, 1);
	assert_int_equal(test_writes[0].offset, 0x28);
}

static void an_output_has_its_level_from_its_first_moment_on(void **state)
{
	for (unsigned pin = 0; pin < test_controller->pins; pin++) {
		for (int level = 0; level <= 1; level++) {
			pin_ops()->set_input(&device, pin);
			model.latch = level ? 0 : ~0ULL;
			model_set_input(&model, pin, level);
			model.rising = model.falling = ~0ULL;
			model.status = 0;
			pin_ops()->set_output(&device, pin, level);
			assert_int_equal(model.level >> pin & 1, level);
			assert_int_equal(model.status, 0);	/* there was no edge on the way */
			model.rising = model.falling = 0;
		}
	}
}

static void set_and_get_reach_the_pin_in_its_bank_and_no_other(void **state)
{
	for (unsigned pin = 0; pin < test_controller->pins; pin++)
		pin_ops()->set_output(&device, pin, 0);
	for (unsigned pin = 0; pin < test_controller->pins; pin++) {
		test_write_count = 0;
		pin_ops()->set(&device, pin, 1);
		assert_int_equal(model.level, 1ULL << pin);
		assert_int_equal(pin_ops()->get(&device, pin), 1);
		pin_ops()->set(&device, pin, 0);
		assert_int_equal(model.level, 0);
		assert_int_equal(pin_ops()->get(&device, pin), 0);
		assert_int_equal(test_write_count, 2);
		assert_int_equal(test_writes[0].offset, pin < 32 ? 0x1c : 0x20);
		assert_int_equal(test_writes[1].offset, pin < 32 ? 0x28 : 0x2c);
		assert_int_equal(test_writes[0].value, 1u << pin % 32);
	}
}

static void get_reads_an_input(void **state)
{
	for (unsigned pin = 0; pin < test_controller->pins; pin++) {
		model.input = ~(1ULL << pin);
		model_settle(&model);
		assert_int_equal(pin_ops()->get(&device, pin), 0);
		model.input = 1ULL << pin;
		model_settle(&model);
		assert_int_equal(pin_ops()->get(&device, pin), 1);
	}
}

static void fast_set_is_the_store_that_set_makes(void **state)
{
	for (unsigned pin = 0; pin < test_controller->pins; pin++) {
		struct fy_gpio_fast_set fast;

		pin_ops()->fast_set(&device, pin, &fast);
		test_write_count = 0;
		pin_ops()->set(&device, pin, 1);
		pin_ops()->set(&device, pin, 0);
		assert_int_equal(test_writes[0].offset, fast.high_offset);
		assert_int_equal(test_writes[0].value, fast.high_value);
		assert_int_equal(test_writes[1].offset, fast.low_offset);
		assert_int_equal(test_writes[1].value, fast.low_value);
	}
}

/* ---- Pulls. ---- */

static const enum model_pull pulls[] = {
	[FY_GPIO_BIAS_NONE] = MODEL_PULL_NONE,
	[FY_GPIO_BIAS_PULL_UP] = MODEL_PULL_UP,
	[FY_GPIO_BIAS_PULL_DOWN] = MODEL_PULL_DOWN,
};

static void every_pin_is_pulled_up_down_and_not_at_all(void **state)
{
	for (unsigned pin = 0; pin < test_controller->pins; pin++) {
		for (int bias = FY_GPIO_BIAS_PULL_DOWN; bias >= FY_GPIO_BIAS_NONE; bias--) {
			for (unsigned other = 0; other < 58; other++)
				model.pull[other] = MODEL_PULL_UP;
			if (model.is_bcm2711)
				for (unsigned i = 0; i < 4; i++)
					model_gpio_write(&model.registers, 0xe4 + 4 * i, 0x55555555);
			assert_int_equal(pin_ops()->set_bias(&device, pin, (enum fy_gpio_bias)bias), 0);
			for (unsigned other = 0; other < 58; other++)
				assert_int_equal(model.pull[other], other == pin ? pulls[bias] : MODEL_PULL_UP);
		}
	}
	assert_int_equal(pin_ops()->set_bias(&device, 0, (enum fy_gpio_bias)3), FY_ERR_INVALID);
	assert_int_equal(pin_ops()->set_bias(&device, 0, (enum fy_gpio_bias)-1), FY_ERR_INVALID);
}

static void the_old_sequence_has_the_manuals_order_and_waits(void **state)
{
	static const struct {
		unsigned pin;
		uint32_t clock;
	} cases[] = { { 4, 0x98 }, { 31, 0x98 }, { 32, 0x9c }, { 53, 0x9c } };

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct test_write *w = test_writes;

		test_write_count = 0;
		pin_ops()->set_bias(&device, cases[i].pin, FY_GPIO_BIAS_PULL_UP);
		assert_int_equal(test_write_count, 4);
		assert_int_equal(w[0].offset, 0x94);
		assert_int_equal(w[0].value, 2);
		assert_int_equal(w[1].offset, cases[i].clock);
		assert_int_equal(w[1].value, 1u << cases[i].pin % 32);
		assert_true(w[1].time - w[0].time >= MODEL_PULL_NS);
		assert_int_equal(w[2].offset, 0x94);
		assert_int_equal(w[2].value, 0);
		assert_true(w[2].time - w[1].time >= MODEL_PULL_NS);
		assert_int_equal(w[3].offset, cases[i].clock);
		assert_int_equal(w[3].value, 0);
	}
}

static void the_new_registers_are_written_once_without_a_wait(void **state)
{
	uint64_t start = test_now;

	test_write_count = 0;
	pin_ops()->set_bias(&device, 57, FY_GPIO_BIAS_PULL_DOWN);
	assert_int_equal(test_write_count, 1);
	assert_int_equal(test_writes[0].offset, 0xf0);
	assert_int_equal(test_writes[0].value, 2u << 18);
	assert_int_equal(test_now, start);
}

/* ---- Interrupts. ---- */

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
		for (unsigned pin = 0; pin < test_controller->pins; pin++) {
			/* Two lines are attached: what Linux says raises only the third, the bare port cannot hear. */
			if (!((wirings[wiring][0] | wirings[wiring][1]) >> pin & 1))
				continue;
			for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
				unsigned before = test_events[pin];

				assert_int_equal(test_pin_set_trigger(pin, cases[i].trigger), 0);
				model_set_input(&model, pin, 1);
				take_interrupts(wirings[wiring], 10);
				assert_int_equal(test_events[pin], before + cases[i].rises);
				model_set_input(&model, pin, 0);
				assert_true(take_interrupts(wirings[wiring], 10) < 10);
				assert_int_equal(test_events[pin], before + cases[i].rises + cases[i].falls);
			}
		}
	}
}

static unsigned releases;

/* The user of a level makes it go away at the third time. */
static void release_at_third(unsigned pin)
{
	if (++releases == 3)
		model_set_input(&model, pin, !(model.level >> pin & 1));
}

static void levels_are_told_while_they_last_and_not_once_more(void **state)
{
	test_on_event = release_at_third;
	for (unsigned pin = 0; pin < test_controller->pins; pin++) {
		for (int level = 0; level <= 1; level++) {
			unsigned before = test_events[pin];

			model_set_input(&model, pin, !level);
			releases = 0;
			test_pin_set_trigger(pin, level ? FY_GPIO_TRIGGER_HIGH : FY_GPIO_TRIGGER_LOW);
			assert_int_equal(take_interrupts(wirings[2], 10), 0);
			model_set_input(&model, pin, level);
			assert_int_equal(take_interrupts(wirings[2], 10), 3);
			assert_int_equal(test_events[pin], before + 3);
			test_pin_set_trigger(pin, FY_GPIO_TRIGGER_NONE);
		}
	}
}

/* An edge comes while its user is being told of the one before. */
static void edge_meanwhile(unsigned pin)
{
	if (test_events[pin] == 1) {
		model_set_input(&model, pin, 0);
		model_set_input(&model, pin, 1);
	}
}

static void an_edge_that_comes_while_its_user_is_told_is_not_lost(void **state)
{
	test_on_event = edge_meanwhile;
	test_pin_set_trigger(40, FY_GPIO_TRIGGER_HIGH);
	test_pin_set_trigger(40, FY_GPIO_TRIGGER_RISING);
	model_set_input(&model, 40, 1);
	assert_int_equal(take_interrupts(wirings[0], 10), 2);
	assert_int_equal(test_events[40], 2);
}

/* The user of a level waits for an edge from now on, and it comes at once. */
static void edge_instead(unsigned pin)
{
	if (test_events[pin] > 1)
		return;
	model_set_input(&model, pin, 0);
	test_pin_set_trigger(pin, FY_GPIO_TRIGGER_RISING);
	model_set_input(&model, pin, 1);
}

static void the_user_may_wait_for_an_edge_instead_while_it_is_told(void **state)
{
	test_on_event = edge_instead;
	test_pin_set_trigger(40, FY_GPIO_TRIGGER_HIGH);
	model_set_input(&model, 40, 1);
	assert_int_equal(take_interrupts(wirings[0], 10), 2);
	assert_int_equal(test_events[40], 2);
}

static void stop_level(unsigned pin)
{
	test_pin_set_trigger(pin, FY_GPIO_TRIGGER_NONE);
}

static void the_user_may_end_a_trigger_while_it_is_told(void **state)
{
	test_on_event = stop_level;
	model_set_input(&model, 3, 1);
	test_pin_set_trigger(3, FY_GPIO_TRIGGER_HIGH);
	assert_int_equal(take_interrupts(wirings[2], 10), 1);
	assert_int_equal(test_events[3], 1);
}

static void many_pins_of_both_banks_at_once_are_told_each(void **state)
{
	uint64_t all = (1ULL << test_controller->pins) - 1;

	for (unsigned pin = 0; pin < test_controller->pins; pin++)
		test_pin_set_trigger(pin, FY_GPIO_TRIGGER_RISING);
	model.input = all;
	model_settle(&model);
	assert_int_equal(take_interrupts(wirings[2], 10), 1);
	for (unsigned pin = 0; pin < TEST_PINS_MAX; pin++)
		assert_int_equal(test_events[pin], pin < test_controller->pins);
}

static void what_happened_before_the_trigger_is_not_told(void **state)
{
	test_pin_set_trigger(5, FY_GPIO_TRIGGER_RISING);
	model_set_input(&model, 5, 1);
	test_pin_set_trigger(5, FY_GPIO_TRIGGER_FALLING);
	assert_int_equal(take_interrupts(wirings[2], 10), 0);
	assert_int_equal(test_events[5], 0);
}

static void an_interrupt_for_nothing_tells_nobody(void **state)
{
	test_write_count = 0;
	test_interrupts[0].handler(test_interrupts[0].arg);
	test_interrupts[1].handler(test_interrupts[1].arg);
	assert_int_equal(test_write_count, 0);
	/* Nor does a status that nobody asked for; and it is cleared, or it would come for ever. */
	model.status = 1ULL << 7 | 1ULL << 45;
	assert_int_equal(take_interrupts(wirings[2], 10), 1);
	for (unsigned pin = 0; pin < TEST_PINS_MAX; pin++)
		assert_int_equal(test_events[pin], 0);
}

static void pins_out_of_range_never_reach_the_driver(void **state)
{
	test_write_count = 0;
	assert_int_equal(test_pin_set_trigger(test_controller->pins, FY_GPIO_TRIGGER_RISING), FY_ERR_NOT_FOUND);
	assert_int_equal(test_pin_set_output(test_controller->pins, 1), FY_ERR_NOT_FOUND);
	assert_int_equal(test_write_count, 0);
}

/* ---- The device. ---- */

static void starts_with_triggers_off_whatever_ran_before(void **state)
{
	make_device(false, 1);
	model.rising = model.falling = model.high = model.low = 1ULL << 9 | 1ULL << 50;
	model.status = 1ULL << 9;
	assert_int_equal(fy_driver_bcm2835_gpio.probe(&device), 0);
	assert_int_equal(model.rising | model.falling | model.high | model.low | model.status, 0);
	remove_device(state);
}

static void has_pins_even_without_an_interrupt(void **state)
{
	make_device(true, 0);
	assert_int_equal(fy_driver_bcm2835_gpio.probe(&device), 0);
	assert_int_equal(test_controller->pins, 58);
	remove_device(state);
}

static void attaches_three_lines_of_four_and_gives_all_back(void **state)
{
	make_device(true, 4);
	assert_int_equal(fy_driver_bcm2835_gpio.probe(&device), 0);
	assert_non_null(test_interrupts[2].handler);
	assert_null(test_interrupts[3].handler);
	remove_device(state);
}

static void undoes_everything_when_it_cannot_start(void **state)
{
	make_device(false, 2);
	test_gpio_offer_result = FY_ERR_NO_MEMORY;
	assert_int_equal(fy_driver_bcm2835_gpio.probe(&device), FY_ERR_NO_MEMORY);
	assert_string_equal(last_log, "cannot offer 54 pins: error -6");
	assert_null(test_interrupts[0].handler);
	assert_null(test_interrupts[1].handler);
	free(device.state);

	make_device(false, 2);
	test_interrupts[1].handler = handle_interrupt;
	assert_int_equal(fy_driver_bcm2835_gpio.probe(&device), FY_ERR_BUSY);
	assert_string_equal(last_log, "cannot have interrupt 1: error -3");
	assert_null(test_interrupts[0].handler);
	assert_null(test_controller);
	free(device.state);
}

#define ON_BOTH(f) \
	{ #f " (bcm2835)", f, probe_bcm2835, remove_device, NULL }, { #f " (bcm2711)", f, probe_bcm2711, remove_device, NULL }

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
		cmocka_unit_test_setup_teardown(the_old_sequence_has_the_manuals_order_and_waits, probe_bcm2835, remove_device),
		cmocka_unit_test_setup_teardown(the_new_registers_are_written_once_without_a_wait, probe_bcm2711, remove_device),
		ON_BOTH(edges_are_told_once_each_on_every_pin_however_the_lines_are_wired),
		ON_BOTH(levels_are_told_while_they_last_and_not_once_more),
		ON_BOTH(an_edge_that_comes_while_its_user_is_told_is_not_lost),
		ON_BOTH(the_user_may_wait_for_an_edge_instead_while_it_is_told),
		ON_BOTH(the_user_may_end_a_trigger_while_it_is_told),
		ON_BOTH(many_pins_of_both_banks_at_once_are_told_each),
		ON_BOTH(what_happened_before_the_trigger_is_not_told),
		ON_BOTH(an_interrupt_for_nothing_tells_nobody),
		ON_BOTH(pins_out_of_range_never_reach_the_driver),
		cmocka_unit_test(starts_with_triggers_off_whatever_ran_before),
		cmocka_unit_test(has_pins_even_without_an_interrupt),
		cmocka_unit_test(attaches_three_lines_of_four_and_gives_all_back),
		cmocka_unit_test(undoes_everything_when_it_cannot_start),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
