// SPDX-License-Identifier: GPL-2.0-only
/* Measures a pin: see measure.h. */
#include "pins/measure.h"

#include <math.h>

#define PAUSE_FACTOR 4

void period_add(struct period_sum *sum, const struct cycle *cycle)
{
	double difference;

	if (sum->count == 0) {
		sum->first = (double)cycle->period;
		sum->min = sum->max = cycle->period;
	}
	difference = (double)cycle->period - sum->first;
	sum->count++;
	sum->sum += difference;
	sum->squares += difference * difference;
	sum->high += cycle->high;
	sum->min = cycle->period < sum->min ? cycle->period : sum->min;
	sum->max = cycle->period > sum->max ? cycle->period : sum->max;
}

struct period_stats period_result(const struct period_sum *sum)
{
	struct period_stats stats = { .count = sum->count, .min = sum->min, .max = sum->max };
	double n = (double)sum->count, mean, variance;

	if (!sum->count)
		return stats;
	mean = sum->sum / n;
	variance = sum->squares / n - mean * mean;
	stats.mean = sum->first + mean;
	stats.deviation = variance > 0 ? sqrt(variance) : 0;
	stats.duty = (double)sum->high / (stats.mean * n);
	return stats;
}

static bool is_pause(const struct cycle *cycle, const struct cycle *neighbour)
{
	return neighbour->period && cycle->period / PAUSE_FACTOR > neighbour->period;
}

static struct period_stats measure_periods(const struct recording *rec, unsigned int pin,
					   struct window window)
{
	struct period_sum sum = { 0 };
	struct cycle before = { 0 }, now = { 0 }, next;
	struct cycles cycles;
	bool more;

	cycles_begin(&cycles, rec, pin, window);
	do {
		more = cycles_next(&cycles, &next);
		if (!more)
			next = (struct cycle){ 0 };
		if (now.period && !is_pause(&now, &before) && !is_pause(&now, &next))
			period_add(&sum, &now);
		before = now;
		now = next;
	} while (more);
	return period_result(&sum);
}

static void spend(struct measurement *m, uint8_t state, uint64_t time)
{
	if (state == PIN_LOW)
		m->low += time;
	else if (state == PIN_HIGH)
		m->high += time;
	else
		m->undriven += time;
}

void measure(struct measurement *m, const struct recording *rec, unsigned int pin,
	     struct window window)
{
	struct pin_walk walk;
	struct edge edge;
	uint64_t since = window.from;
	uint8_t state;

	pin_walk_begin(&walk, rec, pin, window);
	state = walk.state;
	*m = (struct measurement){ .first = state };
	while (pin_walk_next(&walk, &edge)) {
		spend(m, state, edge.time - since);
		m->edges += pin_driven(state) && pin_driven(edge.state);
		since = edge.time;
		state = edge.state;
	}
	spend(m, state, window.to - since);
	m->last = state;
	m->periods = measure_periods(rec, pin, window);
}
