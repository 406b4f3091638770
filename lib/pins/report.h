/* SPDX-License-Identifier: GPL-2.0-only */
/* Everything that can be said about one pin in a window, found once and shared by all outputs. */
#ifndef LIB_PINS_REPORT_H
#define LIB_PINS_REPORT_H

#include "pins/measure.h"
#include "pins/morse.h"
#include "pins/tones.h"

struct pin_report {
	unsigned int pin;
	struct measurement measured;
	struct tone *tones; /* none for a recording in instructions */
	size_t tone_count;
	struct morse_message *messages;
	size_t message_count;
};

struct report {
	const struct recording *rec;
	struct window window;
	const char *name; /* of the recording */
	struct pin_report *pins;
	size_t count;
};

/*
 * Looks at the PINS (a mask) of REC, which must stay open. MORSE_UNIT is the length of a dot, or 0.
 * Returns 0, or -1 with ERR set when out of memory. REPORT is the caller's to free in either case.
 */
int report_make(struct report *report, const struct recording *rec, uint64_t pins,
		struct window window, double morse_unit, struct error *err);
/*
 * The same of the pins whose level changes, over the time in which they do: what one wants to see
 * first. NAME stays the caller's. Also -1 when the recording has no time in it.
 */
int report_make_busy(struct report *report, const struct recording *rec, const char *name,
		     struct error *err);
/*
 * Whether the tone is a mark in a Morse message of some length, so that it needs no mention of its
 * own.
 */
bool report_is_mark(const struct pin_report *pin, const struct tone *tone);
void report_free(struct report *report);

#endif
