// SPDX-License-Identifier: GPL-2.0-only
/* Class spi: the buses that drivers offer. What they do is in ports/common/spi-queue.c. */
#include <string.h>

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

void fy_port_spi_withdraw(struct fy_spi_bus *bus)
{
	list_remove(&bus->dev->world->spi_buses, bus);
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
