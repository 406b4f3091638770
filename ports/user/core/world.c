// SPDX-License-Identifier: GPL-2.0-only
/* Worlds: making and freeing them. */
#include <stdlib.h>
#include <unistd.h>

#include "world.h"

struct user_world *user_world_new(enum user_clock clock)
{
	struct user_world *w = calloc(1, sizeof(*w));

	if (!w)
		return NULL;
	w->clock = clock;
	w->dma_limit = SIZE_MAX;
	return w;
}

static void free_device(struct fy_device *dev)
{
	if (dev->host_fd)
		close(dev->host_fd);
	user_unmap(dev);
	user_dma_free(dev);
	user_device_forget(dev);
	free(dev->state);
	free(dev->compatible);
	free(dev->name);
	free(dev);
}

/* The last one that runs: who uses others was probed after them. */
static struct fy_device *last_running(struct user_world *w)
{
	struct fy_device *last = NULL;

	for (struct fy_device *dev = w->devices; dev; dev = dev->next)
		if (dev->running && (!last || dev->probed > last->probed))
			last = dev;
	return last;
}

void user_world_free(struct user_world *w)
{
	struct fy_device *dev;

	if (!w)
		return;
	while ((dev = last_running(w)))
		user_remove(dev);
	while ((dev = w->devices)) {
		w->devices = dev->next;
		free_device(dev);
	}
	while (w->models) {
		struct user_model *model = w->models;

		w->models = model->next;
		free(model);
	}
	user_fibers_free(w);
	free(w->fds);
	free(w->polled);
	free(w->polled_in_wait);
	free(w);
}
