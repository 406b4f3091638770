/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * User port of <ferry/time.h>: the world's clock, virtual or CLOCK_MONOTONIC, and its queue of
 * timers. See core/user-timer.c.
 */
#ifndef FERRY_PORT_TIME_H
#define FERRY_PORT_TIME_H

struct fy_timer {
	struct fy_timer *next; /* in the queue, the earliest first */
	struct fy_timer **queue;
	struct user_world *world;
	struct fy_device *dev; /* whose driver's it is; NULL: an outlet's or a model's */
	uint64_t due;	       /* what was asked for */
	uint64_t when;	       /* when it will be called: later, in a world that is late */
	fy_timer_handler *handler;
	void *arg;
	bool queued;
	bool thread; /* its handler is no driver's: it may be interrupted */
	bool outlet; /* its handler may call drivers: not while one waits */
};

uint64_t user_now(void);
void user_delay(uint64_t ns);
void user_timer_init_for(struct fy_timer *timer, struct fy_device *dev, fy_timer_handler *handler,
			 void *arg);
void user_timer_start(struct fy_timer *timer, uint64_t when);
void user_timer_stop(struct fy_timer *timer);

static inline uint64_t fy_now_ns(void)
{
	return user_now();
}

static inline void fy_timer_init(struct fy_timer *timer, struct fy_device *dev,
				 fy_timer_handler *handler, void *arg)
{
	user_timer_init_for(timer, dev, handler, arg);
}

static inline void fy_timer_start(struct fy_timer *timer, uint64_t when)
{
	user_timer_start(timer, when);
}

static inline void fy_timer_stop(struct fy_timer *timer)
{
	user_timer_stop(timer);
}

static inline void fy_delay_us(uint32_t us)
{
	user_delay(us * FY_NS_PER_US);
}

#endif
