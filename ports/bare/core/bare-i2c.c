// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Class i2c: the board's buses, used by the app and by drivers of devices on them. */
#include <ferry/app.h>
#include <ferry/i2c-target.h>

#include "core.h"
#include "i2c-queue.h"
#include "list.h"

static struct fy_i2c_bus *buses;

int fy_port_i2c_offer(struct fy_device *dev, struct fy_i2c_bus *bus, const struct fy_i2c_ops *ops)
{
	i2c_queue_open(bus, dev, ops);
	list_append(&buses, bus);
	return 0;
}

void fy_port_i2c_withdraw(struct fy_i2c_bus *bus)
{
	list_remove(&buses, bus);
	i2c_queue_close(bus);
}

static struct fy_i2c_bus *find_bus(const char *name)
{
	struct fy_i2c_bus *bus = buses;

	while (bus && !bare_device_is(bus->dev, name))
		bus = bus->next;
	return bus;
}

int fy_i2c_transfer(const char *name, const struct fy_i2c_message *messages, unsigned count)
{
	struct fy_i2c_transfer transfer = { .messages = messages, .count = count };
	struct fy_i2c_bus *bus = find_bus(name);

	return bus ? i2c_queue_wait(bus, &transfer) : FY_ERR_NOT_FOUND;
}

/* ---- Devices on the buses ---- */

/* The board's table names the bus; in the devicetree it is the node around the device's. */
int fy_port_i2c_place(struct fy_device *dev, struct fy_i2c_bus **bus, uint32_t *address)
{
	struct fy_i2c_bus *at;

	if (dev->node && dev->node->bus) {
		*address = dev->node->address;
		*bus = find_bus(dev->node->bus);
		return *bus ? 0 : FY_ERR_DEFER;
	}
	if (!dev->tree_parent)
		return FY_ERR_NOT_FOUND;
	at = buses;
	while (at && at->dev->tree_node != dev->tree_parent)
		at = at->next;
	*bus = at;
	*address = dev->address;
	return at ? 0 : FY_ERR_DEFER;
}
