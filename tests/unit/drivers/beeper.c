// SPDX-License-Identifier: GPL-2.0-only
/* Tests of drivers/beeper.c on the test port (tests/port), in virtual time. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../../drivers/beeper.c"
#include "test-port.h"

static char last_log[512];
static struct fy_device device;

void test_log(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(last_log, sizeof(last_log), fmt, ap);
	va_end(ap);
}

static int probe(void **state)
{
	test_now = 1000;
	test_rises = test_first_rise = test_last_fall = 0;
	test_gpio_result = test_offer_result = 0;
	device = (struct fy_device){ .state = calloc(1, fy_driver_beeper.state_size) };
	return fy_driver_beeper.probe(&device);
}

static int remove_device(void **state)
{
	fy_driver_beeper.remove(&device);
	assert_int_equal(test_level, 0);
	assert_false(test_timer->running);
	free(device.state);
	return 0;
}

static long put(struct session *session, const char *text)
{
	return beeper_stream.write(&device, session, text, strlen(text));
}

static void plays_a_tone_of_whole_periods(void **state)
{
	struct session s = { 0 };

	assert_int_equal(put(&s, "t440 500000\n"), 12);
	assert_false(beeper_stream.drained(&device, &s));
	test_run_until(UINT64_MAX);
	assert_true(beeper_stream.drained(&device, &s));
	assert_int_equal(test_rises, 220);
	assert_int_equal(test_first_rise, 1000);
	/*
	 * 439 half periods of 1136363 ns later it falls for the last time, and the tone takes all
	 * of its half second.
	 */
	assert_int_equal(test_last_fall - test_first_rise, 439ULL * 1136363);
	assert_int_equal(test_now, 1000 + 500000000);
}

static void sends_morse_in_the_recommended_proportions(void **state)
{
	struct session s = { 0 };

	/*
	 * "Paris " is 50 dots; without the space after the word's last letter, 46. A dot at 20
	 * words per minute is 60 ms.
	 */
	assert_int_equal(put(&s, "mparis\n"), 7);
	test_run_until(UINT64_MAX);
	assert_int_equal(test_now - 1000, 46 * 60000000ULL);
	/* 10 dots and 4 dashes of 700 Hz: 42 and 126 periods. */
	assert_int_equal(test_rises, 10 * 42 + 4 * 126);
}

static void words_are_seven_dots_apart_and_spaces_around_do_not_count(void **state)
{
	struct session s = { 0 };

	assert_int_equal(put(&s, "m  e   E  \n"), 11);
	test_run_until(UINT64_MAX);
	/* dot, gap of 7, dot, gap of 3 */
	assert_int_equal(test_now - 1000, (1 + 7 + 1 + 3) * 60000000ULL);
}

static void every_character_of_the_table_has_its_signals(void **state)
{
	struct session s = { 0 };
	char line[8];

	for (size_t i = 0; i < sizeof(morse_table) / sizeof(morse_table[0]); i++) {
		const struct morse *m = &morse_table[i];
		uint64_t start, dots = 2;

		for (const char *c = m->signals; *c; c++)
			dots += *c == '-' ? 4 : 2;
		start = test_now;
		snprintf(line, sizeof(line), "m%c\n", m->character);
		assert_int_equal(put(&s, line), 3);
		test_run_until(UINT64_MAX);
		assert_int_equal(test_now - start, dots * 60000000ULL);
	}
}

static void refuses_a_bad_line_and_names_the_column(void **state)
{
	static const struct {
		const char *line, *log;
	} cases[] = {
		{ "x\n", "column 1: expected t, m or p: x" },
		{ " t440 1\n", "column 1: expected t, m or p:  t440 1" },
		{ "t\n", "column 2: expected a frequency, 1 to 20000 Hz: t" },
		{ "t0 1\n", "column 2: expected a frequency, 1 to 20000 Hz: t0 1" },
		{ "t20001 1\n", "column 2: expected a frequency, 1 to 20000 Hz: t20001 1" },
		{ "t99999999999999999999 1\n",
		  "column 2: expected a frequency, 1 to 20000 Hz: t99999999999999999999 1" },
		{ "t440\n", "column 5: expected a space and a duration: t440" },
		{ "t44x 1\n", "column 4: expected a space and a duration: t44x 1" },
		{ "t440 \n", "column 6: expected a duration, 1 to 600000000 us: t440 " },
		{ "t440 600000001\n",
		  "column 6: expected a duration, 1 to 600000000 us: t440 600000001" },
		{ "t440 1 \n", "column 7: expected the end of the line: t440 1 " },
		{ "p-1\n", "column 2: expected a duration, 1 to 600000000 us: p-1" },
		{ "m\n", "column 2: expected a text: m" },
		{ "m  \n", "column 4: expected a text: m  " },
		{ "msos#\n", "column 5: no Morse code for this character: msos#" },
		{ "ms\x1b\n", "column 3: no Morse code for this character: ms?" },
	};
	struct session s = { 0 };

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(put(&s, cases[i].line), FY_ERR_INVALID);
		assert_string_equal(last_log, cases[i].log);
		assert_int_equal(test_rises, 0);
		assert_false(test_timer->running);
	}
	/* And goes on with the next good one. */
	assert_int_equal(put(&s, "t1000 1000\n"), 11);
	test_run_until(UINT64_MAX);
	assert_int_equal(test_rises, 1);
}

