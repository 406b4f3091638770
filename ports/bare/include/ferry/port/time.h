/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Bare port of <ferry/time.h>: any number of timers in a queue, over the board's one. What they do
 * is in core/bare-timer.c.
 */
#ifndef FERRY_PORT_TIME_H
#define FERRY_PORT_TIME_H

struct fy_timer {
	struct fy_timer *next; /* in the queue, the earliest first */
	uint64_t when;
	fy_timer_handler *handler;
	void *arg;
	bool queued;
};

uint64_t bare_now_ns(void);
void bare_timer_start(struct fy_timer *timer, uint64_t when);
void bare_timer_stop(struct fy_timer *timer);

static inline uint64_t fy_now_ns(void)
{
	return bare_now_ns();
}

static inline void fy_timer_init(struct fy_timer *timer, struct fy_device *dev,
				 fy_timer_handler *handler, void *arg)
{
	(void)dev;
	*timer = (struct fy_timer){ .handler = handler, .arg = arg };
}

static inline void fy_timer_start(struct fy_timer *timer, uint64_t when)
{
	bare_timer_start(timer, when);
}

static inline void fy_timer_stop(struct fy_timer *timer)
{
	bare_timer_stop(timer);
}

#include <ferry/port/delay.h>

#endif
