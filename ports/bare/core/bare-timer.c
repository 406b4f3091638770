// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * Timers: a queue sorted by time over the board's one timer, which is set for the earliest. Times
 * are absolute, so nothing adds up. An interrupt calls the handlers that were due when it came;
 * what they make due is for the next, so that other interrupts get their turn. Handlers run without
 * the lock.
 */
#include <ferry/irq.h>
#include <ferry/time.h>

#include "core.h"

static struct fy_lock queue_lock;
static struct fy_timer *queue;
static struct fy_timer *volatile running; /* whose handler is being called */

/* Behind those of the same time: they are called in the order in which they were started. */
static void insert(struct fy_timer *timer, uint64_t when)
{
	struct fy_timer **at = &queue;

	while (*at && (*at)->when <= when)
		at = &(*at)->next;
	timer->when = when;
	timer->queued = true;
	timer->next = *at;
	*at = timer;
}

static void take_out(struct fy_timer *timer)
{
	struct fy_timer **at = &queue;

	if (!timer->queued)
		return;
	while (*at != timer)
		at = &(*at)->next;
	*at = timer->next;
	timer->queued = false;
}

static void set_hardware(void)
{
	bare_board.timer_set(queue ? queue->when : UINT64_MAX);
}

void bare_timer_start(struct fy_timer *timer, uint64_t when)
{
	fy_irqflags flags = fy_lock(&queue_lock);
	struct fy_timer *first = queue;

	take_out(timer);
	insert(timer, when);
	if (queue == timer || first == timer)
		set_hardware();
	fy_unlock(&queue_lock, flags);
}

void bare_timer_stop(struct fy_timer *timer)
{
	fy_irqflags flags = fy_lock(&queue_lock);

	/* On another core than the handlers', one may be running, and it queues its timer again. */
	while (arch_core() != 0 && running == timer) {
		fy_unlock(&queue_lock, flags);
		flags = fy_lock(&queue_lock);
	}
	if (queue == timer) {
		take_out(timer);
		set_hardware();
	} else {
		take_out(timer);
	}
	fy_unlock(&queue_lock, flags);
}

static void timer_interrupt(void *arg)
{
	fy_irqflags flags = fy_lock(&queue_lock);
	uint64_t now = bare_board.time_ns();
	struct fy_timer *timer;

	(void)arg;
	while ((timer = queue) && timer->when <= now) {
		uint64_t next;

		take_out(timer);
		running = timer;
		fy_unlock(&queue_lock, flags);
		next = timer->handler(timer->arg, timer->when);
		flags = fy_lock(&queue_lock);
		if (next != FY_TIMER_STOP && !timer->queued)
			insert(timer, next);
		running = NULL;
	}
	set_hardware();
	fy_unlock(&queue_lock, flags);
}

void bare_timer_init(void)
{
	bare_clock_init();
	bare_irq_handle(bare_board.timer_irq, timer_interrupt, NULL);
}
