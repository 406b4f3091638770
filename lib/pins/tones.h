/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds tones: stretches in which a pin toggles evenly, at 20 Hz or more. Only for recordings in
 * nanoseconds.
 */
#ifndef LIB_PINS_TONES_H
#define LIB_PINS_TONES_H

#include <stddef.h>

#include "pins/measure.h"

struct tone {
	uint64_t start;	  /* of its first cycle, ns */
	uint64_t end;	  /* of its last cycle, ns */
	double frequency; /* Hz */
	struct period_stats periods;
};

/*
 * Finds the tones of a pin, in order. The caller frees *TONES. Returns 0, or -1 when out of memory.
 */
int tones_find(struct tone **tones, size_t *count, const struct recording *rec, unsigned int pin,
	       struct window window, struct error *err);

#endif
