// SPDX-License-Identifier: GPL-2.0-only
/* Everything about the pins of a window: see report.h. */
#include "pins/report.h"

#include <stdlib.h>

#define FEWEST_MARKS 5 /* fewer may be tones that only look like Morse */

static int look_at(struct pin_report *pin, const struct recording *rec, struct window window,
		   double morse_unit, struct error *err)
{
	struct mark *marks = NULL;
	size_t count = 0;
	int rc;

	measure(&pin->measured, rec, pin->pin, window);
	if (!rec->info.instructions &&
	    tones_find(&pin->tones, &pin->tone_count, rec, pin->pin, window, err) < 0)
		return -1;
	if (morse_marks(&marks, &count, rec, pin->pin, window, pin->tones, pin->tone_count, err) <
	    0)
		return -1;
	rc = morse_read(&pin->messages, &pin->message_count, marks, count, morse_unit, err);
	free(marks);
	return rc;
}

int report_make(struct report *report, const struct recording *rec, uint64_t pins,
		struct window window, double morse_unit, struct error *err)
{
	*report = (struct report){ .rec = rec, .window = window, .name = "" };
	report->pins = calloc((size_t)__builtin_popcountll(pins) + 1, sizeof(*report->pins));
	if (!report->pins)
		return error_set(err, "out of memory");
	for (; pins; pins &= pins - 1) {
		struct pin_report *pin = &report->pins[report->count++];

		pin->pin = (unsigned int)__builtin_ctzll(pins);
		if (look_at(pin, rec, window, morse_unit, err) < 0)
			return -1;
	}
	return 0;
}

int report_make_busy(struct report *report, const struct recording *rec, const char *name,
		     struct error *err)
{
	uint64_t pins = busy_pins(rec);
	struct window window = busy_window(rec, pins);
	int rc;

	*report = (struct report){ 0 };
	if (window.from >= window.to)
		return error_set(err, "%s: the recording has no time in it", name);
	rc = report_make(report, rec, pins, window, 0, err);
	report->name = name;
	return rc;
}

bool report_is_mark(const struct pin_report *pin, const struct tone *tone)
{
	for (size_t i = 0; i < pin->message_count; i++)
		if (pin->messages[i].marks >= FEWEST_MARKS &&
		    tone->start >= pin->messages[i].start && tone->end <= pin->messages[i].end)
			return true;
	return false;
}

void report_free(struct report *report)
{
	for (size_t i = 0; i < report->count; i++) {
		free(report->pins[i].tones);
		morse_free(report->pins[i].messages, report->pins[i].message_count);
	}
	free(report->pins);
	*report = (struct report){ 0 };
}
