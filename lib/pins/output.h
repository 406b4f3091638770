/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The files that `ferry pins` writes. Each function writes to a stream that the caller opened; what
 * goes wrong there the caller finds by ferror(). The same recording gives the same bytes.
 */
#ifndef LIB_PINS_OUTPUT_H
#define LIB_PINS_OUTPUT_H

#include <jansson.h>
#include <stdio.h>

#include "pins/report.h"

/*
 * Value change dump, IEEE 1364-2005 chapter 18: one-bit wires, time in ns from the window's start,
 * the states there at #0. A pin that is no output is `z` (input) or `x` (alternate function).
 */
void vcd_write(FILE *out, const struct report *report);

/* A drawing of the pins, complete in itself. */
void svg_write(FILE *out, const struct report *report);

/*
 * The level of one pin as sound: mono, 16 bits, RATE samples a second. Each sample is the mean of
 * the level over its time; the constant part is filtered out. Returns 0, or -1 with ERR set: the
 * window is longer than an hour, or has no times (a recording in instructions).
 */
int wav_write(FILE *out, const struct report *report, unsigned int pin, unsigned int rate,
	      struct error *err);

/* Everything measured. The caller owns the result; NULL when out of memory. */
json_t *report_json(const struct report *report);

#endif
