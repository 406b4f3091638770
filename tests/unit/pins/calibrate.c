// SPDX-License-Identifier: GPL-2.0-only
/*
 * Instruction counts become virtual times that never fall, whenever the guest slept. The numbers
 * follow a made-up guest whose true clock is known.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "pins/calibrate.h"

#define SHIFT	  3
#define COUNT(ns) ((ns) >> SHIFT)

static void without_idle_time_is_the_count(void **state)
{
	static const struct raw_event events[] = {
		{ .kind = RAW_STORE, .count = COUNT(800) },
		{ .kind = RAW_STORE, .count = COUNT(1600) },
	};
	struct calibration cal;

	calibration_init(&cal, events, 2, SHIFT);
	assert_int_equal(calibration_time(&cal, 0), 800);
	assert_int_equal(calibration_time(&cal, 1), 1600);
	assert_int_equal(calibration_end(&cal, COUNT(8000)), 8000);
}

/*
 * A store before the idle has the old bias, one after it the new; the clock woke at a whole
 * microsecond.
 */
static void a_jump_belongs_to_the_idle(void **state)
{
	static const struct raw_event events[] = {
		{ .kind = RAW_CLOCK, .count = COUNT(1000), .value = 1 },
		{ .kind = RAW_STORE, .count = COUNT(2000) },
		{ .kind = RAW_IDLE, .count = COUNT(2400) }, /* sleeps until 125 us */
		{ .kind = RAW_STORE, .count = COUNT(2800) },
		{ .kind = RAW_CLOCK, .count = COUNT(4000), .value = 126 },
		{ .kind = RAW_STORE, .count = COUNT(4800) },
	};
	struct calibration cal;

	calibration_init(&cal, events, 6, SHIFT);
	assert_int_equal(calibration_time(&cal, 1), 2000);
	assert_int_equal(calibration_time(&cal, 3), 125400);
	assert_int_equal(calibration_time(&cal, 5), 127400);
	assert_int_equal(calibration_end(&cal, COUNT(5600)), 128200);
}

static void a_jump_without_a_known_idle_comes_before_the_store(void **state)
{
	static const struct raw_event events[] = {
		{ .kind = RAW_CLOCK, .count = COUNT(8000), .value = 8 },
		{ .kind = RAW_STORE, .count = COUNT(16000) },
		{ .kind = RAW_CLOCK, .count = COUNT(24000), .value = 524 },
	};
	struct calibration cal;
	uint64_t time;

	calibration_init(&cal, events, 3, SHIFT);
	time = calibration_time(&cal, 1);
	assert_in_range(time, 516000, 516999);
}

/* The counter's 32 bits wrap after 4295 s. */
static void the_counter_may_wrap(void **state)
{
	static const struct raw_event events[] = {
		{ .kind = RAW_IDLE, .count = COUNT(800) },
		{ .kind = RAW_CLOCK, .count = COUNT(1600), .value = 4294967295u },
		{ .kind = RAW_IDLE, .count = COUNT(2400) },
		{ .kind = RAW_CLOCK, .count = COUNT(3200), .value = 10 },
		{ .kind = RAW_STORE, .count = COUNT(3200) },
	};
	struct calibration cal;
	uint64_t time;

	calibration_init(&cal, events, 5, SHIFT);
	time = calibration_time(&cal, 4);
	assert_in_range(time, UINT64_C(4294967306000), UINT64_C(4294967306999));
}

/* QEMU does not count an instruction that faults, the plugin does: the bias sinks a little. */
static void a_slightly_lower_bias_is_followed(void **state)
{
	static const struct raw_event events[] = {
		{ .kind = RAW_CLOCK, .count = COUNT(8000), .value = 7 }, /* bias -1000 to -1 */
		{ .kind = RAW_STORE, .count = COUNT(16000) },
	};
	struct calibration cal;

	calibration_init(&cal, events, 2, SHIFT);
	assert_int_equal(calibration_time(&cal, 1), 15999);
}

static void times_never_fall(void **state)
{
	static const struct raw_event events[] = {
		{ .kind = RAW_CLOCK, .count = COUNT(8000), .value = 8 },
		{ .kind = RAW_STORE, .count = COUNT(8800) },
		{ .kind = RAW_CLOCK, .count = COUNT(9600), .value = 5 },
		{ .kind = RAW_STORE, .count = COUNT(9600) },
	};
	struct calibration cal;
	uint64_t first;

	calibration_init(&cal, events, 4, SHIFT);
	first = calibration_time(&cal, 1);
	assert_true(calibration_time(&cal, 3) >= first);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_idle_time_is_the_count),
		cmocka_unit_test(a_jump_belongs_to_the_idle),
		cmocka_unit_test(a_jump_without_a_known_idle_comes_before_the_store),
		cmocka_unit_test(the_counter_may_wrap),
		cmocka_unit_test(a_slightly_lower_bias_is_followed),
		cmocka_unit_test(times_never_fall),
	};

	return cmocka_run_group_tests_name("pins/calibrate", tests, NULL, NULL);
}
