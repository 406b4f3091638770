// SPDX-License-Identifier: GPL-2.0-only
/* Class i2c: the buses that drivers offer, and the devices on them. */
#include <string.h>

#include <ferry/i2c-target.h>

#include "i2c-queue.h"
#include "list.h"
#include "world.h"

int fy_port_i2c_offer(struct fy_device *dev, struct fy_i2c_bus *bus, const struct fy_i2c_ops *ops)
{
	int refused = user_refused(dev, USER_I2C_OFFER);

	if (refused)
		return refused;
	i2c_queue_open(bus, dev, ops);
	fy_port_i2c_add(bus);
	return 0;
}

void fy_port_i2c_add(struct fy_i2c_bus *bus)
{
	list_append(&bus->dev->world->buses, bus);
}

/* As a kernel does it, devices on the bus go before it. */
void fy_port_i2c_withdraw(struct fy_i2c_bus *bus)
{
	list_remove(&bus->dev->world->buses, bus);
	for (struct fy_device *dev = bus->dev->world->devices; dev; dev = dev->next)
		if (dev->bus == bus)
			user_remove(dev);
	i2c_queue_close(bus);
}

struct fy_i2c_bus *user_i2c_first(struct user_world *w)
{
	return w->buses;
}

struct fy_i2c_bus *user_i2c_find(struct user_world *w, const char *name)
{
	struct fy_i2c_bus *bus = w->buses;
	char device[64];
	int channel = i2c_queue_channel(name, device, sizeof(device));

	while (bus && (bus->channel != channel ||
		       strcmp(bus->dev->name, channel < 0 ? name : device) != 0))
		bus = bus->next;
	return bus;
}

int fy_port_i2c_place(struct fy_device *dev, struct fy_i2c_bus **bus, uint32_t *address)
{
	int refused = user_refused(dev, USER_I2C_TARGET_GET);

	if (refused)
		return refused;
	if (!dev->bus_name)
		return FY_ERR_NOT_FOUND;
	dev->bus = *bus = user_i2c_find(dev->world, dev->bus_name);
	*address = dev->bus_address;
	return dev->bus ? 0 : FY_ERR_DEFER;
}
