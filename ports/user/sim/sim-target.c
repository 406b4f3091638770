// SPDX-License-Identifier: GPL-2.0-only
/* ferry-sim: devices on I2C buses, with models that a test brings along, and what goes wrong. */
#include <stddef.h>

#include "../../../include/ferry-sim/i2c.h"
#include "../models/models.h"
#include "../models/own-target.h"
#include "sim.h"

/* ---- Buses ---- */

struct ferry_sim_device *ferry_sim_add_i2c(struct ferry_sim *sim, const char *name)
{
	struct ferry_sim_device *dev;

	if (user_device_find(sim->world, name))
		return NULL;
	dev = sim_memory(sizeof(*dev));
	dev->sim = sim;
	dev->dev = user_i2c_add_bus(sim->world, name);
	sim_must(dev->dev ? 0 : FY_ERR_NO_MEMORY);
	dev->model = dev->dev ? dev->dev->model : NULL;
	dev->next = sim->devices;
	sim->devices = dev;
	return dev;
}

static struct i2c_bus_model *bus_model(const struct ferry_sim_device *bus)
{
	return bus->model && bus->model->kind == &i2c_bus_model ?
		       (struct i2c_bus_model *)bus->model :
		       NULL;
}

int ferry_sim_i2c_fail(struct ferry_sim_device *bus, enum ferry_sim_i2c_fault fault,
		       unsigned long skip, unsigned long count)
{
	static const enum i2c_bus_fault faults[] = {
		[FERRY_SIM_I2C_WORKS] = I2C_BUS_NO_FAULT,
		[FERRY_SIM_I2C_REFUSES] = I2C_BUS_REFUSES,
		[FERRY_SIM_I2C_HOLDS] = I2C_BUS_HOLDS,
		[FERRY_SIM_I2C_FLIPS] = I2C_BUS_FLIPS,
	};
	struct i2c_bus_model *m = bus_model(bus);

	if (!m)
		return FY_ERR_NOT_FOUND;
	m->bytes = 0;
	m->fault = faults[fault];
	m->fault_at = skip;
	m->fault_bytes = count;
	return 0;
}

unsigned long ferry_sim_i2c_bytes(const struct ferry_sim_device *bus)
{
	const struct i2c_bus_model *m = bus_model(bus);

	return m ? m->bytes : 0;
}

/* ---- A model of the test's own ---- */

struct ferry_sim_device *ferry_sim_add_target(struct ferry_sim *sim, const struct fy_driver *driver,
					      const char *name, const char *bus, uint8_t address,
					      const struct ferry_sim_target *target, void *arg)
{
	struct ferry_sim_device *dev;
	struct own_target *own;

	if (target->irqs > USER_IRQS || address > FY_I2C_ADDRESS_MAX)
		return NULL;
	dev = sim_add(sim, driver, name);
	if (!dev)
		return NULL;
	dev->kind = (struct user_model_kind){
		.name = dev->dev->name,
		.compatible = target->compatible   ? target->compatible :
			      dev->dev->compatible ? dev->dev->compatible :
						     "",
		.size = sizeof(*own),
		.irqs = target->irqs,
		.target = offsetof(struct own_target, target),
	};
	sim_set_model(dev, &dev->kind);
	own = (struct own_target *)dev->model;
	own_target_init(own, target, arg);
	sim_must(user_device_set_bus(dev->dev, bus, address));
	return dev;
}
