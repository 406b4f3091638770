// SPDX-License-Identifier: GPL-2.0-only
/* When the key was down: see morse.h. */
#include <math.h>
#include <stdlib.h>

#include "base/array.h"
#include "pins/morse.h"

#define SAME_FREQUENCY 0.05 /* as a share of it */
#define JOIN_PERIODS   2    /* tones this near to each other are one */

struct list {
	struct mark *marks;
	size_t count;
};

static int append(struct list *list, struct mark mark)
{
	struct mark *added = ARRAY_ADD(list->marks, list->count);

	if (!added)
		return -1;
	*added = mark;
	return 0;
}

static int add_tone(struct list *list, const struct tone *tone)
{
	struct mark *last = list->count ? &list->marks[list->count - 1] : NULL;

	if (last && (double)(tone->start - last->end) <= JOIN_PERIODS * tone->periods.mean &&
	    fabs(tone->frequency - last->frequency) <= SAME_FREQUENCY * last->frequency) {
		last->end = tone->end;
		return 0;
	}
	return append(list, (struct mark){ tone->start, tone->end, tone->frequency });
}

static int add_levels(struct list *list, const struct recording *rec, unsigned int pin,
		      struct window window)
{
	struct cycles cycles;
	struct cycle cycle;

	cycles_begin(&cycles, rec, pin, window);
	while (cycles_next(&cycles, &cycle))
		if (append(list, (struct mark){ cycle.rise, cycle.rise + cycle.high, 0 }) < 0)
			return -1;
	return 0;
}

int morse_marks(struct mark **marks, size_t *count, const struct recording *rec, unsigned int pin,
		struct window window, const struct tone *tones, size_t tone_count,
		struct error *err)
{
	struct list list = { 0 };
	int rc = 0;

	for (size_t i = 0; i < tone_count && rc == 0; i++)
		rc = add_tone(&list, &tones[i]);
	if (tone_count == 0)
		rc = add_levels(&list, rec, pin, window);
	if (rc < 0) {
		free(list.marks);
		return error_set(err, "out of memory");
	}
	*marks = list.marks;
	*count = list.count;
	return 0;
}