static void the_limits_themselves_are_fine(void **state)
{
	struct session s = { 0 };

	assert_int_equal(put(&s, "t1 1\n"), 5);
	assert_int_equal(put(&s, "t20000 600000000\n"), 17);
	assert_int_equal(put(&s, "p600000000\n"), 11);
	test_run_until(UINT64_MAX);
	assert_int_equal(test_rises, 12000000);
}

static void a_line_may_come_in_pieces(void **state)
{
	struct session s = { 0 };

	assert_int_equal(put(&s, "t10"), 3);
	assert_int_equal(put(&s, "00 10"), 5);
	assert_int_equal(put(&s, "00\nt1"), 5);
	test_run_until(UINT64_MAX);
	assert_int_equal(test_rises, 1);
	/* What is left is finished by the close. */
	assert_int_equal(put(&s, "000 2000"), 8);
	beeper_stream.close(&device, &s);
	test_run_until(UINT64_MAX);
	assert_int_equal(test_rises, 3);
}

static void takes_the_good_lines_before_a_bad_one_first(void **state)
{
	struct session s = { 0 };

	last_log[0] = '\0';
	assert_int_equal(put(&s, "p1\np2\ntx\np3\n"), 6);
	assert_string_equal(last_log, "");
	assert_int_equal(put(&s, "tx\np3\n"), FY_ERR_INVALID);
	assert_string_equal(last_log, "column 2: expected a frequency, 1 to 20000 Hz: tx");
}

static void a_line_too_long_is_refused_at_the_first_column_too_many(void **state)
{
	struct session s = { 0 };
	char line[1001];

	memset(line, 'e', 1000);
	line[0] = 'm';
	line[1000] = '\0';
	assert_int_equal(put(&s, line), 1000);
	assert_int_equal(put(&s, "\n"), FY_ERR_INVALID);
	assert_non_null(strstr(last_log, "column 256: the line is too long"));
	/* 255 characters are fine. */
	line[255] = '\0';
	assert_int_equal(put(&s, line), 255);
	assert_int_equal(put(&s, "\n"), 1);
	test_run_until(UINT64_MAX);
	assert_int_equal(test_rises, 254 * 42);
}

static void a_full_queue_takes_no_more_until_it_has_room(void **state)
{
	struct session s = { 0 };
	int lines = 0, before;
	long rc;

	/*
	 * A line needs as much room as it has characters, so that it goes in whole: here that of
	 * "t100 10000".
	 */
	while ((rc = put(&s, "t100 10000\n")) == 11)
		lines++;
	assert_int_equal(rc, 10);
	assert_int_equal(lines, QUEUE_SIZE - 9);
	assert_int_equal(put(&s, "\n"), FY_ERR_AGAIN);
	before = test_ready_calls;
	test_run_until(test_now + 10000000);
	assert_int_equal(test_ready_calls, before + 1);
	assert_int_equal(put(&s, "\n"), 1);
	assert_int_equal(put(&s, "\n"), 1);
	test_run_until(UINT64_MAX);
	assert_int_equal(test_rises, lines + 1);
}

static void two_writers_lines_do_not_mix(void **state)
{
	struct session a = { 0 }, b = { 0 };

	put(&a, "t1000 ");
	put(&b, "p5");
	put(&a, "3000\n");
	put(&b, "000\n");
	test_run_until(UINT64_MAX);
	assert_int_equal(test_rises, 3);
	assert_int_equal(test_now, 1000 + 3000000 + 5000000);
}

static void cancel_stops_the_sound_at_once_and_spares_the_others(void **state)
{
	struct session a = { 0 }, b = { 0 };
	uint64_t rises, now;

	put(&a, "t1000 9000000\n");
	put(&b, "t1000 5000\n");
	put(&a, "t1000 9000000\nt10");
	test_run_until(1000 + 2200000);
	assert_int_equal(test_level, 1);
	rises = test_rises;
	now = test_now;
	beeper_stream.cancel(&device, &a);
	assert_int_equal(test_level, 0);
	assert_true(beeper_stream.drained(&device, &a));
	assert_false(beeper_stream.drained(&device, &b));
	/* B's tone starts now, and A's other one and its unfinished line are forgotten. */
	test_run_until(UINT64_MAX);
	assert_int_equal(test_rises, rises + 5);
	assert_int_equal(test_now, now + 5000000);
	assert_int_equal(put(&a, "\n"), 1);
}

