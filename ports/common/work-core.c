// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * Works, threads and mutexes where threads are fibers. A work has a fiber from its start until it
 * has nothing to do; when there is none left it waits for one on the list.
 */
#include "work-core.h"

#include <ferry/port/enter.h>

#include "list.h"

/* ---- Works ---- */

static void give_fibers(struct fy_device *dev);

/* As often as it was started. Handlers of timers and interrupts may start it at any time. */
static void run_work(void *arg)
{
	struct fy_work *work = arg;
	struct fy_device *dev = work->dev;
	uintptr_t before = fy_port_enter(dev);

	while (work->started) {
		work->started = false;
		fy_port_leave(dev, before);
		work->handler(work->arg);
		before = fy_port_enter(dev);
	}
	list_remove(&port_work_list(dev)->works, work);
	work->active = false;
	work->fiber = NULL;
	fy_wake(&work->ended);
	give_fibers(dev);
	fy_port_leave(dev, before);
}

/* To those that wait for one, as this one will be free soon. */
static void give_fibers(struct fy_device *dev)
{
	struct fy_work *work = port_work_list(dev)->works;

	while (work && work->fiber)
		work = work->next;
	if (work)
		work->fiber = port_fiber_start(work->dev, run_work, work);
}

static uint64_t start_now(void *arg, uint64_t due)
{
	(void)due;
	fy_port_work_start(arg);
	return FY_TIMER_STOP;
}

void fy_port_work_init(struct fy_work *work, struct fy_device *dev, fy_work_handler *handler,
		       void *arg)
{
	*work = (struct fy_work){ .dev = dev, .handler = handler, .arg = arg };
	fy_timer_init(&work->timer, dev, start_now, work);
}

void fy_port_work_start(struct fy_work *work)
{
	uintptr_t before = fy_port_enter(work->dev);

	if (!work->stopping) {
		work->started = true;
		if (!work->active) {
			work->active = true;
			list_append(&port_work_list(work->dev)->works, work);
		}
		if (!work->fiber)
			work->fiber = port_fiber_start(work->dev, run_work, work);
	}
	fy_port_leave(work->dev, before);
}

void fy_port_work_start_at(struct fy_work *work, uint64_t when)
{
	if (!work->stopping)
		fy_timer_start(&work->timer, when);
}

void fy_port_work_stop(struct fy_work *work)
{
	uintptr_t before;

	if (!work->handler)
		return;
	if (work->fiber && work->fiber == port_fiber_running()) {
		port_work_violation(work->dev, "a work's handler stops its own work: on other "
					       "ports that waits for good");
		return;
	}
	work->stopping = true;
	fy_timer_stop(&work->timer);
	before = fy_port_enter(work->dev);
	work->started = false;
	if (work->active && !work->fiber) {
		list_remove(&port_work_list(work->dev)->works, work);
		work->active = false;
	}
	fy_port_leave(work->dev, before);
	fy_wait_for(&work->ended, !work->active, FY_FOREVER);
	work->stopping = false;
}

/* ---- Threads ---- */

static void run_thread(void *arg)
{
	struct fy_thread *thread = arg;
	struct fy_device *dev = thread->dev;
	uintptr_t before;

	thread->function(thread->arg);
	before = fy_port_enter(dev);
	list_remove(&port_work_list(dev)->threads, thread);
	thread->fiber = NULL;
	fy_wake(&thread->ended);
	give_fibers(dev);
	fy_port_leave(dev, before);
}

int fy_port_thread_start(struct fy_thread *thread, struct fy_device *dev,
			 fy_thread_function *function, void *arg)
{
	int refused = port_thread_refused(dev);
	uintptr_t before;

	if (refused)
		return refused;
	*thread = (struct fy_thread){ .dev = dev, .function = function, .arg = arg };
	before = fy_port_enter(dev);
	thread->fiber = port_fiber_start(dev, run_thread, thread);
	if (thread->fiber)
		list_append(&port_work_list(dev)->threads, thread);
	fy_port_leave(dev, before);
	return thread->fiber ? 0 : FY_ERR_NO_MEMORY;
}

void fy_port_thread_stop(struct fy_thread *thread)
{
	if (!thread->fiber)
		return;
	if (thread->fiber == port_fiber_running()) {
		port_work_violation(thread->dev, "a thread stops itself: on other ports that "
						 "waits for good");
		return;
	}
	thread->stopping = true;
	fy_wake(&thread->wait);
	fy_wait_for(&thread->ended, !thread->fiber, FY_FOREVER);
}

/* ---- Mutexes ---- */

void fy_port_mutex_lock(struct fy_mutex *mutex)
{
	if (!mutex->ready)
		port_work_violation(NULL, "a mutex is used that fy_mutex_init() has not seen");
	if (mutex->held && mutex->holder == port_fiber_running()) {
		port_work_violation(NULL, "a mutex is taken by who has it: that waits for good");
		return;
	}
	if (!port_may_wait() || fy_wait_for(&mutex->released, !mutex->held, FY_FOREVER))
		return;
	mutex->held = true;
	mutex->holder = port_fiber_running();
}

void fy_port_mutex_unlock(struct fy_mutex *mutex)
{
	if (!mutex->held || mutex->holder != port_fiber_running())
		port_work_violation(NULL, "a mutex is released by who does not have it");
	mutex->held = false;
	fy_wake(&mutex->released);
}
