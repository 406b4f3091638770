// SPDX-License-Identifier: GPL-2.0-only
/* Pins and times in a user's words: see parse.h. */
#include "pins/parse.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pins/levels.h"

/* Takes a pin's number off the front of *AT; PINS_COUNT when there is none. */
static unsigned int take_pin(const char **at)
{
	char *end;
	unsigned long pin;

	if (**at < '0' || **at > '9')
		return PINS_COUNT;
	pin = strtoul(*at, &end, 10);
	*at = end;
	return pin < PINS_COUNT ? (unsigned int)pin : PINS_COUNT;
}

int parse_pins(const char *text, uint64_t *pins, struct error *err)
{
	const char *at = text;

	*pins = 0;
	do {
		unsigned int first = take_pin(&at), last = first;

		if (*at == '-') {
			at++;
			last = take_pin(&at);
		}
		if (last == PINS_COUNT || first > last || (*at && *at != ',') ||
		    (*at == ',' && !at[1]))
			return error_set(err,
					 "'%s' is no list of pins: write numbers from 0 to %d, "
					 "such as 17,47 or 0-27",
					 text, PINS_COUNT - 1);
		for (unsigned int pin = first; pin <= last; pin++)
			*pins |= UINT64_C(1) << pin;
	} while (*at++ == ',');
	return 0;
}

int parse_time(const char *text, bool instructions, uint64_t *time, struct error *err)
{
	static const struct {
		const char *name;
		double ns;
	} units[] = { { "", 1e9 },   { "s", 1e9 },  { "ms", 1e6 },
		      { "us", 1e3 }, { "µs", 1e3 }, { "ns", 1 } };
	char *end;
	double value = strtod(text, &end);

	if (end == text || !isfinite(value) || value < 0)
		goto bad;
	if (instructions) {
		if (*end || value >= 0x1p63)
			goto bad;
		*time = (uint64_t)value;
		return 0;
	}
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		if (strcmp(end, units[i].name) != 0)
			continue;
		value = round(value * units[i].ns);
		if (value >= 0x1p63)
			break;
		*time = (uint64_t)value;
		return 0;
	}
bad:
	return error_set(err,
			 instructions ?
				 "'%s' is no number of instructions, which this recording counts" :
				 "'%s' is no time: write 1.5s, 250ms, 100us or 20ns",
			 text);
}
