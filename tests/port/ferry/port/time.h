/* SPDX-License-Identifier: GPL-2.0-only */
/* Test port of <ferry/time.h>: one timer, on a clock that moves when the test says so. */
#include <assert.h>

struct fy_timer {
	fy_timer_handler *handler;
	void *arg;
	uint64_t when;
	bool running;
};

extern struct fy_timer *test_timer;

static inline uint64_t fy_now_ns(void)
{
	return test_now;
}

static inline void fy_timer_init(struct fy_timer *timer, struct fy_device *dev,
				 fy_timer_handler *handler, void *arg)
{
	*timer = (struct fy_timer){ .handler = handler, .arg = arg };
	test_timer = timer;
}

static inline void fy_timer_start(struct fy_timer *timer, uint64_t when)
{
	timer->when = when;
	timer->running = true;
}

static inline void fy_timer_stop(struct fy_timer *timer)
{
	timer->running = false;
}

static inline void fy_delay_us(uint32_t us)
{
	assert(us >= 1 && us <= 1000);
	test_now += us * FY_NS_PER_US;
}
