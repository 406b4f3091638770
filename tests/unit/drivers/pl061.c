// SPDX-License-Identifier: GPL-2.0-only
/* Tests of drivers/pl061.c on the test port, against a model made after the manual (tests/port/model-pl061.h). */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../../drivers/pl061.c"
#include "test-port.h"
#include "model-pl061.h"

static char last_log[256];
static struct fy_device device;
static struct model_pl061 model;

void test_log(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(last_log, sizeof(last_log), fmt, ap);
	va_end(ap);
}

static void make_device(unsigned interrupts)
{
	test_write_count = 0;
	test_gpio_offer_result = 0;
	test_on_event = NULL;
	memset(test_events, 0, sizeof(test_events));
	memset(test_interrupts, 0, sizeof(test_interrupts));
	test_controller = NULL;
	model_pl061_init(&model);
	device = (struct fy_device){
		.state = calloc(1, fy_driver_pl061.state_size),
		.compatible = "arm,pl061",
		.registers = &model.registers,
		.interrupts = interrupts,
	};
}

static int probe(void **state)
{
	make_device(1);
	model.noisy = true;
	return fy_driver_pl061.probe(&device);
}

/* As QEMU's is. */
static int probe_other(void **state)
{
	make_device(1);
	model.ignores_level = model.keeps_levels = true;
	return fy_driver_pl061.probe(&device);
}

static int remove_device(void **state)
{
	fy_driver_pl061.remove(&device);
	assert_null(test_controller);
	assert_null(test_interrupts[0].handler);
	assert_int_equal(model.ie, 0);
	free(device.state);
	return 0;
}

static const struct fy_gpio_ops *pin_ops(void)
{
	return test_controller->ops;
}

static void set_input_level(unsigned pin, int level)
{
	model_set_inputs(&model, (uint8_t)((model.input & ~(1u << pin)) | (unsigned)level << pin));
}

/* Calls the handler until the line is down or LIMIT calls were made. Returns how many. */
static int take_interrupts(int limit)
{
	int calls = 0;

	for (; calls < limit && model_line(&model); calls++)
		test_interrupts[0].handler(test_interrupts[0].arg);
	return calls;
}

/* ---- Direction and level. ---- */

static void each_pin_has_its_direction_and_the_others_keep_theirs(void **state)
{
	assert_int_equal(test_controller->pins, 8);
	for (unsigned pin = 0; pin < 8; pin++) {
		uint8_t bit = (uint8_t)(1u << pin);

		model.dir = (uint8_t)~bit & 0xaa;
		model.afsel = 0xff;
		assert_int_equal(pin_ops()->is_output(&device, pin), FY_ERR_UNSUPPORTED);
		assert_int_equal(pin_ops()->set_output(&device, pin, 0), 0);
		assert_int_equal(model.dir, (~bit & 0xaa) | bit);
		assert_int_equal(model.afsel, (uint8_t)~bit);
		assert_int_equal(pin_ops()->is_output(&device, pin), 1);
		model.afsel = 0xff;
		assert_int_equal(pin_ops()->set_input(&device, pin), 0);
		assert_int_equal(model.dir, ~bit & 0xaa);
		assert_int_equal(model.afsel, (uint8_t)~bit);
		assert_int_equal(pin_ops()->is_output(&device, pin), 0);
	}
}

static void set_and_get_reach_one_pin_through_the_mask_in_the_address(void **state)
{
	for (unsigned pin = 0; pin < 8; pin++)
		pin_ops()->set_output(&device, pin, 0);
	for (unsigned pin = 0; pin < 8; pin++) {
		test_write_count = 0;
		pin_ops()->set(&device, pin, 1);
		assert_int_equal(model_levels(&model), 1u << pin);
		assert_int_equal(pin_ops()->get(&device, pin), 1);
		pin_ops()->set(&device, pin, 0);
		assert_int_equal(model_levels(&model), 0);
		assert_int_equal(pin_ops()->get(&device, pin), 0);
		assert_int_equal(test_write_count, 2);
		assert_int_equal(test_writes[0].offset, 4u << pin);
		assert_int_equal(test_writes[1].offset, 4u << pin);
		model.data = (uint8_t)~(1u << pin);
		pin_ops()->set(&device, pin, 1);
		assert_int_equal(model.data, 0xff);
		model.data = 0;
	}
}

static void get_reads_an_input(void **state)
{
	for (unsigned pin = 0; pin < 8; pin++) {
		model.input = (uint8_t)~(1u << pin);
		assert_int_equal(pin_ops()->get(&device, pin), 0);
		model.input = (uint8_t)(1u << pin);
		assert_int_equal(pin_ops()->get(&device, pin), 1);
	}
}

