/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Measures one pin of a recording: how often, how long, how evenly. Times are in the recording's
 * unit.
 */
#ifndef LIB_PINS_MEASURE_H
#define LIB_PINS_MEASURE_H

#include "pins/cycles.h"

/* Of a number of periods: their mean, standard deviation and extremes. */
struct period_stats {
	uint64_t count;
	double mean, deviation;
	uint64_t min, max;
	double duty; /* share of the time that the pin was high in them */
};

struct measurement {
	uint64_t edges;		      /* changes between low and high */
	uint64_t low, high, undriven; /* time spent so, together the window */
	uint8_t first, last;	      /* enum pin_state at the window's start and end */
	/*
	 * From rising edge to rising edge, without pauses: a period that is more than four times as
	 * long as the one before or after it is a pause.
	 */
	struct period_stats periods;
};

void measure(struct measurement *m, const struct recording *rec, unsigned int pin,
	     struct window window);

/* Sums up periods one by one; for measure.c and tones.c. */
struct period_sum {
	uint64_t count, high, min, max;
	double first, sum,
		squares; /* of the differences to the first, so that no digits are lost */
};

void period_add(struct period_sum *sum, const struct cycle *cycle);
struct period_stats period_result(const struct period_sum *sum);

#endif
