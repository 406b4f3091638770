// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * See i2c-queue.h. The timer of a bus does all that calls others: it ends the first transfer,
 * starts the next, and aborts one that takes too long. So a controller's op never runs within
 * fy_i2c_done(), nor a driver's handler within fy_i2c_submit(), whatever locks those hold.
 */
#include "i2c-queue.h"

#include <ferry/port/enter.h>

#include "list.h"

/* ---- The first of the queue ---- */

static void start_first(struct fy_i2c_bus *bus)
{
	struct fy_i2c_transfer *first = bus->queue;
	int error;

	first->state = FY_I2C_STARTED;
	bus->deadline = first->timeout_ms ? fy_now_ns() + first->timeout_ms * FY_NS_PER_MS : 0;
	if (bus->start)
		error = bus->start(bus, first->messages, first->count);
	else
		error = bus->ops->start(bus->dev, first->messages, first->count);
	if (error)
		fy_port_i2c_done(bus, 0, error);
}

/* It may be over after all: the driver may say so until `cancel` returns. */
static void abort_first(struct fy_i2c_bus *bus, int error)
{
	struct fy_i2c_transfer *first = bus->queue;

	if (bus->cancel)
		bus->cancel(bus);
	else
		bus->ops->cancel(bus->dev);
	if (first->state == FY_I2C_STARTED) {
		first->state = FY_I2C_OVER;
		first->error = error;
	}
}

static void end_first(struct fy_i2c_bus *bus)
{
	struct fy_i2c_transfer *first = bus->queue;

	bus->queue = first->next;
	first->state = FY_I2C_IDLE;
	first->ended(first->arg, first);
}

static bool first_is(const struct fy_i2c_bus *bus, int state)
{
	return bus->queue && (int)bus->queue->state == state;
}

/* Who is called back may ask for the next transfer, or withdraw the bus. */
static uint64_t turn(void *arg, uint64_t due)
{
	struct fy_i2c_bus *bus = arg;
	struct fy_device *dev = bus->dev;
	uintptr_t before = fy_port_enter(dev);
	uint64_t next = FY_TIMER_STOP;

	(void)due;
	if (first_is(bus, FY_I2C_STARTED) && bus->deadline && fy_now_ns() >= bus->deadline)
		abort_first(bus, FY_ERR_TIMEOUT);
	if (first_is(bus, FY_I2C_OVER))
		end_first(bus);
	if (first_is(bus, FY_I2C_QUEUED))
		start_first(bus);
	if (first_is(bus, FY_I2C_STARTED) && bus->deadline)
		next = bus->deadline;
	fy_port_leave(dev, before);
	return next;
}

void fy_port_i2c_done(struct fy_i2c_bus *bus, unsigned done, int error)
{
	uintptr_t before = fy_port_enter(bus->dev);

	if (first_is(bus, FY_I2C_STARTED)) {
		bus->queue->state = FY_I2C_OVER;
		bus->queue->done = done;
		bus->queue->error = error;
		fy_timer_start(&bus->turn, 0);
	} else {
		fy_port_violation(bus->dev, "a transfer is said to be over when none is under way");
	}
	fy_port_leave(bus->dev, before);
}

/* ---- For who uses the bus ---- */

int i2c_queue_add(struct fy_i2c_bus *bus, struct fy_i2c_transfer *transfer)
{
	uintptr_t before;
	int error = 0;

	if (!fy_i2c_valid(transfer->messages, transfer->count))
		return FY_ERR_INVALID;
	if (bus->gone)
		return FY_ERR_GONE;
	before = fy_port_enter(bus->dev);
	if (transfer->state != FY_I2C_IDLE) {
		error = FY_ERR_BUSY;
	} else {
		transfer->bus = bus;
		transfer->state = FY_I2C_QUEUED;
		transfer->done = 0;
		transfer->error = 0;
		list_append(&bus->queue, transfer);
		if (bus->queue == transfer)
			fy_timer_start(&bus->turn, 0);
	}
	fy_port_leave(bus->dev, before);
	return error;
}

void i2c_queue_cancel(struct fy_i2c_transfer *transfer)
{
	struct fy_i2c_bus *bus = transfer->bus;
	uintptr_t before;

	if (transfer->state == FY_I2C_IDLE)
		return;
	before = fy_port_enter(bus->dev);
	if (transfer->state == FY_I2C_STARTED)
		abort_first(bus, FY_ERR_GONE);
	if (transfer->state != FY_I2C_IDLE) {
		list_remove(&bus->queue, transfer);
		transfer->state = FY_I2C_IDLE;
		if (!bus->queue)
			fy_timer_stop(&bus->turn);
		else if (!first_is(bus, FY_I2C_STARTED))
			fy_timer_start(&bus->turn, 0);
	}
	fy_port_leave(bus->dev, before);
}

static void wake(void *arg, struct fy_i2c_transfer *transfer)
{
	(void)transfer;
	*(volatile unsigned *)arg = 1;
}

int i2c_queue_wait(struct fy_i2c_bus *bus, struct fy_i2c_transfer *transfer)
{
	volatile unsigned over = 0;
	int error;

	transfer->ended = wake;
	transfer->arg = (void *)&over;
	error = i2c_queue_add(bus, transfer);
	if (error)
		return error;
	if (fy_port_wait(bus->dev, &over))
		return transfer->error;
	i2c_queue_cancel(transfer);
	return FY_ERR_INVALID;
}

void i2c_queue_abort(struct fy_i2c_transfer *transfer)
{
	if (transfer->state == FY_I2C_IDLE)
		return;
	i2c_queue_cancel(transfer);
	transfer->error = FY_ERR_GONE;
	*(volatile unsigned *)transfer->arg = 1;
}

/* ---- For the port ---- */

int i2c_queue_channel(const char *name, char *device, size_t size)
{
	size_t length = 0;
	int channel = 0;

	while (name[length] && name[length] != ':')
		length++;
	if (!name[length] || length >= size)
		return -1;
	__builtin_memcpy(device, name, length);
	device[length++] = 0;
	if (!name[length])
		return -1;
	for (; name[length] >= '0' && name[length] <= '9' && channel < 100; length++)
		channel = 10 * channel + name[length] - '0';
	return name[length] ? -1 : channel;
}

void i2c_queue_open(struct fy_i2c_bus *bus, struct fy_device *dev, const struct fy_i2c_ops *ops)
{
	*bus = (struct fy_i2c_bus){ .dev = dev, .ops = ops, .channel = -1 };
	fy_port_timer_init(&bus->turn, dev, turn, bus);
}

void i2c_queue_close(struct fy_i2c_bus *bus)
{
	uintptr_t before = fy_port_enter(bus->dev);

	bus->gone = true;
	if (first_is(bus, FY_I2C_STARTED))
		abort_first(bus, FY_ERR_GONE);
	while (bus->queue) {
		bus->queue->done = 0;
		bus->queue->error = FY_ERR_GONE;
		end_first(bus);
	}
	fy_timer_stop(&bus->turn);
	fy_port_leave(bus->dev, before);
}
