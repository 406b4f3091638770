// SPDX-License-Identifier: GPL-2.0-only
/* From instruction counts to virtual time: see calibrate.h. */
#include "pins/calibrate.h"

#define US_NS 1000
#define SLACK_US \
	1000 /* how far a prediction may be ahead of the clock before it counts as a wrap */

/* What the bias may be, both ends included. */
struct range {
	int64_t min, max;
};

static int64_t spent(const struct calibration *cal, uint64_t count)
{
	return (int64_t)(count << cal->shift);
}

/* The bias according to one read of the clock, whose 32 bits wrap after 71 minutes. */
static struct range read_range(const struct calibration *cal, const struct raw_event *event)
{
	int64_t base = spent(cal, event->count);
	uint64_t least = (uint64_t)(base + cal->bias) / US_NS;
	uint64_t us;

	least = least > SLACK_US ? least - SLACK_US : 0;
	us = least + (uint32_t)(event->value - (uint32_t)least);
	return (struct range){ (int64_t)us * US_NS - base, (int64_t)us * US_NS - base + US_NS - 1 };
}

/*
 * After a jump the exact bias is somewhere in the range. Timers of the guest are set in whole
 * microseconds, and the clock jumps onto the timer: so the time right after the jump was most
 * likely a whole microsecond.
 */
static int64_t choose(struct range range, int64_t jumped_at)
{
	int64_t over = (jumped_at + range.min) % US_NS;
	int64_t whole = range.min + (over ? US_NS - over : 0);

	return whole <= range.max ? whole : range.min + (range.max - range.min) / 2;
}

/* Finds the end of the stretch that begins at cal->end, and its bias. */
static void next_stretch(struct calibration *cal)
{
	size_t start = cal->end, known = start, i;
	struct range range = { INT64_MIN, INT64_MAX };
	bool read = false;

	for (i = start; i < cal->count; i++) {
		struct range r;

		if (cal->events[i].kind == RAW_IDLE) {
			i++;
			break;
		}
		if (cal->events[i].kind != RAW_CLOCK)
			continue;
		r = read_range(cal, &cal->events[i]);
		if (r.min > range.max || r.max < range.min) {
			/*
			 * It jumped without an idle that we know of; what follows the last read
			 * goes with this one.
			 */
			i = known;
			break;
		}
		range.min = r.min > range.min ? r.min : range.min;
		range.max = r.max < range.max ? r.max : range.max;
		known = i + 1;
		read = true;
	}
	cal->end = i;
	if (read && range.max < cal->bias)
		cal->bias = range.max; /* the last choice was too high by less than a microsecond */
	else if (read && range.min > cal->bias)
		cal->bias = choose(range, spent(cal, start ? cal->events[start - 1].count : 0));
}

void calibration_init(struct calibration *cal, const struct raw_event *events, size_t count,
		      int shift)
{
	*cal = (struct calibration){ .events = events, .count = count, .shift = shift };
}

void calibration_init_at(struct calibration *cal, const struct raw_event *events, size_t count,
			 int shift, uint64_t time, uint64_t started)
{
	calibration_init(cal, events, count, shift);
	cal->last = time;
	/* At most this, as more instructions may have been started by then. */
	cal->bias = (int64_t)time - spent(cal, started);
	for (size_t i = 0; i < count; i++) {
		uint64_t us = time / US_NS;
		int64_t most;

		if (events[i].kind != RAW_CLOCK)
			continue;
		/* The bias only grows: it was not above that of the first read. */
		us += (uint32_t)(events[i].value - (uint32_t)us);
		most = (int64_t)(us * US_NS + US_NS - 1) - spent(cal, events[i].count);
		if (most < cal->bias)
			cal->bias = most;
		break;
	}
}

static uint64_t not_before(struct calibration *cal, int64_t time)
{
	if (time > 0 && (uint64_t)time > cal->last)
		cal->last = (uint64_t)time;
	return cal->last;
}

uint64_t calibration_time(struct calibration *cal, size_t index)
{
	while (index >= cal->end)
		next_stretch(cal);
	return not_before(cal, spent(cal, cal->events[index].count) + cal->bias);
}

uint64_t calibration_end(struct calibration *cal, uint64_t count)
{
	while (cal->end < cal->count)
		next_stretch(cal);
	return not_before(cal, spent(cal, count) + cal->bias);
}
