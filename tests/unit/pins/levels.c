// SPDX-License-Identifier: GPL-2.0-only
/*
 * The pins of a GPIO block are followed through stores; values are from BCM2835 ARM Peripherals,
 * section 6.1.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "pins/levels.h"
#include "pins/raw.h"

#define BIT(n) (UINT64_C(1) << (n))

static void all_pins_float_after_reset(void **state)
{
	struct levels levels = { 0 };

	for (unsigned int pin = 0; pin < PINS_COUNT; pin++)
		assert_int_equal(levels_state(&levels, pin), PIN_FLOATING);
}

static void an_output_shows_the_latch(void **state)
{
	struct levels levels = { 0 };

	assert_int_equal(levels_store(&levels, 1, 1u << 21), BIT(17)); /* GPFSEL1: pin 17 output */
	assert_int_equal(levels_state(&levels, 17), PIN_LOW);
	assert_int_equal(levels_store(&levels, RAW_GPSET0, 1u << 17 | 1u << 18), BIT(17));
	assert_int_equal(levels_state(&levels, 17), PIN_HIGH);
	assert_int_equal(levels_store(&levels, RAW_GPSET0, 1u << 17), 0);
	assert_int_equal(levels_store(&levels, RAW_GPCLR0, 1u << 17), BIT(17));
	assert_int_equal(levels_state(&levels, 17), PIN_LOW);
}

static void the_latch_is_kept_while_a_pin_is_no_output(void **state)
{
	struct levels levels = { 0 };

	assert_int_equal(levels_store(&levels, RAW_GPSET1, 1u << 15), 0); /* pin 47 */
	assert_int_equal(levels_state(&levels, 47), PIN_FLOATING);
	assert_int_equal(levels_store(&levels, 4, 1u << 21), BIT(47));
	assert_int_equal(levels_state(&levels, 47), PIN_HIGH);
	assert_int_equal(levels_store(&levels, 4, 0), BIT(47));
	assert_int_equal(levels_state(&levels, 47), PIN_FLOATING);
}

static void an_alternate_function_is_no_level(void **state)
{
	struct levels levels = { 0 };

	assert_int_equal(levels_store(&levels, 1, 4u << 12), BIT(14)); /* pin 14: TXD0 */
	assert_int_equal(levels_state(&levels, 14), PIN_OTHER);
	assert_int_equal(levels_store(&levels, RAW_GPSET0, 1u << 14), 0);
}

static void several_pins_change_with_one_store(void **state)
{
	struct levels levels = { 0 };

	levels_store(&levels, 0, 1 | 1 << 3 | 1 << 6);
	assert_int_equal(levels_store(&levels, RAW_GPSET0, 0xffffffff), 7);
	assert_int_equal(levels_store(&levels, RAW_GPCLR0, 5), 5);
}

static void the_last_register_has_four_pins(void **state)
{
	struct levels levels = { 0 };

	assert_int_equal(levels_store(&levels, 5, 0x09249249),
			 BIT(50) | BIT(51) | BIT(52) | BIT(53));
	assert_int_equal(levels_store(&levels, RAW_GPSET1, 0xffffffff),
			 BIT(50) | BIT(51) | BIT(52) | BIT(53));
	assert_int_equal(levels.latch & ~PINS_ALL, 0);
}

static void other_words_change_nothing(void **state)
{
	struct levels levels = { 0 };

	assert_int_equal(levels_store(&levels, 6, 0xffffffff), 0);
	assert_int_equal(levels_store(&levels, 9, 0xffffffff), 0);
	assert_int_equal(levels_store(&levels, 200, 0xffffffff), 0);
	assert_int_equal(levels.latch, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_pins_float_after_reset),
		cmocka_unit_test(an_output_shows_the_latch),
		cmocka_unit_test(the_latch_is_kept_while_a_pin_is_no_output),
		cmocka_unit_test(an_alternate_function_is_no_level),
		cmocka_unit_test(several_pins_change_with_one_store),
		cmocka_unit_test(the_last_register_has_four_pins),
		cmocka_unit_test(other_words_change_nothing),
	};

	return cmocka_run_group_tests_name("pins/levels", tests, NULL, NULL);
}
