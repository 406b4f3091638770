// SPDX-License-Identifier: GPL-2.0-only
/* Pins and times are understood as a user writes them, and what is neither is refused. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "pins/parse.h"

static void pins_are_lists_and_ranges(void **state)
{
	static const struct {
		const char *text;
		uint64_t pins;
	} good[] = {
		{ "0", 1 },
		{ "17", 1u << 17 },
		{ "17,47", UINT64_C(1) << 17 | UINT64_C(1) << 47 },
		{ "0-3", 15 },
		{ "2,0-1,53", 7 | UINT64_C(1) << 53 },
		{ "5-5", 32 },
	};
	static const char *const bad[] = {
		"", ",", "x", "54", "-1", "1,", "3-1", "1-", "1 ", "1,,2", "99999999999999999999"
	};
	struct error err;
	uint64_t pins;

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		assert_int_equal(parse_pins(good[i].text, &pins, &err), 0);
		assert_int_equal(pins, good[i].pins);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(parse_pins(bad[i], &pins, &err), -1);
}

static void times_have_units(void **state)
{
	static const struct {
		const char *text;
		uint64_t ns;
	} good[] = {
		{ "0", 0 },
		{ "2", 2000000000 },
		{ "1.5s", 1500000000 },
		{ "250ms", 250000000 },
		{ "0.1us", 100 },
		{ "3µs", 3000 },
		{ "20ns", 20 },
		{ "1e3ns", 1000 },
	};
	static const char *const bad[] = { "", "s", "-1s", "5 m", "nan", "inf", "1e30", "5x" };
	struct error err;
	uint64_t time;

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		assert_int_equal(parse_time(good[i].text, false, &time, &err), 0);
		assert_int_equal(time, good[i].ns);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(parse_time(bad[i], false, &time, &err), -1);
	assert_string_equal(err.text, "'5x' is no time: write 1.5s, 250ms, 100us or 20ns");
}

static void instructions_have_none(void **state)
{
	struct error err;
	uint64_t time;

	assert_int_equal(parse_time("1200", true, &time, &err), 0);
	assert_int_equal(time, 1200);
	assert_int_equal(parse_time("12ms", true, &time, &err), -1);
	assert_string_equal(err.text,
			    "'12ms' is no number of instructions, which this recording counts");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pins_are_lists_and_ranges),
		cmocka_unit_test(times_have_units),
		cmocka_unit_test(instructions_have_none),
	};

	return cmocka_run_group_tests_name("pins/parse", tests, NULL, NULL);
}
