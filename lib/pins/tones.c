// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finds tones: see tones.h. A cycle belongs to the tone when its period is near the tone's mean.
 * One late edge makes a period too long and the next one too short; so a period that does not fit
 * is kept until the next one is known.
 */
#include "pins/tones.h"

#include <math.h>
#include <stdlib.h>

#include "base/array.h"

#define S_NS	       1e9
#define LONGEST_PERIOD 50000000u /* ns: 20 Hz */
#define FEWEST_CYCLES  3
#define TOLERANCE      0.2 /* of the mean period */

struct finder {
	struct tone *tones;
	size_t count;

	struct period_sum sum; /* of the tone being followed */
	uint64_t start, last_rise;
	struct cycle odd; /* did not fit; waits for the next one. period 0: there is none */
};

static double mean(const struct finder *f)
{
	return f->sum.first + f->sum.sum / (double)f->sum.count;
}

static bool near(double value, double wanted, double tolerance)
{
	return fabs(value - wanted) <= tolerance;
}

static void take(struct finder *f, const struct cycle *cycle)
{
	if (f->sum.count == 0)
		f->start = cycle->rise;
	period_add(&f->sum, cycle);
	f->last_rise = cycle->rise + cycle->period;
}

/*
 * Ends the tone at the last rise that belongs to it; with LAST, that rise begins one more cycle of
 * it.
 */
static int finish(struct finder *f, bool last)
{
	if (f->sum.count + last >= FEWEST_CYCLES && f->sum.count) {
		struct tone *tone = ARRAY_ADD(f->tones, f->count);

		if (!tone)
			return -1;
		if (f->count > 1 && tone[-1].end > f->start)
			tone[-1].end = f->start; /* the silence in it was a lower tone */
		tone->periods = period_result(&f->sum);
		tone->frequency = S_NS / tone->periods.mean;
		tone->start = f->start;
		tone->end = f->last_rise + (last ? (uint64_t)tone->periods.mean : 0);
	}
	f->sum = (struct period_sum){ 0 };
	return 0;
}

static int add(struct finder *f, const struct cycle *cycle);

/*
 * Decides on the odd cycle with the one after it: together they are two periods of the tone, or the
 * tone has ended.
 */
static int resolve_odd(struct finder *f, const struct cycle *next)
{
	struct cycle odd = f->odd;
	bool slower = (double)odd.period > mean(f);

	f->odd.period = 0;
	if (next && next->period &&
	    near((double)(odd.period + next->period), 2 * mean(f), 2 * TOLERANCE * mean(f))) {
		take(f, &odd);
		take(f, next);
		return 0;
	}
	/*
	 * A longer period is a cycle of the tone and silence after it, a shorter one is of a higher
	 * tone.
	 */
	if (finish(f, slower) < 0 || add(f, &odd) < 0)
		return -1;
	return next ? add(f, next) : 0;
}

static int add(struct finder *f, const struct cycle *cycle)
{
	if (f->odd.period)
		return resolve_odd(f, cycle);
	if (cycle->period == 0 || cycle->period > LONGEST_PERIOD)
		return finish(f, true);
	if (f->sum.count == 0 || near((double)cycle->period, mean(f), TOLERANCE * mean(f)))
		take(f, cycle);
	else
		f->odd = *cycle;
	return 0;
}

int tones_find(struct tone **tones, size_t *count, const struct recording *rec, unsigned int pin,
	       struct window window, struct error *err)
{
	struct finder f = { 0 };
	struct cycles cycles;
	struct cycle cycle;

	cycles_begin(&cycles, rec, pin, window);
	while (cycles_next(&cycles, &cycle))
		if (add(&f, &cycle) < 0)
			goto fail;
	if (f.odd.period && resolve_odd(&f, NULL) < 0)
		goto fail;
	if (finish(&f, false) < 0)
		goto fail;
	if (f.count && f.tones[f.count - 1].end > window.to)
		f.tones[f.count - 1].end = window.to;
	*tones = f.tones;
	*count = f.count;
	return 0;

fail:
	free(f.tones);
	return error_set(err, "out of memory");
}
