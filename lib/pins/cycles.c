// SPDX-License-Identifier: GPL-2.0-only
/* One pin's changes and cycles: see cycles.h. */
#include "pins/cycles.h"

#define MARGIN_DIVISOR 40 /* of the busy time, before and after it */

/* The next change of the pin at any time. */
static bool next_of_pin(struct pin_walk *walk, struct edge *edge)
{
	while (recording_next(&walk->cursor, edge))
		if (edge->pin == walk->pin)
			return true;
	return false;
}

void pin_walk_begin(struct pin_walk *walk, const struct recording *rec, unsigned int pin,
		    struct window window)
{
	*walk = (struct pin_walk){
		.cursor = recording_begin(rec),
		.window = window,
		.pin = (uint8_t)pin,
		.state = (uint8_t)levels_state(&rec->info.start, pin),
	};
	while (next_of_pin(walk, &walk->edge)) {
		if (walk->edge.time >= window.from) {
			walk->ahead = true;
			return;
		}
		walk->state = walk->edge.state;
	}
}

bool pin_walk_next(struct pin_walk *walk, struct edge *edge)
{
	if (!walk->ahead)
		return false;
	*edge = walk->edge;
	if (edge->time > walk->window.to)
		return false;
	walk->state = edge->state;
	walk->ahead = next_of_pin(walk, &walk->edge);
	return true;
}

void cycles_begin(struct cycles *cycles, const struct recording *rec, unsigned int pin,
		  struct window window)
{
	*cycles = (struct cycles){ .at = BEFORE_RISE };
	pin_walk_begin(&cycles->walk, rec, pin, window);
}

/* A rise begins a cycle; that it also ends one is the caller's business. */
static void start_cycle(struct cycles *cycles, const struct edge *edge)
{
	cycles->now = (struct cycle){ .rise = edge->time };
	cycles->at = IN_HIGH;
}

bool cycles_next(struct cycles *cycles, struct cycle *cycle)
{
	struct edge edge;

	while (pin_walk_next(&cycles->walk, &edge)) {
		if (cycles->at == IN_HIGH) {
			cycles->now.high = edge.time - cycles->now.rise;
			cycles->at = IN_LOW;
			if (edge.state == PIN_LOW)
				continue;
		}
		*cycle = cycles->now;
		if (cycles->at == IN_LOW && !pin_driven(edge.state)) {
			cycles->at = BEFORE_RISE;
			return true;
		}
		if (edge.state != PIN_HIGH)
			continue;
		cycle->period = edge.time - cycle->rise;
		if (cycles->at == IN_LOW) {
			start_cycle(cycles, &edge);
			return true;
		}
		start_cycle(cycles, &edge);
	}
	if (cycles->at != IN_LOW)
		return false;
	cycles->at = BEFORE_RISE;
	*cycle = cycles->now;
	return true;
}

/*
 * Whether the edge changes the level of its pin, which HIGH remembers. A pin that becomes an output
 * and shows low, as most do at first, has not done anything yet.
 */
static bool changes_level(uint64_t *high, const struct edge *edge)
{
	uint64_t bit = UINT64_C(1) << edge->pin;

	if (!pin_driven(edge->state) || (*high & bit) == (edge->state == PIN_HIGH ? bit : 0))
		return false;
	*high ^= bit;
	return true;
}

/* The pins that are high at the start. */
static uint64_t high_at_start(const struct recording *rec)
{
	return rec->info.start.latch & rec->info.start.outputs;
}

struct window busy_window(const struct recording *rec, uint64_t pins)
{
	struct recording_cursor cursor = recording_begin(rec);
	struct window window = { 0, rec->info.end };
	uint64_t high = high_at_start(rec), first = 0, last = 0, margin;
	bool any = false;
	struct edge edge;

	while (recording_next(&cursor, &edge)) {
		if (!(pins >> edge.pin & 1) || !changes_level(&high, &edge))
			continue;
		first = any ? first : edge.time;
		last = edge.time;
		any = true;
	}
	if (!any)
		return window;
	margin = (last - first) / MARGIN_DIVISOR;
	if (margin == 0)
		margin = 1000;
	window.from = first > margin ? first - margin : 0;
	window.to = window.to - last > margin ? last + margin : window.to;
	return window;
}

uint64_t busy_pins(const struct recording *rec)
{
	struct recording_cursor cursor = recording_begin(rec);
	uint64_t pins = 0, levels = 0, high = high_at_start(rec);
	struct edge edge;

	while (recording_next(&cursor, &edge)) {
		pins |= UINT64_C(1) << edge.pin;
		if (changes_level(&high, &edge))
			levels |= UINT64_C(1) << edge.pin;
	}
	return levels ? levels : pins;
}
