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

/*
 * The guest was put back to 5 ms when 100 us had been counted, and 20 us more had gone by
 * uncounted. It then sleeps to 5.5 ms before it reads the clock again.
 */
static void times_go_on_from_where_the_guest_was_put_back_to(void **state)
{
	static const struct raw_event events[] = {
		{ .kind = RAW_STORE, .count = COUNT(200000) },
		{ .kind = RAW_IDLE, .count = COUNT(300000) },
		{ .kind = RAW_CLOCK, .count = COUNT(301000), .value = 5501 },
		{ .kind = RAW_STORE, .count = COUNT(302000) },
	};
	struct calibration cal;

	calibration_init_at(&cal, events, 4, SHIFT, 5000000, COUNT(100000));
	/* As well as can be known: the 20 us are not. */
	assert_int_equal(calibration_time(&cal, 0), 5100000);
	assert_in_range(calibration_time(&cal, 3), 5501000, 5503000);
	assert_in_range(calibration_end(&cal, COUNT(303000)), 5502000, 5504000);
}

/* A clock that is read soon tells how much had gone by uncounted. */
static void the_first_read_corrects_where_the_guest_was_put_back_to(void **state)
{
	static const struct raw_event events[] = {
		{ .kind = RAW_CLOCK, .count = COUNT(9000000), .value = 5010 },
		{ .kind = RAW_STORE, .count = COUNT(9010000) },
	};
	struct calibration cal;

	calibration_init_at(&cal, events, 2, SHIFT, 5000000, COUNT(100000));
	assert_in_range(calibration_time(&cal, 1), 5020000, 5021000);
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
		cmocka_unit_test(times_go_on_from_where_the_guest_was_put_back_to),
		cmocka_unit_test(the_first_read_corrects_where_the_guest_was_put_back_to),
	};

	return cmocka_run_group_tests_name("pins/calibrate", tests, NULL, NULL);
}
