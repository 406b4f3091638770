// SPDX-License-Identifier: GPL-2.0-only
/* Writes the level of a pin as a WAV file (RIFF, PCM): see output.h. */
#include <math.h>
#include <string.h>

#include "pins/output.h"
#include "pins/recording-format.h"

#define S_NS	    1e9
#define LONGEST_S   3600
#define AMPLITUDE   12000.0 /* of 32767: a square wave swings up to twice that at its start */
#define CUTOFF_HZ   15.0    /* of the filter that takes the constant part out */
#define HEADER_SIZE 44
#define SAMPLE_SIZE 2

static void write_header(FILE *out, uint64_t samples, unsigned int rate)
{
	uint8_t h[HEADER_SIZE] = { 0 };

	memcpy(h, "RIFF", 4);
	put_le(h + 4, HEADER_SIZE - 8 + samples * SAMPLE_SIZE, 4);
	memcpy(h + 8, "WAVEfmt ", 8);
	put_le(h + 16, 16, 4); /* size of what follows up to "data" */
	put_le(h + 20, 1, 2);  /* PCM */
	put_le(h + 22, 1, 2);  /* channels */
	put_le(h + 24, rate, 4);
	put_le(h + 28, rate * SAMPLE_SIZE, 4);
	put_le(h + 32, SAMPLE_SIZE, 2);
	put_le(h + 34, 8 * SAMPLE_SIZE, 2);
	memcpy(h + 36, "data", 4);
	put_le(h + 40, samples * SAMPLE_SIZE, 4);
	fwrite(h, sizeof(h), 1, out);
}

/* The pin's level over time, as something to take means of. */
struct level {
	struct pin_walk walk;
	bool more;
	struct edge next;
	bool high;
	double at; /* up to here the level was taken; ns since the window's start */
};

/* How long the pin is high from where it was left off until time END. */
static double high_until(struct level *level, double end)
{
	double high = 0;

	while (level->more && (double)(level->next.time - level->walk.window.from) <= end) {
		double edge = (double)(level->next.time - level->walk.window.from);

		high += level->high ? edge - level->at : 0;
		level->at = edge;
		level->high = level->next.state == PIN_HIGH;
		level->more = pin_walk_next(&level->walk, &level->next);
	}
	high += level->high ? end - level->at : 0;
	level->at = end;
	return high;
}

static void write_samples(FILE *out, struct level *level, uint64_t samples, unsigned int rate)
{
	double keep = exp(-2 * M_PI * CUTOFF_HZ / rate);
	double before = level->high, filtered = 0;

	for (uint64_t i = 0; i < samples; i++) {
		double begin = level->at, end = (double)(i + 1) * S_NS / rate;
		double mean = high_until(level, end) / (end - begin);
		uint8_t sample[SAMPLE_SIZE];

		filtered = keep * (filtered + mean - before);
		before = mean;
		put_le(sample, (uint64_t)lrint(filtered * 2 * AMPLITUDE), SAMPLE_SIZE);
		fwrite(sample, sizeof(sample), 1, out);
	}
}

int wav_write(FILE *out, const struct report *report, unsigned int pin, unsigned int rate,
	      struct error *err)
{
	double length = (double)(report->window.to - report->window.from);
	struct level level = { 0 };
	uint64_t samples;

	if (report->rec->info.instructions)
		return error_set(err, "a recording in instructions has no times, so there is no "
				      "sound: record with -icount");
	if (length > LONGEST_S * S_NS)
		return error_set(err,
				 "%.0f s are too long for a WAV file: choose up to %d s with "
				 "--from and --to",
				 length / S_NS, LONGEST_S);
	samples = (uint64_t)ceil(length / S_NS * rate);
	pin_walk_begin(&level.walk, report->rec, pin, report->window);
	level.high = level.walk.state == PIN_HIGH;
	level.more = pin_walk_next(&level.walk, &level.next);
	write_header(out, samples, rate);
	write_samples(out, &level, samples, rate);
	return 0;
}
