// SPDX-License-Identifier: GPL-2.0-only
/* The sound is that of the pin, sample by sample, and hours of it are refused. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>

#include "pins/output.h"
#include "pins/recording-format.h"
#include "reports.h"

static int16_t sample(const char *wav, size_t n)
{
	return (int16_t)get_le((const uint8_t *)wav + 44 + 2 * n, 2);
}

/* How often the sound rises through zero between two samples. */
static unsigned int rises(const char *wav, size_t from, size_t to)
{
	unsigned int count = 0;

	for (size_t i = from + 1; i < to; i++)
		count += sample(wav, i - 1) <= 0 && sample(wav, i) > 0;
	return count;
}

static void wav_sounds_as_the_pin(void **state)
{
	struct error err;
	char *wav;

	scene_begin(&scene);
	scene_tone(&scene, 500 * MS, 2 * MS, 500);
	open_report(0, 3000 * MS, UINT64_C(1) << PIN);
	wav = written(assert_int_equal(wav_write(out, &report, PIN, 8000, &err), 0));
	assert_memory_equal(wav, "RIFF", 4);
	assert_memory_equal(wav + 8, "WAVEfmt ", 8);
	assert_int_equal(get_le((uint8_t *)wav + 24, 4), 8000);
	assert_int_equal(get_le((uint8_t *)wav + 40, 4), 2 * 24000);
	for (size_t i = 0; i < 4000; i++)
		assert_int_equal(sample(wav, i), 0);
	assert_in_range(rises(wav, 4000, 12000), 499, 501); /* one second of 500 Hz */
	for (size_t i = 20000; i < 24000; i++)
		assert_int_equal(sample(wav, i), 0);
	free(wav);
	close_report();
}

static void wav_has_no_constant_part(void **state)
{
	struct error err;
	double sum = 0;
	char *wav;

	scene_begin(&scene);
	scene_tone(&scene, 0, 1 * MS, 1000);
	open_report(0, 1000 * MS, UINT64_C(1) << PIN);
	wav = written(assert_int_equal(wav_write(out, &report, PIN, 48000, &err), 0));
	for (size_t i = 24000; i < 48000; i++)
		sum += sample(wav, i);
	assert_true(fabs(sum / 24000) < 200);
	free(wav);
	close_report();
}

/*
 * Faster than the ear: what is left of a swing of 24000 is what a sample's time has too much or too
 * little of it.
 */
static void wav_means_what_is_too_fast(void **state)
{
	struct error err;
	char *wav;

	scene_begin(&scene);
	scene_tone(&scene, 0, 2000, 2000); /* 500 kHz for 4 ms */
	open_report(0, 4 * MS, UINT64_C(1) << PIN);
	wav = written(assert_int_equal(wav_write(out, &report, PIN, 48000, &err), 0));
	for (size_t i = 2; i + 1 < 192; i++)
		assert_true(abs(sample(wav, i) - sample(wav, i - 1)) < 1300);
	free(wav);
	close_report();
}

static void wav_of_hours_is_refused(void **state)
{
	struct error err;
	char *wav;

	scene_begin(&scene);
	open_report(0, 7200000 * MS, UINT64_C(1) << PIN);
	wav = written(assert_int_equal(wav_write(out, &report, PIN, 48000, &err), -1));
	assert_string_equal(
		err.text,
		"7200 s are too long for a WAV file: choose up to 3600 s with --from and --to");
	free(wav);
	close_report();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wav_sounds_as_the_pin),
		cmocka_unit_test(wav_has_no_constant_part),
		cmocka_unit_test(wav_means_what_is_too_fast),
		cmocka_unit_test(wav_of_hours_is_refused),
	};

	return cmocka_run_group_tests_name("pins/wav", tests, NULL, NULL);
}
