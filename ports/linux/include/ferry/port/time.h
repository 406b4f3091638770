/* SPDX-License-Identifier: GPL-2.0-only */
/* Linux port of <ferry/time.h>: CLOCK_MONOTONIC and high-resolution timers. */
#ifndef FERRY_PORT_TIME_H
#define FERRY_PORT_TIME_H

#include <linux/delay.h>
#include <linux/hrtimer.h>
#include <linux/ktime.h>

#include "kernel-compat.h"

struct fy_timer {
	struct hrtimer hrtimer;
	fy_timer_handler *handler;
	void *arg;
};

static inline uint64_t fy_now_ns(void)
{
	return ktime_get_ns();
}

static inline enum hrtimer_restart fy_timer_expired(struct hrtimer *hrtimer)
{
	struct fy_timer *timer = container_of(hrtimer, struct fy_timer, hrtimer);
	uint64_t next = timer->handler(timer->arg, ktime_to_ns(hrtimer_get_expires(hrtimer)));

	if (next == FY_TIMER_STOP)
		return HRTIMER_NORESTART;
	hrtimer_set_expires(hrtimer, ns_to_ktime(next));
	return HRTIMER_RESTART;
}

static inline void fy_timer_init(struct fy_timer *timer, struct fy_device *dev,
				 fy_timer_handler *handler, void *arg)
{
	timer->handler = handler;
	timer->arg = arg;
	hrtimer_setup(&timer->hrtimer, fy_timer_expired, CLOCK_MONOTONIC, HRTIMER_MODE_ABS);
}

static inline void fy_timer_start(struct fy_timer *timer, uint64_t when)
{
	hrtimer_start(&timer->hrtimer, ns_to_ktime(when), HRTIMER_MODE_ABS);
}

static inline void fy_timer_stop(struct fy_timer *timer)
{
	hrtimer_cancel(&timer->hrtimer);
}

static inline void fy_delay_us(uint32_t us)
{
	udelay(us);
}

#endif
