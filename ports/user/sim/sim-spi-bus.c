// SPDX-License-Identifier: GPL-2.0-only
/* ferry-sim: an SPI bus without a controller, and what goes wrong on it. */
#include "../../../include/ferry-sim/spi.h"
#include "../models/spi-models.h"
#include "sim.h"

struct ferry_sim_device *ferry_sim_add_spi(struct ferry_sim *sim, const char *name)
{
	struct ferry_sim_device *dev;

	if (user_device_find(sim->world, name))
		return NULL;
	dev = sim_memory(sizeof(*dev));
	dev->sim = sim;
	dev->dev = user_spi_add_bus(sim->world, name);
	sim_must(dev->dev ? 0 : FY_ERR_NO_MEMORY);
	dev->model = dev->dev->model;
	dev->next = sim->devices;
	sim->devices = dev;
	return dev;
}

void ferry_sim_spi_fail(struct ferry_sim_device *bus, unsigned long skip, int error)
{
	struct spi_bus_model *m = (struct spi_bus_model *)bus->model;

	m->fails_at = m->words + skip;
	m->error = error;
}

unsigned long ferry_sim_spi_words(const struct ferry_sim_device *bus)
{
	return ((const struct spi_bus_model *)bus->model)->words;
}
