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
	fy_port_i2c_add(bus);
	return 0;
}

/* The node of a channel has its number, and is in the node of the multiplexer, or in its child. */
static uint32_t channel_node(const struct fy_i2c_bus *bus)
{
	const struct devicetree *tree = bare_firmware_tree();
	const uint32_t mux = bus->dev->tree_node;
	struct devicetree_walk at;
	uint32_t number;

	if (!tree || !mux)
		return 0;
	for (devicetree_walk(&at, tree); devicetree_next(&at);)
		if (devicetree_number(&at, &number) && (int)number == bus->channel &&
		    ((at.depth > 1 && at.path[at.depth - 2] == mux) ||
		     (at.depth > 2 && at.path[at.depth - 3] == mux)))
			return at.node;
	return 0;
}

void fy_port_i2c_add(struct fy_i2c_bus *bus)
{
	bus->tree_node = bus->channel < 0 ? bus->dev->tree_node : channel_node(bus);
	list_append(&buses, bus);
}

void fy_port_i2c_withdraw(struct fy_i2c_bus *bus)
{
	list_remove(&buses, bus);
	i2c_queue_close(bus);
}

static struct fy_i2c_bus *find_bus(const char *name)
{
	struct fy_i2c_bus *bus = buses;
	char device[32];
	int channel = i2c_queue_channel(name, device, sizeof(device));

	while (bus &&
	       !(bus->channel == channel && bare_device_is(bus->dev, channel < 0 ? name : device)))
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
	while (at && at->tree_node != dev->tree_parent)
		at = at->next;
	*bus = at;
	*address = dev->address;
	return at ? 0 : FY_ERR_DEFER;
}
