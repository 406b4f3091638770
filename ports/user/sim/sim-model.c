// SPDX-License-Identifier: GPL-2.0-only
/* ferry-sim: models that a test brings along, and the memory that they reach by bus address. */
#include <stdarg.h>
#include <stdio.h>

#include "sim.h"

struct own_model {
	struct user_model model;
	struct ferry_sim_device *dev;
};

static const struct ferry_sim_device *device_of(const struct user_model *model)
{
	return ((const struct own_model *)model)->dev;
}

static uint32_t own_read(struct user_model *model, uint32_t offset, unsigned bytes)
{
	const struct ferry_sim_device *dev = device_of(model);

	return dev->own->read(dev->own_arg, offset, bytes);
}

static void own_write(struct user_model *model, uint32_t offset, unsigned bytes, uint32_t value)
{
	const struct ferry_sim_device *dev = device_of(model);

	dev->own->write(dev->own_arg, offset, bytes, value);
}

static void own_drive(struct user_model *model, unsigned pin, int level)
{
	const struct ferry_sim_device *dev = device_of(model);

	dev->own->drive(dev->own_arg, pin, level);
}

struct ferry_sim_device *ferry_sim_add_model(struct ferry_sim *sim, const struct fy_driver *driver,
					     const char *name, const struct ferry_sim_model *model,
					     void *arg)
{
	struct ferry_sim_device *dev;

	if (model->pins > SIM_PINS_MAX || model->irqs > USER_IRQS)
		return NULL;
	dev = sim_add(sim, driver, name);
	if (!dev)
		return NULL;
	dev->own = model;
	dev->own_arg = arg;
	dev->kind = (struct user_model_kind){
		.name = dev->dev->name,
		.compatible = model->compatible ? model->compatible : "",
		.size = sizeof(struct own_model),
		.window = model->size,
		.widths = model->widths,
		.pins = model->pins,
		.irqs = model->irqs,
		.read = own_read,
		.write = own_write,
		.drive = own_drive,
	};
	sim_set_model(dev, &dev->kind);
	((struct own_model *)dev->model)->dev = dev;
	return dev;
}

void ferry_sim_set_levels(struct ferry_sim_device *dev, uint64_t levels)
{
	user_model_set_levels(dev->model, levels);
	user_handle_interrupts(dev->sim->world);
}

void ferry_sim_set_irq(struct ferry_sim_device *dev, unsigned index, bool up)
{
	user_model_set_irq(dev->model, index, up);
	user_handle_interrupts(dev->sim->world);
}

void ferry_sim_violation(struct ferry_sim_device *dev, const char *fmt, ...)
{
	char text[512];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	user_model_violation(dev->model, "%s", text);
}

/* ---- Memory for devices ---- */

void *ferry_sim_dma(struct ferry_sim *sim, uint32_t bus, size_t size)
{
	return user_dma_at(sim->world, bus, size);
}

void ferry_sim_limit_dma(struct ferry_sim *sim, size_t bytes)
{
	user_limit_dma(sim->world, bytes);
}
