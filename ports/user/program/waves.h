/* SPDX-License-Identifier: GPL-2.0-only */
/* What a model's pins did lately, and a drawing of it for the terminal. */
#ifndef PORTS_USER_PROGRAM_WAVES_H
#define PORTS_USER_PROGRAM_WAVES_H

#include <stdio.h>

#include <user.h>

#include "pins/text.h"

#define WAVES_EDGES   4096 /* that are remembered */
#define WAVES_COLUMNS 64   /* of a drawing */

struct waves {
	uint64_t start; /* levels[] are those of this time */
	uint64_t levels;
	unsigned first, count; /* of edge[], which is a ring */
	struct waves_edge {
		uint64_t time;
		uint8_t pin, level;
	} edge[WAVES_EDGES];
};

/* Pin PIN, below 64, went to LEVEL at TIME, not before the edge before. */
void waves_add(struct waves *waves, unsigned pin, int level, uint64_t time);
/* Draws the pins in the mask PINS, from the first remembered edge to END, as `ferry pins` does. */
void waves_draw(const struct waves *waves, uint64_t pins, uint64_t end,
		const struct text_style *style, FILE *out);

#endif
