// SPDX-License-Identifier: GPL-2.0-only
/*
 * drivers/beeper.c plays each line with every edge at its time, refuses a wrong one and names its
 * column, keeps writers apart, and stops at once when it is to.
 */
#include "../user/test.h"

#include "../../../drivers/beeper.c"

#define START 1000 /* ns */
#define PIN   17

static struct ferry_sim *sim;
static struct ferry_sim_device *pins, *beeper;
static struct ferry_sim_writer *writer;
static uint64_t rises, first_rise, last_fall;

static void count_edge(void *arg, unsigned pin, int level, uint64_t time)
{
	if (!level)
		last_fall = time;
	else if (!rises++)
		first_rise = time;
}

static void make_world(void)
{
	sim = ferry_sim_new();
	pins = ferry_sim_add_pins(sim, "pins", 32);
	beeper = ferry_sim_add(sim, &fy_driver_beeper, "beeper", NULL);
	ferry_sim_set_pin(beeper, "speaker", "pins", PIN, false);
	rises = first_rise = last_fall = 0;
	assert_int_equal(ferry_sim_watch(pins, PIN, count_edge, NULL), 0);
	ferry_sim_run_until(sim, START);
}

static int probe(void **state)
{
	make_world();
	assert_int_equal(ferry_sim_probe(sim), 0);
	writer = ferry_sim_open(sim, "beeper");
	assert_non_null(writer);
	return 0;
}

static int remove_device(void **state)
{
	ferry_sim_remove(beeper);
	assert_int_equal(ferry_sim_level(pins, PIN), 0);
	assert_int_equal(ferry_sim_timer_due(beeper), FERRY_SIM_NEVER);
	end_world(sim);
	return 0;
}

static long put(struct ferry_sim_writer *to, const char *text)
{
	return ferry_sim_write(to, text, strlen(text));
}

/* Until nothing is left to play: it is then the time at which the last item was over. */
static uint64_t play_all(void)
{
	assert_true(ferry_sim_run_to_idle(sim, 86400 * SECOND));
	return ferry_sim_now(sim);
}

static void plays_a_tone_of_whole_periods(void **state)
{
	assert_int_equal(put(writer, "t440 500000\n"), 12);
	assert_false(ferry_sim_drained(writer));
	play_all();
	assert_true(ferry_sim_drained(writer));
	assert_int_equal(rises, 220);
	assert_int_equal(first_rise, 1000);
	/*
	 * 439 half periods of 1136363 ns later it falls for the last time, and the tone takes all
	 * of its half second.
	 */
	assert_int_equal(last_fall - first_rise, 439ULL * 1136363);
	assert_int_equal(ferry_sim_now(sim), 1000 + 500000000);
}

static void sends_morse_in_the_recommended_proportions(void **state)
{
	/*
	 * "Paris " is 50 dots; without the space after the word's last letter, 46. A dot at 20
	 * words per minute is 60 ms.
	 */
	assert_int_equal(put(writer, "mparis\n"), 7);
	play_all();
	assert_int_equal(ferry_sim_now(sim) - 1000, 46 * 60000000ULL);
	/* 10 dots and 4 dashes of 700 Hz: 42 and 126 periods. */
	assert_int_equal(rises, 10 * 42 + 4 * 126);
}

static void words_are_seven_dots_apart_and_spaces_around_do_not_count(void **state)
{
	assert_int_equal(put(writer, "m  e   E  \n"), 11);
	play_all();
	/* dot, gap of 7, dot, gap of 3 */
	assert_int_equal(ferry_sim_now(sim) - 1000, (1 + 7 + 1 + 3) * 60000000ULL);
}