static void cancelling_what_waits_leaves_the_sound_alone(void **state)
{
	struct session a = { 0 }, b = { 0 };

	put(&b, "t1000 5000\n");
	put(&a, "t1000 9000000\n");
	test_run_until(1000 + 2200000);
	beeper_stream.cancel(&device, &a);
	test_run_until(UINT64_MAX);
	assert_int_equal(test_rises, 5);
	beeper_stream.cancel(&device, &a);
	beeper_stream.cancel(&device, &b);
	assert_false(test_timer->running);
}

static void a_late_timer_stretches_the_tone_and_does_not_hurry(void **state)
{
	struct session s = { 0 };
	uint64_t next;

	put(&s, "t1000 10000\n");
	next = test_timer->handler(test_timer->arg, test_timer->when);
	assert_int_equal(next, 1000 + 500000);
	/* Ten periods late. */
	test_now = next + 10000000;
	next = test_timer->handler(test_timer->arg, next);
	assert_int_equal(next, test_now + 500000);
}

static void removal_stops_at_once(void **state)
{
	struct session s = { 0 };

	put(&s, "t1000 9000000\n");
	test_run_until(1000 + 2200000);
	assert_int_equal(test_level, 1);
	/* The teardown removes the device and checks that the pin is low and the timer still. */
}

static void reads_its_properties(void **state)
{
	static const char *const names[] = { "words-per-minute", "tone-hz", NULL };
	static const uint32_t good[] = { 40, 1000 }, bad[] = { 61, 1000 }, zero[] = { 20, 0 };
	struct fy_device dev = { .state = calloc(1, fy_driver_beeper.state_size),
				 .property_names = names };

	dev.property_values = bad;
	assert_int_equal(fy_driver_beeper.probe(&dev), FY_ERR_INVALID);
	assert_string_equal(last_log, "property words-per-minute: expected 1 to 60");
	dev.property_values = zero;
	assert_int_equal(fy_driver_beeper.probe(&dev), FY_ERR_INVALID);
	assert_string_equal(last_log, "property tone-hz: expected 1 to 20000");
	dev.property_values = good;
	assert_int_equal(fy_driver_beeper.probe(&dev), 0);
	assert_string_equal(last_log, "ready: 40 words per minute at 1000 Hz");
	fy_driver_beeper.remove(&dev);
	free(dev.state);
}

static void gives_back_its_pin_when_the_stream_cannot_be_offered(void **state)
{
	struct fy_device dev = { .state = calloc(1, fy_driver_beeper.state_size) };
	struct beeper *b = dev.state;

	test_gpio_result = FY_ERR_DEFER;
	assert_int_equal(fy_driver_beeper.probe(&dev), FY_ERR_DEFER);
	assert_string_equal(last_log,
			    "waiting for the pin that speaker-gpios names; is there such a pin?");
	test_gpio_result = 0;
	test_offer_result = FY_ERR_BUSY;
	assert_int_equal(fy_driver_beeper.probe(&dev), FY_ERR_BUSY);
	assert_false(b->speaker.taken);
	test_offer_result = 0;
	free(dev.state);
}

int main(void)
{
#define DEVICE_TEST(f) cmocka_unit_test_setup_teardown(f, probe, remove_device)
	const struct CMUnitTest tests[] = {
		DEVICE_TEST(plays_a_tone_of_whole_periods),
		DEVICE_TEST(sends_morse_in_the_recommended_proportions),
		DEVICE_TEST(words_are_seven_dots_apart_and_spaces_around_do_not_count),
		DEVICE_TEST(every_character_of_the_table_has_its_signals),
		DEVICE_TEST(refuses_a_bad_line_and_names_the_column),
		DEVICE_TEST(the_limits_themselves_are_fine),
		DEVICE_TEST(a_line_may_come_in_pieces),
		DEVICE_TEST(takes_the_good_lines_before_a_bad_one_first),
		DEVICE_TEST(a_line_too_long_is_refused_at_the_first_column_too_many),
		DEVICE_TEST(a_full_queue_takes_no_more_until_it_has_room),
		DEVICE_TEST(two_writers_lines_do_not_mix),
		DEVICE_TEST(cancel_stops_the_sound_at_once_and_spares_the_others),
		DEVICE_TEST(cancelling_what_waits_leaves_the_sound_alone),
		DEVICE_TEST(a_late_timer_stretches_the_tone_and_does_not_hurry),
		DEVICE_TEST(removal_stops_at_once),
		cmocka_unit_test(reads_its_properties),
		cmocka_unit_test(gives_back_its_pin_when_the_stream_cannot_be_offered),
	};

	return cmocka_run_group_tests_name("beeper", tests, NULL, NULL);
}
