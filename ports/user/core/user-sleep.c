// SPDX-License-Identifier: GPL-2.0-only
/* Suspending and resuming the devices of a world. */
#include "world.h"

/* The running device that was probed last before LIMIT; NULL: there is none. */
static struct fy_device *last_before(struct user_world *w, unsigned limit)
{
	struct fy_device *found = NULL;

	for (struct fy_device *dev = w->devices; dev; dev = dev->next)
		if (dev->running && dev->probed < limit && (!found || dev->probed > found->probed))
			found = dev;
	return found;
}

static struct fy_device *first_after(struct user_world *w, unsigned limit)
{
	struct fy_device *found = NULL;

	for (struct fy_device *dev = w->devices; dev; dev = dev->next)
		if (dev->running && dev->probed > limit && (!found || dev->probed < found->probed))
			found = dev;
	return found;
}

static int suspend(struct fy_device *dev)
{
	struct user_world *before = user_enter(dev->world);
	int rc = dev->driver->suspend ? dev->driver->suspend(dev) : 0;

	dev->suspended = !rc;
	if (!rc && dev->driver->suspend && user_device_timer_due(dev) != UINT64_MAX)
		user_violation(dev->world, dev, "a timer runs although it is suspended");
	user_leave(dev->world, before);
	return rc;
}

static int resume(struct fy_device *dev)
{
	struct user_world *before = user_enter(dev->world);
	int rc = dev->driver->resume ? dev->driver->resume(dev) : 0;

	dev->suspended = false;
	user_leave(dev->world, before);
	return rc;
}

int user_resume(struct user_world *w, struct fy_device **failed)
{
	int first = 0;

	for (struct fy_device *dev = first_after(w, 0); dev; dev = first_after(w, dev->probed)) {
		int rc = dev->suspended ? resume(dev) : 0;

		if (!rc || first)
			continue;
		first = rc;
		if (failed)
			*failed = dev;
	}
	return first;
}

int user_suspend(struct user_world *w, struct fy_device **failed)
{
	for (struct fy_device *dev = last_before(w, UINT32_MAX); dev;
	     dev = last_before(w, dev->probed)) {
		int rc = dev->suspended ? 0 : suspend(dev);

		if (!rc)
			continue;
		user_resume(w, NULL);
		if (failed)
			*failed = dev;
		return rc;
	}
	return 0;
}
