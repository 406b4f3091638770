/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Class gpio, as a consumer: each edge of a pin with its time, and levels that have settled, as of
 * a key that bounces. Both are made of a watch (<ferry/gpio.h>).
 *
 * A controller remembers of a pin that there was an edge, not how many. So between an edge and its
 * handler there may be others that nobody sees. Whoever watches both edges gets to know of them:
 * when a handler finds the level that it found the last time, an edge is missing, and the next one
 * that is reported says how many at least. No edge is reported twice.
 */
#ifndef FERRY_GPIO_EDGE_H
#define FERRY_GPIO_EDGE_H

#include <ferry/gpio.h>
#include <ferry/time.h>
#include <ferry/work.h>

/* ---- Edges ---- */

struct fy_gpio_edge {
	uint64_t time; /* of the interrupt, fy_now_ns() */
	int level;     /* after it, logical */
	/* edges since the one before that were not reported, at least; 0 when watching only one */
	uint32_t lost;
};

/* Context: as a handler of fy_gpio_watch(). */
typedef void fy_gpio_edge_handler(void *arg, const struct fy_gpio_edge *edge);

/* Part of the driver's state; the fields are not for drivers. */
struct fy_gpio_edge_watch {
	struct fy_gpio *pin;
	fy_gpio_edge_handler *handler;
	void *arg;
	unsigned trigger;
	int level; /* after the last edge, both being watched */
	uint32_t lost;
};

/*
 * Watching begins anew: what the level is now is what it was after the last edge. For a pin that
 * was an output in between. Nothing may happen at the pin meanwhile. Context: as fy_gpio_read().
 */
static inline void fy_gpio_edges_restart(struct fy_gpio_edge_watch *watch)
{
	watch->level = fy_gpio_read(watch->pin);
	watch->lost = 0;
}

static inline void fy_gpio_edge_event(void *arg)
{
	struct fy_gpio_edge_watch *watch = arg;
	struct fy_gpio_edge edge = { .time = fy_gpio_event_time(watch->pin) };

	if (watch->trigger != (FY_GPIO_TRIGGER_RISING | FY_GPIO_TRIGGER_FALLING)) {
		edge.level = watch->trigger == FY_GPIO_TRIGGER_RISING;
	} else {
		edge.level = fy_gpio_read(watch->pin);
		if (edge.level == watch->level || edge.level < 0) {
			watch->lost++;
			return;
		}
		watch->level = edge.level;
		edge.lost = watch->lost;
		watch->lost = 0;
	}
	watch->handler(watch->arg, &edge);
}

/*
 * Watches the edges of the input PIN that TRIGGER names, rising, falling or both, and calls
 * HANDLER(ARG) for each, until fy_gpio_unwatch(). Returns as fy_gpio_watch(); FY_ERR_INVALID also
 * for levels. Context: thread.
 */
static inline int fy_gpio_watch_edges(struct fy_gpio *pin, unsigned trigger,
				      struct fy_gpio_edge_watch *watch,
				      fy_gpio_edge_handler *handler, void *arg)
{
	if (trigger & ~(unsigned)(FY_GPIO_TRIGGER_RISING | FY_GPIO_TRIGGER_FALLING))
		return FY_ERR_INVALID;
	*watch = (struct fy_gpio_edge_watch){
		.pin = pin, .handler = handler, .arg = arg, .trigger = trigger
	};
	fy_gpio_edges_restart(watch);
	return fy_gpio_watch(pin, trigger, fy_gpio_edge_event, watch);
}

/* ---- Levels that have settled ---- */

/* LEVEL has settled, after an edge at the time SINCE. Context: runs in thread context. */
typedef void fy_gpio_settled_handler(void *arg, int level, uint64_t since);

/* Part of the driver's state; the fields are not for drivers. */
struct fy_gpio_settled_watch {
	struct fy_gpio *pin;
	fy_gpio_settled_handler *handler;
	void *arg;
	struct fy_work work;
	uint32_t us;
	int level;	/* that has settled */
	bool changing;	/* there was an edge since */
	uint64_t since; /* at this time */
};

static inline void fy_gpio_settled_event(void *arg)
{
	struct fy_gpio_settled_watch *watch = arg;

	if (!watch->changing)
		watch->since = fy_gpio_event_time(watch->pin);
	watch->changing = true;
	fy_work_start_at(&watch->work, fy_now_ns() + watch->us * FY_NS_PER_US);
}

/* An edge that comes while this runs starts it once more. */
static inline void fy_gpio_settled_work(void *arg)
{
	struct fy_gpio_settled_watch *watch = arg;
	uint64_t since = watch->since;
	int level;

	watch->changing = false;
	level = fy_gpio_read(watch->pin);
	if (level < 0 || level == watch->level)
		return;
	watch->level = level;
	watch->handler(watch->arg, level, since);
}

/*
 * Calls HANDLER(ARG) each time that the input PIN has another level, and has had it for US
 * microseconds, whatever it did before. The level that it has now counts as settled. Returns as
 * fy_gpio_watch(), or what fy_gpio_read() returns. Context: thread.
 */
static inline int fy_gpio_watch_settled(struct fy_gpio *pin, struct fy_device *dev, uint32_t us,
					struct fy_gpio_settled_watch *watch,
					fy_gpio_settled_handler *handler, void *arg)
{
	*watch = (struct fy_gpio_settled_watch){
		.pin = pin, .handler = handler, .arg = arg, .us = us
	};
	fy_work_init(&watch->work, dev, fy_gpio_settled_work, watch);
	watch->level = fy_gpio_read(pin);
	if (watch->level < 0)
		return watch->level;
	return fy_gpio_watch(pin, FY_GPIO_TRIGGER_RISING | FY_GPIO_TRIGGER_FALLING,
			     fy_gpio_settled_event, watch);
}
/* Ends it, and waits for a handler that is running. Harmless on one that is all zero. */
static inline void fy_gpio_unwatch_settled(struct fy_gpio_settled_watch *watch)
{
	if (!watch->pin)
		return;
	fy_gpio_unwatch(watch->pin);
	fy_work_stop(&watch->work);
	watch->pin = NULL;
}

#endif
