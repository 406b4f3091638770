/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What every drawing of a pin needs: its waveform cut into columns, and a time axis with round
 * numbers.
 */
#ifndef LIB_PINS_PLOT_H
#define LIB_PINS_PLOT_H

#include <stddef.h>

#include "pins/tones.h"

/* What a pin does in one column of a drawing. */
struct column {
	uint8_t first, last; /* enum pin_state when the column begins and ends */
	uint64_t edges;	     /* changes in it */
};

void plot_columns(struct column *columns, size_t count, const struct recording *rec,
		  unsigned int pin, struct window window);

/* The time axis: ticks at FIRST, FIRST + STEP and so on, counted from the window's start. */
struct axis {
	double step;
	double per_unit;  /* ns in the unit of the labels; 1 for instructions */
	const char *unit; /* "ms" */
	int decimals;	  /* of the labels, in that unit */
};

/* An axis with at most MOST_TICKS steps. */
struct axis plot_axis(struct window window, unsigned int most_ticks, bool instructions);

/*
 * A time as a person writes it: "1.25 ms", "136 µs"; "1200 instructions". Returns BUF. DIGITS are
 * significant ones.
 */
char *plot_time(char *buf, size_t size, double time, int digits, bool instructions);
/* Spells "µ" as "u", in place, for terminals that know ASCII only. Returns TEXT. */
char *plot_ascii(char *text);
/* A frequency: "440.00 Hz", "4.0000 kHz". */
char *plot_frequency(char *buf, size_t size, double hz, int digits);
/* "pin 17 was" as a word: "low", "high", "floating (input)", "alternate function". */
const char *plot_state(unsigned int state);

/*
 * Where to look closer: a few cycles in the middle of the longest tone, or else the busiest-looking
 * start. False when the window shows single edges well enough: fewer than MANY edges in it.
 */
bool plot_zoom(struct window *zoom, const struct recording *rec, unsigned int pin,
	       struct window window, const struct tone *tones, size_t tone_count, uint64_t edges,
	       uint64_t many);

#endif
