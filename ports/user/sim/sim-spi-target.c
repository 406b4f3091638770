// SPDX-License-Identifier: GPL-2.0-only
/* ferry-sim: targets that a test brings along for the bus of ferry_sim_add_spi(). */
#include <stdlib.h>

#include "../../../include/ferry-sim/spi.h"
#include "../models/spi-models.h"
#include "sim.h"

struct sim_spi_target {
	struct spi_bytes bytes;
	const struct ferry_sim_spi_target *own;
	void *arg;
	struct sim_spi_target *next;
};

static void own_select(struct spi_bytes *bytes, bool active, uint64_t now)
{
	struct sim_spi_target *target = (struct sim_spi_target *)bytes;

	if (target->own->select)
		target->own->select(target->arg, active, now);
}

static uint8_t own_next(struct spi_bytes *bytes)
{
	struct sim_spi_target *target = (struct sim_spi_target *)bytes;

	return target->own->next(target->arg);
}

static void own_byte(struct spi_bytes *bytes, uint8_t byte, uint64_t now)
{
	struct sim_spi_target *target = (struct sim_spi_target *)bytes;

	target->own->byte(target->arg, byte, now);
}

void ferry_sim_spi_attach(struct ferry_sim_device *bus, unsigned select,
			  const struct ferry_sim_spi_target *target, void *arg)
{
	struct sim_spi_target *made = sim_memory(sizeof(*made));

	made->own = target;
	made->arg = arg;
	made->bytes.select = own_select;
	made->bytes.next = own_next;
	made->bytes.byte = own_byte;
	spi_bytes_init(&made->bytes);
	made->next = bus->own_spi_targets;
	bus->own_spi_targets = made;
	bus->model->kind->attach_spi(bus->model, &made->bytes.target, select);
}

void sim_free_spi_targets(struct ferry_sim_device *dev)
{
	while (dev->own_spi_targets) {
		struct sim_spi_target *target = dev->own_spi_targets;

		dev->own_spi_targets = target->next;
		free(target);
	}
}
