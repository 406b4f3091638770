// SPDX-License-Identifier: GPL-2.0-only
/* Columns and axes for drawings: see plot.h. */
#include "pins/plot.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define ZOOM_CYCLES 5

static const struct unit {
	double size;
	const char *name;
} units[] = {
	{ 1e9, "s" },
	{ 1e6, "ms" },
	{ 1e3, "µs" },
	{ 1, "ns" },
};

static const struct unit *unit_for(double time)
{
	const struct unit *unit = units;

	/* What rounds up to a whole unit is written in it. */
	while (unit->size > 1 && fabs(time) < unit->size * (1 - 1e-6))
		unit++;
	return unit;
}

void plot_columns(struct column *columns, size_t count, const struct recording *rec,
		  unsigned int pin, struct window window)
{
	double per_column = (double)(window.to - window.from) / (double)count;
	struct pin_walk walk;
	struct edge edge;
	uint8_t state;
	size_t at = 0;

	pin_walk_begin(&walk, rec, pin, window);
	state = walk.state;
	columns[0] = (struct column){ .first = state, .last = state };
	while (pin_walk_next(&walk, &edge)) {
		size_t column = per_column > 0 ?
					(size_t)((double)(edge.time - window.from) / per_column) :
					0;

		while (at < column && at + 1 < count)
			columns[++at] = (struct column){ .first = state, .last = state };
		state = edge.state;
		columns[at].last = state;
		columns[at].edges++;
	}
	while (++at < count)
		columns[at] = (struct column){ .first = state, .last = state };
}

/* The smallest of 1, 2, 5, 10, 20, 50, ... that is not below VALUE. */
static double round_up(double value)
{
	double power = pow(10, floor(log10(value)));

	for (int digit = 1; digit < 10; digit = digit == 2 ? 5 : digit * 2)
		if (power * digit >= value * (1 - 1e-9))
			return power * digit;
	return power * 10;
}

struct axis plot_axis(struct window window, unsigned int most_ticks, bool instructions)
{
	double length = (double)(window.to - window.from);
	struct axis axis = { .per_unit = 1, .unit = "instructions" };

	if (length < 1)
		length = 1;
	axis.step = round_up(length / (most_ticks ? most_ticks : 1));
	if (axis.step < 1)
		axis.step = 1;
	if (!instructions) {
		const struct unit *unit = unit_for(length);

		axis.per_unit = unit->size;
		axis.unit = unit->name;
	}
	while (axis.decimals < 9 &&
	       fmod(axis.step / axis.per_unit * pow(10, axis.decimals) + 1e-6, 1) > 1e-5)
		axis.decimals++;
	return axis;
}

/*
 * Takes trailing zeros off a number with a decimal point, and the point with them. Returns its new
 * length.
 */
static int trim(char *buf, int n)
{
	if (!strchr(buf, '.'))
		return n;
	while (buf[n - 1] == '0')
		n--;
	n -= buf[n - 1] == '.';
	buf[n] = '\0';
	return n;
}

/* Prints VALUE with so many significant digits, without an exponent. */
static int print_digits(char *buf, size_t size, double value, int digits)
{
	int before = fabs(value) >= 1 ? (int)floor(log10(fabs(value))) + 1 : 1;

	return snprintf(buf, size, "%.*f", digits > before ? digits - before : 0, value);
}

char *plot_time(char *buf, size_t size, double time, int digits, bool instructions)
{
	const struct unit *unit = unit_for(time);
	int n;

	if (instructions) {
		snprintf(buf, size, "%.0f instructions", time);
		return buf;
	}
	if (unit->size <= 1)
		digits = 1; /* whole nanoseconds */
	n = print_digits(buf, size, time / unit->size, digits);
	if (n > 0 && (size_t)n < size)
		n = trim(buf, n);
	if (n > 0 && (size_t)n < size)
		snprintf(buf + n, size - (size_t)n, " %s", unit->name);
	return buf;
}

char *plot_ascii(char *text)
{
	static const char micro[] = "µ";
	char *at = strstr(text, micro);

	if (at) {
		*at = 'u';
		memmove(at + 1, at + sizeof(micro) - 1, strlen(at + sizeof(micro) - 1) + 1);
	}
	return text;
}

char *plot_frequency(char *buf, size_t size, double hz, int digits)
{
	static const struct unit prefixes[] = { { 1e6, "MHz" }, { 1e3, "kHz" }, { 0, "Hz" } };
	const struct unit *prefix = prefixes;
	int n;

	while (hz < prefix->size)
		prefix++;
	n = print_digits(buf, size, prefix->size > 0 ? hz / prefix->size : hz, digits);
	if (n > 0 && (size_t)n < size)
		snprintf(buf + n, size - (size_t)n, " %s", prefix->name);
	return buf;
}

const char *plot_state(unsigned int state)
{
	static const char *const names[] = { "low", "high", "floating (input)",
					     "alternate function" };

	return names[state & 3];
}

bool plot_zoom(struct window *zoom, const struct recording *rec, unsigned int pin,
	       struct window window, const struct tone *tones, size_t tone_count, uint64_t edges,
	       uint64_t many)
{
	const struct tone *longest = NULL;
	struct cycles cycles;
	struct cycle cycle;
	uint64_t start = 0;
	double period;

	if (edges < many)
		return false;
	for (size_t i = 0; i < tone_count; i++)
		if (!longest || tones[i].end - tones[i].start > longest->end - longest->start)
			longest = &tones[i];
	if (longest) {
		start = longest->start + (longest->end - longest->start) / 2;
		period = longest->periods.mean;
	} else {
		struct measurement m;

		measure(&m, rec, pin, window);
		start = window.from;
		period = m.periods.mean;
	}
	if (period < 1)
		return false;
	/* Begins a quarter of a period before a rise. */
	cycles_begin(&cycles, rec, pin, (struct window){ start, window.to });
	if (!cycles_next(&cycles, &cycle))
		return false;
	zoom->from = cycle.rise - window.from > period / 4 ? cycle.rise - (uint64_t)(period / 4) :
							     window.from;
	zoom->to = zoom->from + (uint64_t)(period * ZOOM_CYCLES);
	if (zoom->to > window.to)
		zoom->to = window.to;
	return zoom->to - zoom->from < (window.to - window.from) / 2;
}
