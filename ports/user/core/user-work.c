// SPDX-License-Identifier: GPL-2.0-only
/*
 * Works and threads of drivers: each runs on a fiber, a work on one as long as it has something to
 * do. They run when the call into the world that started them ends, or waits.
 */
#include <ferry/work.h>

#include "list.h"
#include "world.h"

/* ---- Works ---- */

static uint64_t start_now(void *arg, uint64_t due)
{
	(void)due;
	user_work_start(arg);
	return FY_TIMER_STOP;
}

void user_work_init(struct fy_work *work, struct fy_device *dev, fy_work_handler *handler,
		    void *arg)
{
	*work = (struct fy_work){ .dev = dev, .handler = handler, .arg = arg };
	user_timer_init_for(&work->timer, dev, start_now, work);
}

/* As often as it was started since the last time. */
static void run_work(void *arg)
{
	struct fy_work *work = arg;

	while (work->started) {
		work->started = false;
		work->running = true;
		work->handler(work->arg);
		work->running = false;
	}
	list_remove(&work->dev->world->works, work);
	work->fiber = NULL;
	fy_wake(&work->ended);
}

void user_work_start(struct fy_work *work)
{
	struct user_world *w = work->dev->world;

	if (work->stopping)
		return;
	if (!work->fiber) {
		work->fiber = user_fiber_start(w, run_work, work);
		if (!work->fiber) {
			user_log(work->dev, USER_LOG_ERROR, "no memory to run its work");
			return;
		}
		list_append(&w->works, work);
	}
	work->started = true;
}

void user_work_start_at(struct fy_work *work, uint64_t when)
{
	if (!work->stopping)
		user_timer_start(&work->timer, when);
}

void user_work_stop(struct fy_work *work)
{
	struct user_world *w;

	if (!work->handler)
		return;
	w = work->dev->world;
	if (work->fiber && work->fiber == w->fiber) {
		user_violation(w, work->dev,
			       "a work's handler stops its own work: on other ports "
			       "that waits for good");
		return;
	}
	work->stopping = true;
	user_timer_stop(&work->timer);
	work->started = false;
	if (work->fiber)
		fy_wait_for(&work->ended, !work->fiber, FY_FOREVER);
	work->stopping = false;
}

/* ---- Threads ---- */

static void run_thread(void *arg)
{
	struct fy_thread *thread = arg;

	thread->function(thread->arg);
	list_remove(&thread->dev->world->threads, thread);
	thread->fiber = NULL;
	fy_wake(&thread->ended);
}

int user_thread_start(struct fy_thread *thread, struct fy_device *dev, fy_thread_function *function,
		      void *arg)
{
	int refused = user_refused(dev, USER_THREAD_START);

	if (refused)
		return refused;
	*thread = (struct fy_thread){ .dev = dev, .function = function, .arg = arg };
	thread->fiber = user_fiber_start(dev->world, run_thread, thread);
	if (!thread->fiber)
		return FY_ERR_NO_MEMORY;
	list_append(&dev->world->threads, thread);
	return 0;
}

void user_thread_stop(struct fy_thread *thread)
{
	if (!thread->fiber)
		return;
	if (thread->fiber == thread->dev->world->fiber) {
		user_violation(thread->dev->world, thread->dev,
			       "a thread stops itself: on other ports that waits for good");
		return;
	}
	thread->stopping = true;
	fy_wake(&thread->wait);
	fy_wait_for(&thread->ended, !thread->fiber, FY_FOREVER);
}

/* ---- What is left ---- */

bool user_device_has_work(const struct fy_device *dev)
{
	for (const struct fy_work *work = dev->world->works; work; work = work->next)
		if (work->dev == dev)
			return true;
	return false;
}

bool user_device_has_thread(const struct fy_device *dev)
{
	for (const struct fy_thread *thread = dev->world->threads; thread; thread = thread->next)
		if (thread->dev == dev)
			return true;
	return false;
}

static void abandon(struct user_world *w, struct user_fiber *fiber)
{
	struct user_wait *wait = user_fiber_waits_for(fiber);

	if (wait)
		user_timer_stop(&wait->timer);
	user_fiber_abandon(w, fiber);
}

void user_device_abandon_work(struct fy_device *dev)
{
	struct user_world *w = dev->world;

	for (struct fy_work *work = w->works, *next; work; work = next) {
		next = work->next;
		if (work->dev != dev)
			continue;
		list_remove(&w->works, work);
		abandon(w, work->fiber);
	}
	for (struct fy_thread *thread = w->threads, *next; thread; thread = next) {
		next = thread->next;
		if (thread->dev != dev)
			continue;
		list_remove(&w->threads, thread);
		abandon(w, thread->fiber);
	}
}
