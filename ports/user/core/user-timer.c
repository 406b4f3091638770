// SPDX-License-Identifier: GPL-2.0-only
/*
 * Time. There are two queues of timers, sorted by time: of models, which go on while a driver
 * delays, as devices do; and of drivers and outlets, whose handlers come when the driver has
 * returned.
 */
#include <assert.h>
#include <time.h>

#include <ferry/port/enter.h>

#include "world.h"

#define SPINS_FREE 1000 /* looks at clock or registers that take no time */
#define SPIN_NS	   100	/* what each further one takes */

static uint64_t monotonic_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * FY_NS_PER_SEC + (uint64_t)now.tv_nsec;
}

uint64_t user_world_now(const struct user_world *w)
{
	return w->clock == USER_CLOCK_VIRTUAL ? w->now : monotonic_ns();
}

bool user_world_is_virtual(const struct user_world *w)
{
	return w->clock == USER_CLOCK_VIRTUAL;
}

void user_spin(struct user_world *w)
{
	if (w->clock == USER_CLOCK_VIRTUAL && ++w->spins > SPINS_FREE)
		user_advance(w, w->now + SPIN_NS);
}

uint64_t user_now(void)
{
	assert(user_current && "a driver is called by its world");
	user_spin(user_current);
	return user_world_now(user_current);
}

void user_advance(struct user_world *w, uint64_t time)
{
	while (w->events && w->events->when <= time) {
		if (w->events->when > w->now)
			w->now = w->events->when;
		user_run_timer(w, &w->events, w->now);
	}
	if (time > w->now)
		w->now = time;
}

static void delay_real(struct user_world *w, uint64_t ns)
{
	uint64_t end = monotonic_ns() + ns;

	while (monotonic_ns() < end)
		;
	while (user_run_timer(w, &w->events, end))
		;
}

void user_delay(uint64_t ns)
{
	struct user_world *w = user_current;

	assert(w && "a driver is called by its world");
	if (w->clock == USER_CLOCK_VIRTUAL)
		user_advance(w, w->now + ns);
	else
		delay_real(w, ns);
	user_interrupts(w);
}

/* ---- Timers ---- */

static void init(struct fy_timer *timer, struct user_world *w, struct fy_timer **queue,
		 fy_timer_handler *handler, void *arg)
{
	*timer = (struct fy_timer){ .world = w, .queue = queue, .handler = handler, .arg = arg };
}

void user_timer_init_for(struct fy_timer *timer, struct fy_device *dev, fy_timer_handler *handler,
			 void *arg)
{
	init(timer, dev->world, &dev->world->timers, handler, arg);
	timer->dev = dev;
}

void user_timer_init(struct fy_timer *timer, struct user_world *w, fy_timer_handler *handler,
		     void *arg)
{
	init(timer, w, &w->timers, handler, arg);
	timer->thread = true;
	timer->outlet = true;
}

void user_timer_init_for_port(struct fy_timer *timer, struct user_world *w,
			      fy_timer_handler *handler, void *arg)
{
	init(timer, w, &w->timers, handler, arg);
	timer->thread = true;
}

void user_model_timer_init(struct fy_timer *timer, struct user_model *model,
			   fy_timer_handler *handler)
{
	init(timer, model->world, &model->world->events, handler, model);
	timer->thread = true;
}

static void take_out(struct fy_timer *timer)
{
	struct fy_timer **at = timer->queue;

	if (!timer->queued)
		return;
	while (*at != timer)
		at = &(*at)->next;
	*at = timer->next;
	timer->queued = false;
}

/* Behind those of the same time: they are called in the order in which they were started. */
static void insert(struct fy_timer *timer, uint64_t due)
{
	struct fy_timer **at = timer->queue;
	uint64_t when = due + (timer->thread ? 0 : timer->world->lateness);

	while (*at && (*at)->when <= when)
		at = &(*at)->next;
	timer->due = due;
	timer->when = when;
	timer->queued = true;
	timer->next = *at;
	*at = timer;
}

void user_timer_start(struct fy_timer *timer, uint64_t when)
{
	take_out(timer);
	insert(timer, when);
}

void user_timer_stop(struct fy_timer *timer)
{
	take_out(timer);
}

uint64_t user_next_due(const struct user_world *w)
{
	uint64_t due = w->events ? w->events->when : UINT64_MAX;

	return w->timers && w->timers->when < due ? w->timers->when : due;
}

uint64_t user_device_timer_due(const struct fy_device *dev)
{
	uint64_t due = UINT64_MAX;

	for (const struct fy_timer *timer = dev->world->timers; timer; timer = timer->next)
		if (timer->dev == dev && timer->due < due)
			due = timer->due;
	return due;
}

void user_device_stop_timers(struct fy_device *dev)
{
	struct fy_timer *timer = dev->world->timers;

	while (timer) {
		struct fy_timer *next = timer->next;

		if (timer->dev == dev)
			take_out(timer);
		timer = next;
	}
}

/* The handler may free the timer, when it is not to be called again. */
static void run(struct user_world *w, struct fy_timer *timer)
{
	struct user_world *before = user_enter(w);
	bool handling = w->handling;
	uint64_t next;

	take_out(timer);
	w->handling = handling || !timer->thread;
	next = timer->handler(timer->arg, timer->due);
	w->handling = handling;
	if (next != FY_TIMER_STOP && !timer->queued)
		insert(timer, next);
	user_leave(w, before);
}

bool user_run_timer(struct user_world *w, struct fy_timer **queue, uint64_t now)
{
	if (!*queue || (*queue)->when > now)
		return false;
	run(w, *queue);
	return true;
}

static struct fy_timer *first_in_wait(const struct user_world *w)
{
	struct fy_timer *timer = w->timers;

	while (timer && timer->outlet)
		timer = timer->next;
	return timer;
}

uint64_t user_next_due_in_wait(const struct user_world *w)
{
	const struct fy_timer *timer = first_in_wait(w);
	uint64_t due = w->events ? w->events->when : UINT64_MAX;

	return timer && timer->when < due ? timer->when : due;
}

bool user_run_timer_in_wait(struct user_world *w, uint64_t now)
{
	struct fy_timer *timer = first_in_wait(w);

	if (!timer || timer->when > now)
		return false;
	run(w, timer);
	return true;
}

void user_set_lateness(struct user_world *w, uint64_t ns)
{
	w->lateness = ns;
}
