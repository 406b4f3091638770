// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reads Morse code: see morse.h. Marks are first split into messages, where the frequency changes
 * or the pause is long, or a mark is too long to be a dash. Then the unit of each message is
 * estimated: the candidate that explains most marks as one or three units and most gaps as one,
 * three or seven.
 */
#include "pins/morse.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

#define SAME_FREQUENCY 0.05 /* as a share of it */
#define PAUSE_MARKS    10   /* a pause of so many typical marks parts two messages */
#define LONG_MARK      5    /* units: no dash is so long */
#define DASH_FROM      2    /* units: a mark or gap from here on counts as three */
#define WORD_FROM      5    /* units: a gap from here on counts as seven */
#define MORSE_MISFIT   0.25 /* per mark and gap: what fits worse is something else */
#define SAMPLE	       200  /* marks that the estimate is made from */
#define LONGEST_CODE   16
#define PARIS_UNITS    50
#define MINUTE_NS      60e9

struct reader {
	struct morse_message *messages;
	size_t count;
	double unit; /* that the caller gave, or 0 */
};

double morse_wpm(double unit)
{
	return MINUTE_NS / PARIS_UNITS / unit;
}

static double length(const struct mark *mark)
{
	return (double)(mark->end - mark->start);
}

/* The gap after a mark. */
static double gap(const struct mark *mark)
{
	return (double)(mark[1].start - mark->end);
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double median_length(const struct mark *marks, size_t count)
{
	double lengths[SAMPLE] = { 0 };

	if (count > SAMPLE)
		count = SAMPLE;
	for (size_t i = 0; i < count; i++)
		lengths[i] = length(&marks[i]);
	qsort(lengths, count, sizeof(*lengths), by_value);
	return lengths[count / 2];
}

/*
 * How far a length is from the nearest of the multiples that it may be, as a share of that one; at
 * most 1.
 */
static double misfit(double units, bool mark)
{
	double wanted = units < DASH_FROM ? 1 : units < WORD_FROM || mark ? 3 : 7;
	double off = fabs(units - wanted) / wanted;

	/* A pause may be as long as it likes. */
	return !mark && units > 7 ? 0 : off < 1 ? off : 1;
}

static double total_misfit(const struct mark *marks, size_t count, double unit)
{
	double total = 0;

	for (size_t i = 0; i < count; i++) {
		total += misfit(length(&marks[i]) / unit, true);
		if (i + 1 < count)
			total += misfit(gap(&marks[i]) / unit, false);
	}
	return total;
}

/*
 * Every mark may be a dot or a dash: tries what unit follows from either, and takes the best one.
 */
static double estimate_unit(const struct mark *marks, size_t count)
{
	double best = 0, best_misfit = INFINITY;

	if (count > SAMPLE)
		count = SAMPLE;
	for (size_t i = 0; i < count; i++) {
		for (int units = 1; units <= 3; units += 2) {
			double unit = length(&marks[i]) / units;
			double off = unit > 0 ? total_misfit(marks, count, unit) : INFINITY;

			if (off < best_misfit - 1e-9) {
				best = unit;
				best_misfit = off;
			}
		}
	}
	return best;
}

/*
 * Takes the mean over all marks for the unit, now that it is known which are dots and which are
 * dashes.
 */
static double refine_unit(const struct mark *marks, size_t count, double unit)
{
	double units = 0, time = 0;

	for (size_t i = 0; i < count; i++) {
		units += length(&marks[i]) < DASH_FROM * unit ? 1 : 3;
		time += length(&marks[i]);
	}
	return time / units;
}

/*
 * Morse code says something by short and long marks: what has only one length is a blink, or signs
 * that cannot be told from one.
 */
static bool looks_like_morse(const struct mark *marks, size_t count, double unit)
{
	size_t dots = 0;

	for (size_t i = 0; i < count; i++)
		dots += length(&marks[i]) < DASH_FROM * unit;
	return dots > 0 && dots < count &&
	       total_misfit(marks, count, unit) <= MORSE_MISFIT * (double)(2 * count - 1);
}

/* The text being put together. A sign has at most five bytes, and a space before it. */
struct text {
	char *at;
	char code[LONGEST_CODE + 1];
	size_t len;
};

static void end_sign(struct text *text)
{
	const char *sign;

	text->code[text->len] = '\0';
	sign = text->len < LONGEST_CODE ? morse_sign(text->code) : NULL;
	text->at = stpcpy(text->at, sign ? sign : "?");
	text->len = 0;
}

static char *decode(const struct mark *marks, size_t count, double unit)
{
	char *out = malloc(count * 6 + 1);
	struct text text = { .at = out };

	if (!out)
		return NULL;
	for (size_t i = 0; i < count; i++) {
		double pause = i + 1 < count ? gap(&marks[i]) : 0;

		if (text.len < LONGEST_CODE)
			text.code[text.len++] = length(&marks[i]) < DASH_FROM * unit ? '.' : '-';
		if (i + 1 < count && pause < DASH_FROM * unit)
			continue;
		end_sign(&text);
		if (i + 1 < count && pause >= WORD_FROM * unit)
			*text.at++ = ' ';
	}
	*text.at = '\0';
	return out;
}

static double mean_frequency(const struct mark *marks, size_t count)
{
	double cycles = 0, time = 0;

	for (size_t i = 0; i < count; i++) {
		cycles += marks[i].frequency * length(&marks[i]);
		time += length(&marks[i]);
	}
	return time > 0 ? cycles / time : 0;
}

static int add_message(struct reader *r, const struct mark *marks, size_t count, double unit)
{
	struct morse_message *message = ARRAY_ADD(r->messages, r->count);

	if (!message)
		return -1;
	*message = (struct morse_message){
		.start = marks[0].start,
		.end = marks[count - 1].end,
		.frequency = mean_frequency(marks, count),
		.marks = count,
		.unit = unit,
		.text = decode(marks, count, unit),
	};
	return message->text ? 0 : -1;
}

/*
 * Marks without one that is too long. The caller's unit says that it is Morse code; an estimate has
 * to prove itself.
 */
static int read_run(struct reader *r, const struct mark *marks, size_t count, double unit)
{
	if (count == 0)
		return 0;
	if (r->unit <= 0) {
		unit = refine_unit(marks, count, unit);
		if (!looks_like_morse(marks, count, unit))
			return 0;
	}
	return add_message(r, marks, count, unit);
}

/*
 * Marks of one frequency without long pauses. Those too long for a dash are tones that belong to no
 * message.
 */
static int read_group(struct reader *r, const struct mark *marks, size_t count)
{
	double unit = r->unit > 0 ? r->unit : estimate_unit(marks, count);
	size_t start = 0;

	if (unit <= 0)
		return 0;
	for (size_t i = 0; i <= count; i++) {
		if (i < count && length(&marks[i]) < LONG_MARK * unit)
			continue;
		if (read_run(r, marks + start, i - start, unit) < 0)
			return -1;
		start = i + 1;
	}
	return 0;
}

int morse_read(struct morse_message **messages, size_t *count, const struct mark *marks,
	       size_t mark_count, double unit, struct error *err)
{
	struct reader r = { .unit = unit };
	size_t start = 0, end;

	for (; start < mark_count; start = end) {
		double pause;

		for (end = start + 1; end < mark_count; end++)
			if (fabs(marks[end].frequency - marks[start].frequency) >
			    SAME_FREQUENCY * marks[start].frequency)
				break;
		pause = PAUSE_MARKS *
			(unit > 0 ? 3 * unit : median_length(marks + start, end - start));
		for (size_t i = start; i + 1 < end; i++)
			if (gap(&marks[i]) > pause)
				end = i + 1;
		if (read_group(&r, marks + start, end - start) < 0) {
			morse_free(r.messages, r.count);
			return error_set(err, "out of memory");
		}
	}
	*messages = r.messages;
	*count = r.count;
	return 0;
}

void morse_free(struct morse_message *messages, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(messages[i].text);
	free(messages);
}