static void every_character_of_the_table_has_its_signals(void **state)
{
	char line[8];

	for (size_t i = 0; i < sizeof(morse_table) / sizeof(morse_table[0]); i++) {
		const struct morse *m = &morse_table[i];
		uint64_t start, dots = 2;

		for (const char *c = m->signals; *c; c++)
			dots += *c == '-' ? 4 : 2;
		start = ferry_sim_now(sim);
		snprintf(line, sizeof(line), "m%c\n", m->character);
		assert_int_equal(put(writer, line), 3);
		play_all();
		assert_int_equal(ferry_sim_now(sim) - start, dots * 60000000ULL);
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
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(put(writer, cases[i].line), FY_ERR_INVALID);
		assert_string_equal(ferry_sim_last_log(sim), cases[i].log);
		assert_int_equal(rises, 0);
		assert_int_equal(ferry_sim_timer_due(beeper), FERRY_SIM_NEVER);
	}
	/* And goes on with the next good one. */
	assert_int_equal(put(writer, "t1000 1000\n"), 11);
	play_all();
	assert_int_equal(rises, 1);
}

static void the_limits_themselves_are_fine(void **state)
{
	assert_int_equal(put(writer, "t1 1\n"), 5);
	assert_int_equal(put(writer, "t20000 600000000\n"), 17);
	assert_int_equal(put(writer, "p600000000\n"), 11);
	play_all();
	assert_int_equal(rises, 12000000);
}

static void a_line_may_come_in_pieces(void **state)
{
	assert_int_equal(put(writer, "t10"), 3);
	assert_int_equal(put(writer, "00 10"), 5);
	assert_int_equal(put(writer, "00\nt1"), 5);
	play_all();
	assert_int_equal(rises, 1);
	/* What is left is finished by the close. */
	assert_int_equal(put(writer, "000 2000"), 8);
	ferry_sim_close(writer);
	play_all();
	assert_int_equal(rises, 3);
}

static void takes_the_good_lines_before_a_bad_one_first(void **state)
{
	size_t logged_before = ferry_sim_log_count(sim);

	assert_int_equal(put(writer, "p1\np2\ntx\np3\n"), 6);
	assert_int_equal(ferry_sim_log_count(sim), logged_before);
	assert_int_equal(put(writer, "tx\np3\n"), FY_ERR_INVALID);
	assert_string_equal(ferry_sim_last_log(sim),
			    "column 2: expected a frequency, 1 to 20000 Hz: tx");
}

static void a_line_too_long_is_refused_at_the_first_column_too_many(void **state)
{
	char line[1001];

	memset(line, 'e', 1000);
	line[0] = 'm';
	line[1000] = '\0';
	assert_int_equal(put(writer, line), 1000);
	assert_int_equal(put(writer, "\n"), FY_ERR_INVALID);
	assert_non_null(strstr(ferry_sim_last_log(sim), "column 256: the line is too long"));
	/* 255 characters are fine. */
	line[255] = '\0';
	assert_int_equal(put(writer, line), 255);
	assert_int_equal(put(writer, "\n"), 1);
	play_all();
	assert_int_equal(rises, 254 * 42);
}

static void a_full_queue_takes_no_more_until_it_has_room(void **state)
{
	unsigned long before;
	int lines = 0;
	long rc;

	/*
	 * A line needs as much room as it has characters, so that it goes in whole: here that of
	 * "t100 10000".
	 */
	while ((rc = put(writer, "t100 10000\n")) == 11)
		lines++;
	assert_int_equal(rc, 10);
	assert_int_equal(lines, QUEUE_SIZE - 9);
	assert_int_equal(put(writer, "\n"), FY_ERR_AGAIN);
	before = ferry_sim_ready_calls(writer);
	ferry_sim_run_for(sim, 10 * MS);
	assert_int_equal(ferry_sim_ready_calls(writer), before + 1);
	assert_int_equal(put(writer, "\n"), 1);
	assert_int_equal(put(writer, "\n"), 1);
	play_all();
	assert_int_equal(rises, lines + 1);
}

static void two_writers_lines_do_not_mix(void **state)
{
	struct ferry_sim_writer *a = writer, *b = ferry_sim_open(sim, "beeper");

	put(a, "t1000 ");
	put(b, "p5");
	put(a, "3000\n");
	put(b, "000\n");
	play_all();
	assert_int_equal(rises, 3);
	assert_int_equal(ferry_sim_now(sim), 1000 + 3000000 + 5000000);
}

