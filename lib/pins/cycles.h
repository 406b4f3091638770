/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One pin of a recording, in a window of time: its changes, and its cycles from one rising edge to
 * the next.
 */
#ifndef LIB_PINS_CYCLES_H
#define LIB_PINS_CYCLES_H

#include <stdbool.h>
#include <stdint.h>

#include "pins/recording.h"

/* Times from FROM to TO, of the recording. */
struct window {
	uint64_t from, to;
};

/* The changes of one pin. */
struct pin_walk {
	struct recording_cursor cursor;
	struct window window;
	uint8_t pin;
	uint8_t state; /* enum pin_state, at the window's start and then after each change */
	bool ahead;    /* `edge` is the next one, found while looking for the state at the start */
	struct edge edge;
};

void pin_walk_begin(struct pin_walk *walk, const struct recording *rec, unsigned int pin,
		    struct window window);
/* The next change in the window; false when there is none. */
bool pin_walk_next(struct pin_walk *walk, struct edge *edge);

struct cycle {
	uint64_t rise;
	uint64_t high;	 /* how long the pin stayed high */
	uint64_t period; /* until the next rise; 0 when none follows, or the pin was not driven in
			    between */
};

struct cycles {
	struct pin_walk walk;
	struct cycle now;
	enum { BEFORE_RISE, IN_HIGH, IN_LOW } at;
};

void cycles_begin(struct cycles *cycles, const struct recording *rec, unsigned int pin,
		  struct window window);
bool cycles_next(struct cycles *cycles, struct cycle *cycle);

/*
 * The part of the recording in which the pins (a mask) do something, with a little before and
 * after; all of it when they do nothing.
 */
struct window busy_window(const struct recording *rec, uint64_t pins);
/*
 * The pins of the recording whose level changes, as a mask; when there are none, those that change
 * at all.
 */
uint64_t busy_pins(const struct recording *rec);

#endif
