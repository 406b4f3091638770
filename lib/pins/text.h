/* SPDX-License-Identifier: GPL-2.0-only */
/* Draws pins for a terminal, and writes what was measured. */
#ifndef LIB_PINS_TEXT_H
#define LIB_PINS_TEXT_H

#include <stdio.h>

#include "pins/plot.h"
#include "pins/report.h"

struct text_style {
	unsigned int columns; /* of the terminal, at least 40 */
	bool ascii;	      /* no Unicode */
	bool colour;
};

/*
 * What suits the terminal on FD, or a file: its width, unless COLUMNS says another; colour on a
 * terminal, unless NO_COLOR or TERM=dumb; Unicode where the locale's characters are UTF-8. The
 * caller has set the locale.
 */
struct text_style text_style_of(int fd);

/* What a report shall tell. */
struct text_parts {
	bool draw, measure, morse;
};

/* All of that, or that the pins did nothing. REPORT has a name. */
void text_report(FILE *out, const struct report *report, const struct text_parts *parts,
		 const struct text_style *style);

/* The waveforms with a time axis; and closer, where edges lie too dense to be told apart. */
void text_draw(FILE *out, const struct report *report, const struct text_style *style);
/* What that is made of: the waveform of a pin, cut into COUNT columns, */
void text_draw_pin(FILE *out, const struct column *columns, unsigned int count, unsigned int pin,
		   const struct text_style *style);
/* and the axis below, as long as CELLS of them. */
void text_draw_axis(FILE *out, struct window window, unsigned int cells, bool instructions,
		    const struct text_style *style);
/* A paragraph a pin: edges, frequency, duty, jitter, tones. */
void text_measure(FILE *out, const struct report *report, const struct text_style *style);
/* A line a message. */
void text_morse(FILE *out, const struct report *report, const struct text_style *style);

#endif