static void fast_set_is_the_store_that_set_makes(void **state)
{
	for (unsigned pin = 0; pin < 8; pin++) {
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

static void an_output_has_its_level_even_if_an_input_does_not_take_it(void **state)
{
	for (unsigned pin = 0; pin < 8; pin++) {
		for (int level = 0; level <= 1; level++) {
			pin_ops()->set_input(&device, pin);
			model.data = level ? 0 : 0xff;
			test_write_count = 0;
			pin_ops()->set_output(&device, pin, level);
			assert_int_equal(model_levels(&model) >> pin & 1, level);
			/* Before the direction changes, for a device that takes it; right after, for one that does not. */
			assert_int_equal(test_writes[0].offset, 4u << pin);
			assert_int_equal(test_writes[1].offset, 0x400);
			assert_int_equal(test_writes[2].offset, 4u << pin);
		}
	}
}

static void cannot_pull_its_pins(void **state)
{
	assert_null(pin_ops()->set_bias);
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
			unsigned before = test_events[pin];

			assert_int_equal(test_pin_set_trigger(pin, cases[i].trigger), 0);
			set_input_level(pin, 1);
			assert_int_equal(take_interrupts(10), cases[i].rises);
			assert_int_equal(test_events[pin], before + cases[i].rises);
			set_input_level(pin, 0);
			assert_int_equal(take_interrupts(10), cases[i].falls);
			assert_int_equal(test_events[pin], before + cases[i].rises + cases[i].falls);
		}
	}
}

static unsigned releases;

/* The user of a level makes it go away at the third time. */
static void release_at_third(unsigned pin)
{
	if (++releases == 3)
		set_input_level(pin, !(model.input >> pin & 1));
}

static void levels_are_told_while_they_last_and_not_once_more(void **state)
{
	test_on_event = release_at_third;
	for (unsigned pin = 0; pin < 8; pin++) {
		for (int level = 0; level <= 1; level++) {
			unsigned before = test_events[pin];

			set_input_level(pin, !level);
			releases = 0;
			test_pin_set_trigger(pin, level ? FY_GPIO_TRIGGER_HIGH : FY_GPIO_TRIGGER_LOW);
			assert_int_equal(take_interrupts(10), 0);
			set_input_level(pin, level);
			assert_int_equal(take_interrupts(10), 3);
			assert_int_equal(test_events[pin], before + 3);
			test_pin_set_trigger(pin, FY_GPIO_TRIGGER_NONE);
		}
	}
}

static void refuses_triggers_that_the_device_cannot_do_and_leaves_the_old_one(void **state)
{
	static const unsigned can[] = { 0, 1, 2, 3, 4, 8 };
	unsigned next = 0;

	for (unsigned trigger = 0; trigger < 32; trigger++) {
		bool possible = next < sizeof(can) / sizeof(can[0]) && can[next] == trigger;

		test_pin_set_trigger(2, FY_GPIO_TRIGGER_RISING);
		assert_int_equal(test_pin_set_trigger(2, trigger), possible ? 0 : FY_ERR_UNSUPPORTED);
		if (possible)
			next++;
		else
			assert_int_equal(model.ie, 1u << 2);
	}
}

/* An edge comes while its user is being told of the one before. */
static void edge_meanwhile(unsigned pin)
{
	if (test_events[pin] == 1) {
		set_input_level(pin, 0);
		set_input_level(pin, 1);
	}
}

static void an_edge_that_comes_while_its_user_is_told_is_not_lost(void **state)
{
	test_on_event = edge_meanwhile;
	test_pin_set_trigger(6, FY_GPIO_TRIGGER_HIGH);
	test_pin_set_trigger(6, FY_GPIO_TRIGGER_RISING);
	set_input_level(6, 1);
	assert_int_equal(take_interrupts(10), 2);
	assert_int_equal(test_events[6], 2);
}

/* The user of a level waits for an edge from now on, and it comes at once. */
static void edge_instead(unsigned pin)
{
	if (test_events[pin] > 1)
		return;
	set_input_level(pin, 0);
	test_pin_set_trigger(pin, FY_GPIO_TRIGGER_RISING);
	set_input_level(pin, 1);
}

static void the_user_may_wait_for_an_edge_instead_while_it_is_told(void **state)
{
	test_on_event = edge_instead;
	test_pin_set_trigger(6, FY_GPIO_TRIGGER_HIGH);
	set_input_level(6, 1);
	assert_int_equal(take_interrupts(10), 2);
	assert_int_equal(test_events[6], 2);
}

