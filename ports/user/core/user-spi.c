// SPDX-License-Identifier: GPL-2.0-only
/* Class spi: the buses that drivers offer. What they do is in ports/common/spi-queue.c. */
#include <string.h>

#include <ferry/spi-target.h>

#include "list.h"
#include "world.h"

int fy_port_spi_offer(struct fy_device *dev, struct fy_spi_bus *bus, const struct fy_spi_ops *ops,
		      const struct fy_spi_limits *limits)
{
	int rc = user_refused(dev, USER_SPI_OFFER);

	if (!rc)
		rc = spi_queue_open(bus, dev, ops, limits);
	if (!rc)
		list_append(&dev->world->spi_buses, bus);
	return rc;
}

/* As a kernel does it, devices on the bus go before it. */
void fy_port_spi_withdraw(struct fy_spi_bus *bus)
{
	list_remove(&bus->dev->world->spi_buses, bus);
	for (struct fy_device *dev = bus->dev->world->devices; dev; dev = dev->next)
		if (dev->spi_bus == bus)
			user_remove(dev);
	spi_queue_close(bus);
}

struct fy_spi_bus *user_spi_first(struct user_world *w)
{
	return w->spi_buses;
}

struct fy_spi_bus *user_spi_find(struct user_world *w, const char *name)
{
	struct fy_spi_bus *bus = w->spi_buses;

	while (bus && strcmp(bus->dev->name, name) != 0)
		bus = bus->next;
	return bus;
}

int fy_port_spi_place(struct fy_device *dev, struct fy_spi_bus **bus, uint32_t *select)
{
	int refused = user_refused(dev, USER_SPI_TARGET_GET);

	if (refused)
		return refused;
	if (!dev->bus_name)
		return FY_ERR_NOT_FOUND;
	dev->spi_bus = *bus = user_spi_find(dev->world, dev->bus_name);
	*select = dev->bus_address;
	return dev->spi_bus ? 0 : FY_ERR_DEFER;
}
