// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * Class i2c: the board's buses, by the name of their device; the app is the only one who uses them,
 * one transfer at a time.
 */
#include <ferry/app.h>
#include <ferry/i2c.h>

#include "core.h"
#include "list.h"

static struct fy_i2c_bus *buses;

void bare_i2c_offer(struct fy_device *dev, struct fy_i2c_bus *bus, const struct fy_i2c_ops *ops)
{
	*bus = (struct fy_i2c_bus){ .next = buses, .dev = dev, .ops = ops };
	buses = bus;
}

void bare_i2c_withdraw(struct fy_i2c_bus *bus)
{
	list_remove(&buses, bus);
	bus->ops->cancel(bus->dev);
}

void bare_i2c_done(struct fy_i2c_bus *bus, int error)
{
	bus->error = error;
	bus->ended++;
}

int fy_i2c_transfer(const char *name, const struct fy_i2c_message *messages, unsigned count)
{
	struct fy_i2c_bus *bus = buses;
	unsigned ended;
	int error;

	while (bus && !(bus->dev->node && bare_text_equal(bus->dev->node->name, name)))
		bus = bus->next;
	if (!bus)
		return FY_ERR_NOT_FOUND;
	if (!fy_i2c_valid(messages, count))
		return FY_ERR_INVALID;
	ended = *(volatile unsigned *)&bus->ended;
	error = bus->ops->start(bus->dev, messages, count);
	if (error)
		return error;
	while (*(volatile unsigned *)&bus->ended == ended)
		bare_wait_unless(&bus->ended, ended);
	return bus->error;
}