static void stop_level(unsigned pin)
{
	test_pin_set_trigger(pin, FY_GPIO_TRIGGER_NONE);
}

static void the_user_may_end_a_trigger_while_it_is_told(void **state)
{
	test_on_event = stop_level;
	set_input_level(3, 1);
	test_pin_set_trigger(3, FY_GPIO_TRIGGER_HIGH);
	assert_int_equal(take_interrupts(10), 1);
	assert_int_equal(test_events[3], 1);
}

static void all_pins_at_once_are_told_each(void **state)
{
	for (unsigned pin = 0; pin < 8; pin++)
		test_pin_set_trigger(pin, pin % 2 ? FY_GPIO_TRIGGER_RISING : FY_GPIO_TRIGGER_FALLING);
	model_set_inputs(&model, 0xff);
	assert_int_equal(take_interrupts(10), 1);
	model_set_inputs(&model, 0);
	assert_int_equal(take_interrupts(10), 1);
	for (unsigned pin = 0; pin < TEST_PINS_MAX; pin++)
		assert_int_equal(test_events[pin], pin < 8);
}

static void what_happened_before_the_trigger_is_not_told(void **state)
{
	test_pin_set_trigger(5, FY_GPIO_TRIGGER_RISING);
	set_input_level(5, 1);
	test_pin_set_trigger(5, FY_GPIO_TRIGGER_FALLING);
	assert_int_equal(take_interrupts(10), 0);
	assert_int_equal(test_events[5], 0);
}

static void setting_up_a_trigger_raises_no_interrupt(void **state)
{
	static const unsigned possible[] = { 1, 2, 3, 8, 1, 3, 8, 2, 0 };

	set_input_level(4, 1);
	for (size_t i = 0; i < sizeof(possible) / sizeof(possible[0]); i++)
		test_pin_set_trigger(4, possible[i]);
	assert_false(model.line_rose);
}

static void an_interrupt_for_nothing_tells_nobody(void **state)
{
	model.raised = 0xff;	/* raised, but masked */
	test_interrupts[0].handler(test_interrupts[0].arg);
	for (unsigned pin = 0; pin < TEST_PINS_MAX; pin++)
		assert_int_equal(test_events[pin], 0);
}

static void pins_out_of_range_never_reach_the_driver(void **state)
{
	test_write_count = 0;
	assert_int_equal(test_pin_set_trigger(8, FY_GPIO_TRIGGER_RISING), FY_ERR_NOT_FOUND);
	assert_int_equal(test_pin_set_output(8, 1), FY_ERR_NOT_FOUND);
	assert_int_equal(test_write_count, 0);
}

/* ---- The device. ---- */

static void starts_with_interrupts_off_whatever_ran_before(void **state)
{
	make_device(1);
	model.ie = 0xff;
	model.raised = 0x55;
	assert_int_equal(fy_driver_pl061.probe(&device), 0);
	assert_int_equal(model.ie, 0);
	assert_int_equal(model.raised, 0);
	remove_device(state);
}

static void has_pins_even_without_an_interrupt(void **state)
{
	make_device(0);
	assert_int_equal(fy_driver_pl061.probe(&device), 0);
	assert_int_equal(test_controller->pins, 8);
	fy_driver_pl061.remove(&device);
	assert_null(test_controller);
	free(device.state);
}

static void refuses_another_device_without_touching_it(void **state)
{
	make_device(1);
	model.part = 0x11;
	assert_int_equal(fy_driver_pl061.probe(&device), FY_ERR_NOT_FOUND);
	assert_string_equal(last_log, "there is a PrimeCell 011 at its address, not 061");
	assert_int_equal(test_write_count, 0);
	assert_null(test_interrupts[0].handler);
	free(device.state);
}

static void undoes_everything_when_it_cannot_start(void **state)
{
	make_device(1);
	test_gpio_offer_result = FY_ERR_NO_MEMORY;
	assert_int_equal(fy_driver_pl061.probe(&device), FY_ERR_NO_MEMORY);
	assert_string_equal(last_log, "cannot offer 8 pins: error -6");
	assert_null(test_interrupts[0].handler);
	free(device.state);

	make_device(1);
	test_interrupts[0].handler = handle_interrupt;
	assert_int_equal(fy_driver_pl061.probe(&device), FY_ERR_BUSY);
	assert_string_equal(last_log, "cannot have its interrupt: error -3");
	assert_null(test_controller);
	free(device.state);
}

#define ON_BOTH(f) \
	{ #f " (by the manual)", f, probe, remove_device, NULL }, { #f " (as QEMU's)", f, probe_other, remove_device, NULL }

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
