// SPDX-License-Identifier: GPL-2.0-only
/*
 * Works and threads of drivers in a process. They run when the call into the world that started
 * them ends, or waits. What they do is in ports/common/work-core.c.
 */
#include "list.h"
#include "world.h"

struct work_list *port_work_list(struct fy_device *dev)
{
	return &dev->world->work;
}

struct fy_port_fiber *port_fiber_start(struct fy_device *dev, void (*function)(void *arg),
				       void *arg)
{
	return user_fiber_start(dev->world, function, arg);
}

const struct fy_port_fiber *port_fiber_running(void)
{
	return user_current ? user_current->fiber : NULL;
}

int port_thread_refused(struct fy_device *dev)
{
	return user_refused(dev, USER_THREAD_START);
}

void port_work_violation(struct fy_device *dev, const char *text)
{
	user_violation(user_current, dev, "%s", text);
}

/* ---- What is left ---- */

bool user_device_has_work(const struct fy_device *dev)
{
	for (const struct fy_work *work = dev->world->work.works; work; work = work->next)
		if (work->dev == dev)
			return true;
	return false;
}

bool user_device_has_thread(const struct fy_device *dev)
{
	for (const struct fy_thread *thread = dev->world->work.threads; thread;
	     thread = thread->next)
		if (thread->dev == dev)
			return true;
	return false;
}

static void abandon(struct user_world *w, struct fy_port_fiber *fiber)
{
	struct user_wait *wait = fiber ? user_fiber_waits_for(fiber) : NULL;

	if (wait)
		user_timer_stop(&wait->timer);
	if (fiber)
		user_fiber_abandon(w, fiber);
}

void user_device_abandon_work(struct fy_device *dev)
{
	struct user_world *w = dev->world;

	for (struct fy_work *work = w->work.works, *next; work; work = next) {
		next = work->next;
		if (work->dev != dev)
			continue;
		list_remove(&w->work.works, work);
		abandon(w, work->fiber);
	}
	for (struct fy_thread *thread = w->work.threads, *next; thread; thread = next) {
		next = thread->next;
		if (thread->dev != dev)
			continue;
		list_remove(&w->work.threads, thread);
		abandon(w, thread->fiber);
	}
}