static void cancel_stops_the_sound_at_once_and_spares_the_others(void **state)
{
	struct ferry_sim_writer *a = writer, *b = ferry_sim_open(sim, "beeper");
	uint64_t before, now;

	put(a, "t1000 9000000\n");
	put(b, "t1000 5000\n");
	put(a, "t1000 9000000\nt10");
	ferry_sim_run_until(sim, START + 2200000);
	assert_int_equal(ferry_sim_level(pins, PIN), 1);
	before = rises;
	now = ferry_sim_now(sim);
	ferry_sim_cancel(a);
	assert_int_equal(ferry_sim_level(pins, PIN), 0);
	assert_true(ferry_sim_drained(a));
	assert_false(ferry_sim_drained(b));
	/* B's tone starts now, and A's other one and its unfinished line are forgotten. */
	play_all();
	assert_int_equal(rises, before + 5);
	assert_int_equal(ferry_sim_now(sim), now + 5000000);
	assert_int_equal(put(a, "\n"), 1);
}

static void cancelling_what_waits_leaves_the_sound_alone(void **state)
{
	struct ferry_sim_writer *a = writer, *b = ferry_sim_open(sim, "beeper");

	put(b, "t1000 5000\n");
	put(a, "t1000 9000000\n");
	ferry_sim_run_until(sim, START + 2200000);
	ferry_sim_cancel(a);
	play_all();
	assert_int_equal(rises, 5);
	ferry_sim_cancel(a);
	ferry_sim_cancel(b);
	assert_int_equal(ferry_sim_timer_due(beeper), FERRY_SIM_NEVER);
}

static void a_late_timer_stretches_the_tone_and_does_not_hurry(void **state)
{
	put(writer, "t1000 10000\n");
	/* The one after the next comes ten periods late. */
	ferry_sim_delay_timers(sim, 10 * MS);
	ferry_sim_run_for(sim, 0);
	assert_int_equal(ferry_sim_timer_due(beeper), START + 500000);
	ferry_sim_run_for(sim, 500000 + 10 * MS);
	assert_int_equal(rises, 1);
	assert_int_equal(last_fall, ferry_sim_now(sim));
	assert_int_equal(ferry_sim_timer_due(beeper), ferry_sim_now(sim) + 500000);
}

static void removal_stops_at_once(void **state)
{
	put(writer, "t1000 9000000\n");
	ferry_sim_run_until(sim, START + 2200000);
	assert_int_equal(ferry_sim_level(pins, PIN), 1);
	/* The teardown removes the device and checks that the pin is low and the timer still. */
}

static void reads_its_properties(void **state)
{
	make_world();
	ferry_sim_set_property(beeper, "words-per-minute", 61);
	ferry_sim_set_property(beeper, "tone-hz", 1000);
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_INVALID);
	assert_string_equal(ferry_sim_last_log(sim), "property words-per-minute: expected 1 to 60");
	ferry_sim_set_property(beeper, "words-per-minute", 20);
	ferry_sim_set_property(beeper, "tone-hz", 0);
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_INVALID);
	assert_string_equal(ferry_sim_last_log(sim), "property tone-hz: expected 1 to 20000");
	ferry_sim_set_property(beeper, "words-per-minute", 40);
	ferry_sim_set_property(beeper, "tone-hz", 1000);
	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_string_equal(ferry_sim_last_log(sim), "ready: 40 words per minute at 1000 Hz");
	end_world(sim);
}

static void gives_back_its_pin_when_the_stream_cannot_be_offered(void **state)
{
	make_world();
	ferry_sim_refuse(beeper, FERRY_SIM_GPIO_REQUEST, 0, FY_ERR_DEFER);
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_DEFER);
	assert_string_equal(ferry_sim_last_log(sim),
			    "waiting for the pin that speaker-gpios names; is there such a pin?");
	ferry_sim_refuse(beeper, FERRY_SIM_GPIO_REQUEST, 0, 0);
	ferry_sim_refuse(beeper, FERRY_SIM_STREAM_OFFER, 0, FY_ERR_BUSY);
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_BUSY);
	assert_non_null(ferry_sim_gpio_take(pins, PIN, NULL));
	end_world(sim);
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
