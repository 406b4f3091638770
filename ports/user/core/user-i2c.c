// SPDX-License-Identifier: GPL-2.0-only
/* Class i2c: the buses that drivers offer, and who waits for each. */
#include "list.h"
#include "world.h"

/* The first of the queue is over: it is called back, and may ask for the next itself. */
static void end_first(struct fy_i2c_bus *bus)
{
	struct user_i2c_transfer *first = bus->queue;

	bus->queue = first->next;
	first->queued = false;
	first->ended(first->arg, first);
}

static void start_first(struct fy_i2c_bus *bus)
{
	struct user_i2c_transfer *first = bus->queue;
	int error;

	bus->busy = first->started = true;
	error = bus->ops->start(bus->dev, first->messages, first->count);
	if (error)
		user_i2c_done(bus, 0, error);
}

static uint64_t turn(void *arg, uint64_t due)
{
	struct fy_i2c_bus *bus = arg;

	(void)due;
	if (!bus->busy && bus->queue && bus->queue->started)
		end_first(bus);
	if (!bus->busy && bus->queue && !bus->queue->started)
		start_first(bus);
	return FY_TIMER_STOP;
}

void user_i2c_done(struct fy_i2c_bus *bus, unsigned done, int error)
{
	if (!bus->busy) {
		user_violation(bus->dev->world, bus->dev,
			       "a transfer is said to be over when none is under way");
		return;
	}
	bus->busy = false;
	bus->queue->done = done;
	bus->queue->error = error;
	user_timer_start(&bus->turn, 0);
}

int user_i2c_offer(struct fy_device *dev, struct fy_i2c_bus *bus, const struct fy_i2c_ops *ops)
{
	int refused = user_refused(dev, USER_I2C_OFFER);

	if (refused)
		return refused;
	*bus = (struct fy_i2c_bus){ .dev = dev, .ops = ops };
	user_timer_init(&bus->turn, dev->world, turn, bus);
	list_append(&dev->world->buses, bus);
	return 0;
}

void user_i2c_withdraw(struct fy_i2c_bus *bus)
{
	list_remove(&bus->dev->world->buses, bus);
	if (bus->busy)
		bus->ops->cancel(bus->dev);
	bus->busy = false;
	bus->gone = true;
	while (bus->queue) {
		bus->queue->done = 0;
		bus->queue->error = FY_ERR_GONE;
		end_first(bus);
	}
	user_timer_stop(&bus->turn);
}

/* ---- For outlets ---- */

struct fy_i2c_bus *user_i2c_first(struct user_world *w)
{
	return w->buses;
}

int user_i2c_start(struct fy_i2c_bus *bus, struct user_i2c_transfer *transfer)
{
	if (!fy_i2c_valid(transfer->messages, transfer->count))
		return FY_ERR_INVALID;
	if (bus->gone)
		return FY_ERR_GONE;
	list_append(&bus->queue, transfer);
	transfer->bus = bus;
	transfer->queued = true;
	transfer->started = false;
	transfer->done = 0;
	transfer->error = 0;
	if (!bus->busy)
		user_timer_start(&bus->turn, 0);
	return 0;
}

void user_i2c_cancel(struct user_i2c_transfer *transfer)
{
	struct fy_i2c_bus *bus = transfer->bus;
	struct user_i2c_transfer **at = transfer->queued ? &bus->queue : NULL;
	struct user_world *before;

	if (!at)
		return;
	if (*at == transfer && bus->busy) {
		before = user_enter(bus->dev->world);
		bus->ops->cancel(bus->dev);
		bus->busy = false;
		user_leave(bus->dev->world, before);
	}
	while (*at != transfer)
		at = &(*at)->next;
	*at = transfer->next;
	transfer->queued = false;
	if (!bus->busy)
		user_timer_start(&bus->turn, 0);
}
