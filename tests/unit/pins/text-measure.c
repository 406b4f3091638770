// SPDX-License-Identifier: GPL-2.0-only
/* What was measured is said in words, with nothing averaged that differs. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "pins/text.h"
#include "reports.h"

static struct text_style style;

static void few_edges(void)
{
	scene_begin(&scene);
	scene_edge(&scene, 100000, PIN, PIN_HIGH);
	scene_edge(&scene, 200000, PIN, PIN_LOW);
	scene_edge(&scene, 250000, PIN, PIN_FLOATING);
}

static void measurements_are_said_in_words(void **state)
{
	char *text;

	style = (struct text_style){ .columns = 80 };
	scene_begin(&scene);
	scene_tone(&scene, 100 * MS, 2 * MS, 50);
	open_report(0, 300 * MS, UINT64_C(1) << PIN);
	text = written(text_measure(out, &report, &style));
	assert_string_equal(text, "gpio 17: 100 edges, low at the start, low at the end; high for "
				  "50 ms, low for 250 ms\n"
				  "  frequency 500.000 Hz, period 2 ms mean over 49, duty 50.00 %\n"
				  "  jitter 0 ns standard deviation, periods from 2 ms to 2 ms\n"
				  "  tone at 100 ms: 500.000 Hz for 100 ms, jitter 0 ns\n");
	free(text);
	close_report();
}

static void two_frequencies_are_not_averaged(void **state)
{
	char *text;

	style = (struct text_style){ .columns = 80 };
	scene_begin(&scene);
	scene_tone(&scene, scene_tone(&scene, 100 * MS, 2 * MS, 50), MS, 50);
	open_report(0, 400 * MS, UINT64_C(1) << PIN);
	text = written(text_measure(out, &report, &style));
	assert_null(strstr(text, "  frequency "));
	assert_non_null(strstr(text, "  tone at 100 ms: 500.000 Hz for 100 ms"));
	assert_non_null(strstr(text, "  tone at 200 ms: 1.00000 kHz for 50 ms"));
	free(text);
	close_report();
}

static void a_recording_without_times_says_so(void **state)
{
	char *text;

	style = (struct text_style){ .columns = 80 };
	few_edges();
	scene.info.instructions = true;
	open_report(0, 310000, UINT64_C(1) << PIN);
	text = written(text_measure(out, &report, &style));
	assert_non_null(strstr(text, "high for 100000 instructions"));
	assert_non_null(strstr(
		text, "Times are instruction counts: the recording was made without -icount.\n"));
	free(text);
	close_report();
}

static void morse_is_printed_by_message(void **state)
{
	static const unsigned marks[] = { 60, 180, 60, 60 }; /* L */
	char *text;

	style = (struct text_style){ .columns = 80 };
	scene_begin(&scene);
	for (uint64_t i = 0, t = 100; i < 4; i++) {
		scene_edge(&scene, t * MS, PIN, PIN_HIGH);
		scene_edge(&scene, (t + marks[i]) * MS, PIN, PIN_LOW);
		t += marks[i] + 60;
	}
	open_report(0, 1000 * MS, UINT64_C(1) << PIN);
	text = written(text_morse(out, &report, &style));
	assert_string_equal(text, "gpio 17: Morse at 100 ms: \"L\", 20.0 words per minute\n");
	free(text);
	close_report();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(measurements_are_said_in_words),
		cmocka_unit_test(two_frequencies_are_not_averaged),
		cmocka_unit_test(a_recording_without_times_says_so),
		cmocka_unit_test(morse_is_printed_by_message),
	};

	return cmocka_run_group_tests_name("pins/text-measure", tests, NULL, NULL);
}
