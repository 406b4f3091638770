// SPDX-License-Identifier: GPL-2.0-only
/* Tests of drivers/blink.c on the test port (tests/port), in virtual time. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../../drivers/blink.c"
#include "test-port.h"

#define START 1000ULL
#define MS    1000000ULL

static char last_log[256];
static struct fy_device device;

void test_log(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(last_log, sizeof(last_log), fmt, ap);
	va_end(ap);
}

static struct {
	const char *names[8];
	uint32_t values[8];
	unsigned count;
} properties;

static void set_property(const char *name, uint32_t value)
{
	properties.names[properties.count] = name;
	properties.values[properties.count++] = value;
}

static int probe(void)
{
	free(device.state);
	test_now = START;
	test_rises = test_first_rise = test_last_fall = 0;
	test_level = 0;
	last_log[0] = '\0';
	device = (struct fy_device){
		.state = calloc(1, fy_driver_blink.state_size),
		.property_names = properties.names,
		.property_values = properties.values,
	};
	return fy_driver_blink.probe(&device);
}

static int setup(void **state)
{
	memset(&properties, 0, sizeof(properties));
	test_gpio_result = 0;
	return 0;
}

static int teardown(void **state)
{
	free(device.state);
	device.state = NULL;
	return 0;
}

static struct blink *blink(void)
{
	return device.state;
}

/* The level in the middle of the millisecond MS after the start. */
static int level_at(uint64_t ms)
{
	test_run_until(START + ms * MS + MS / 2);
	return test_level;
}

static void blinks_for_half_a_second_for_good_unless_told_otherwise(void **state)
{
	assert_int_equal(probe(), 0);
	assert_string_equal(last_log, "500 ms on, 500 ms off");
	for (unsigned second = 0; second < 1000; second++) {
		assert_int_equal(level_at(second * 1000), 1);
		assert_int_equal(level_at(second * 1000 + 499), 1);
		assert_int_equal(level_at(second * 1000 + 500), 0);
		assert_int_equal(level_at(second * 1000 + 999), 0);
	}
	assert_int_equal(test_rises, 1000);
	assert_int_equal(test_first_rise, START);
}

static void blinks_a_number_of_times_and_ends_dark(void **state)
{
	set_property("on-ms", 10);
	set_property("off-ms", 30);
	set_property("count", 3);
	assert_int_equal(probe(), 0);
	test_run_until(UINT64_MAX);
	assert_int_equal(test_rises, 3);
	assert_int_equal(test_last_fall, START + (2 * 40 + 10) * MS);
	assert_int_equal(test_now, START + 3 * 40 * MS);
	assert_int_equal(test_level, 0);
	assert_false(blink()->timer.running);
}

static void shows_a_pattern_the_most_significant_bit_first(void **state)
{
	static const char bits[] = "11100101000000001";

	set_property("pattern", 0x1ca01);
	set_property("pattern-bits", 17);
	set_property("unit-ms", 7);
	assert_int_equal(probe(), 0);
	assert_string_equal(last_log, "pattern 0x1ca01, 17 bits of 7 ms");
	for (unsigned bit = 0; bit < 3 * 17; bit++) {
		assert_int_equal(level_at(bit * 7), bits[bit % 17] - '0');
		assert_int_equal(level_at(bit * 7 + 6), bits[bit % 17] - '0');
	}
	/* Equal bits in a row are one call of the timer. */
	assert_int_equal(blink()->phase_count, 7);
}

static void a_pattern_that_ends_lit_ends_dark_after_its_last_time(void **state)
{
	set_property("pattern", 5);
	set_property("pattern-bits", 3);
	set_property("count", 2);
	assert_int_equal(probe(), 0);
	test_run_until(UINT64_MAX);
	/* 101101: the two bits in the middle are one flash. */
	assert_int_equal(test_rises, 3);
	assert_int_equal(test_now, START + 6 * 100 * MS);
	assert_int_equal(test_last_fall, test_now);
	assert_int_equal(test_level, 0);
}

