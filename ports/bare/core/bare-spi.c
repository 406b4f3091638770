// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Class spi: the board's buses, used by the app and by drivers of devices on them. */
#include <ferry/app.h>
#include <ferry/spi-target.h>

#include "core.h"
#include "list.h"
#include "spi-queue.h"

static struct fy_spi_bus *buses;

int fy_port_spi_offer(struct fy_device *dev, struct fy_spi_bus *bus, const struct fy_spi_ops *ops,
		      const struct fy_spi_limits *limits)
{
	int rc = spi_queue_open(bus, dev, ops, limits);

	if (!rc)
		list_append(&buses, bus);
	return rc;
}

void fy_port_spi_withdraw(struct fy_spi_bus *bus)
{
	list_remove(&buses, bus);
	spi_queue_close(bus);
}

static struct fy_spi_bus *find_bus(const char *name)
{
	struct fy_spi_bus *bus = buses;

	while (bus && !(bus->dev->node && bare_text_equal(bus->dev->node->name, name)))
		bus = bus->next;
	return bus;
}

int fy_spi_transfer(const char *name, const struct fy_spi_config *config,
		    const struct fy_spi_segment *segments, unsigned count)
{
	struct fy_spi_transfer transfer = { .config = *config,
					    .segments = segments,
					    .count = count };
	struct fy_spi_bus *bus = find_bus(name);

	return bus ? spi_queue_wait(bus, &transfer) : FY_ERR_NOT_FOUND;
}

/* ---- Devices on the buses ---- */

/* The board's table names the bus; in the devicetree it is the node around the device's. */
int fy_port_spi_place(struct fy_device *dev, struct fy_spi_bus **bus, uint32_t *select)
{
	struct fy_spi_bus *at;

	if (dev->node && dev->node->bus) {
		*select = dev->node->address;
		*bus = find_bus(dev->node->bus);
		return *bus ? 0 : FY_ERR_DEFER;
	}
	if (!dev->tree_parent)
		return FY_ERR_NOT_FOUND;
	at = buses;
	while (at && at->dev->tree_node != dev->tree_parent)
		at = at->next;
	*bus = at;
	*select = dev->address;
	return at ? 0 : FY_ERR_DEFER;
}