static void a_pattern_may_have_1_to_32_bits(void **state)
{
	set_property("pattern", 0xaaaaaaaa);
	set_property("pattern-bits", 32);
	set_property("unit-ms", 1);
	assert_int_equal(probe(), 0);
	test_run_until(START + 64 * MS - 1);
	assert_int_equal(test_rises, 32);
	assert_int_equal(blink()->phase_count, 32);

	setup(state);
	set_property("pattern", 1);
	set_property("pattern-bits", 1);
	set_property("count", 1);
	assert_int_equal(probe(), 0);
	test_run_until(UINT64_MAX);
	assert_int_equal(test_rises, 1);
	assert_int_equal(test_now, START + 100 * MS);
}

static void a_late_timer_does_not_make_it_drift(void **state)
{
	uint64_t next;

	set_property("on-ms", 10);
	set_property("off-ms", 10);
	assert_int_equal(probe(), 0);
	/*
	 * The handler comes up to 9 ms late each time, yet the times that it asks for stay on the
	 * grid.
	 */
	for (unsigned i = 0; i < 1000; i++) {
		test_now = START + i * 10 * MS + i % 10 * MS;
		next = blink()->timer.handler(blink()->timer.arg, START + i * 10 * MS);
		assert_int_equal(next, START + (i + 1) * 10 * MS);
		assert_int_equal(test_level, i % 2 == 0);
	}
}

static void a_machine_that_was_away_does_not_catch_up(void **state)
{
	set_property("on-ms", 10);
	set_property("off-ms", 10);
	assert_int_equal(probe(), 0);
	test_now = START + 3600000 * MS;
	assert_int_equal(blink()->timer.handler(blink()->timer.arg, START), test_now + 10 * MS);
}

static void refuses_settings_out_of_range_and_names_them(void **state)
{
	static const struct {
		const char *names[4];
		uint32_t values[4];
		const char *log;
	} cases[] = {
		{ { "on-ms" }, { 0 }, "property on-ms: expected 1 to 3600000" },
		{ { "off-ms" }, { 3600001 }, "property off-ms: expected 1 to 3600000" },
		{ { "pattern", "pattern-bits" },
		  { 0, 0 },
		  "property pattern-bits: expected 1 to 32" },
		{ { "pattern", "pattern-bits" },
		  { 0, 33 },
		  "property pattern-bits: expected 1 to 32" },
		{ { "pattern", "unit-ms" }, { 1, 0 }, "property unit-ms: expected 1 to 3600000" },
		{ { "pattern" },
		  { 0x100 },
		  "property pattern: 0x100 has more than 8 bits: raise pattern-bits" },
		{ { "pattern", "on-ms" },
		  { 1, 1 },
		  "there is a pattern: on-ms and off-ms mean nothing beside it" },
		{ { "pattern", "off-ms" },
		  { 1, 1 },
		  "there is a pattern: on-ms and off-ms mean nothing beside it" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		setup(state);
		for (unsigned p = 0; cases[i].names[p]; p++)
			set_property(cases[i].names[p], cases[i].values[p]);
		assert_int_equal(probe(), FY_ERR_INVALID);
		assert_string_equal(last_log, cases[i].log);
		assert_false(blink()->led.taken);
	}
}

static void without_its_pin_it_does_not_start(void **state)
{
	test_gpio_result = FY_ERR_BUSY;
	assert_int_equal(probe(), FY_ERR_BUSY);
	assert_string_equal(last_log, "cannot have the pin that led-gpios names: error -3");
	test_gpio_result = FY_ERR_DEFER;
	assert_int_equal(probe(), FY_ERR_DEFER);
	assert_string_equal(last_log, "");
}

static void removing_it_leaves_the_led_dark(void **state)
{
	assert_int_equal(probe(), 0);
	assert_int_equal(level_at(1), 1);
	fy_driver_blink.remove(&device);
	assert_int_equal(test_level, 0);
	assert_false(blink()->timer.running);
	assert_false(blink()->led.taken);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(blinks_for_half_a_second_for_good_unless_told_otherwise),
		TEST(blinks_a_number_of_times_and_ends_dark),
		TEST(shows_a_pattern_the_most_significant_bit_first),
		TEST(a_pattern_that_ends_lit_ends_dark_after_its_last_time),
		TEST(a_pattern_may_have_1_to_32_bits),
		TEST(a_late_timer_does_not_make_it_drift),
		TEST(a_machine_that_was_away_does_not_catch_up),
		TEST(refuses_settings_out_of_range_and_names_them),
		TEST(without_its_pin_it_does_not_start),
		TEST(removing_it_leaves_the_led_dark),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
