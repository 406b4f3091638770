// SPDX-License-Identifier: GPL-2.0-only
/* Devices: what they are made of, and their coming and going. */
#include <stdlib.h>
#include <string.h>

#include "list.h"
#include "world.h"

/* ---- What drivers ask ---- */

bool fy_port_is_compatible(struct fy_device *dev, const char *compatible)
{
	return dev->compatible && !strcmp(dev->compatible, compatible);
}

/* ---- Making them ---- */

struct fy_device *user_device_add(struct user_world *w, const struct fy_driver *driver,
				  const char *name)
{
	struct fy_device *dev;

	if (user_device_find(w, name))
		return NULL;
	dev = calloc(1, sizeof(*dev));
	if (!dev)
		return NULL;
	dev->world = w;
	dev->driver = driver;
	dev->name = strdup(name);
	dev->state = calloc(1, driver->state_size ? driver->state_size : 1);
	dev->node = user_node_new("");
	if (driver->compatible)
		dev->compatible = strdup(driver->compatible[0]);
	if (!dev->name || !dev->state || !dev->node || (driver->compatible && !dev->compatible)) {
		free(dev->compatible);
		user_node_free(dev->node);
		free(dev->state);
		free(dev->name);
		free(dev);
		return NULL;
	}
	for (const struct fy_device *other = w->devices; other; other = other->next)
		dev->index += other->driver == driver;
	list_append(&w->devices, dev);
	return dev;
}

int user_device_set_compatible(struct fy_device *dev, const char *compatible)
{
	char *copy;

	for (const char *const *known = dev->driver->compatible; known && *known; known++) {
		if (strcmp(*known, compatible) != 0)
			continue;
		copy = strdup(compatible);
		if (!copy)
			return FY_ERR_NO_MEMORY;
		free(dev->compatible);
		dev->compatible = copy;
		return 0;
	}
	return FY_ERR_NOT_FOUND;
}

int user_device_set_pin(struct fy_device *dev, const char *function, const char *controller,
			unsigned pin, bool active_low)
{
	struct user_wire *wire = malloc(sizeof(*wire));
	unsigned index = 0;

	if (!wire)
		return FY_ERR_NO_MEMORY;
	for (const struct user_wire *other = dev->wires; other; other = other->next)
		index += strcmp(other->function, function) == 0;
	*wire = (struct user_wire){
		.next = dev->wires,
		.function = strdup(function),
		.controller = strdup(controller),
		.index = index,
		.pin = pin,
		.active_low = active_low,
	};
	dev->wires = wire;
	return wire->function && wire->controller ? 0 : FY_ERR_NO_MEMORY;
}

/* On a bus of a model the device's model has its place. */
static void attach_model(struct user_model *model, struct user_world *w, const char *name,
			 uint8_t address)
{
	char device[64];
	int channel = i2c_queue_channel(name, device, sizeof(device));
	const struct fy_device *bus = user_device_find(w, channel < 0 ? name : device);
	unsigned char *start = (unsigned char *)model;
	const struct user_model_kind *kind = model ? model->kind : NULL;

	if (!kind || !bus || !bus->model)
		return;
	if (kind->target && bus->model->kind->attach) {
		user_model_set_address(model, address);
		bus->model->kind->attach(bus->model, (struct i2c_target *)(start + kind->target),
					 channel < 0 ? 0 : (unsigned)channel);
	}
	if (kind->spi_target && bus->model->kind->attach_spi)
		bus->model->kind->attach_spi(
			bus->model, (struct spi_target *)(start + kind->spi_target), address);
}

int user_device_set_bus(struct fy_device *dev, const char *bus, uint32_t address)
{
	char *copy;

	if (address > FY_I2C_ADDRESS_MAX)
		return FY_ERR_INVALID;
	copy = strdup(bus);
	if (!copy)
		return FY_ERR_NO_MEMORY;
	free(dev->bus_name);
	dev->bus_name = copy;
	dev->bus_address = address;
	attach_model(dev->model, dev->world, bus, (uint8_t)address);
	return 0;
}

void user_device_forget(struct fy_device *dev)
{
	free(dev->bus_name);
	user_resources_free(dev);
	user_windows_free(dev);
	user_node_free(dev->node);
	dev->node = NULL;
	while (dev->wires) {
		struct user_wire *wire = dev->wires;

		dev->wires = wire->next;
		free(wire->function);
		free(wire->controller);
		free(wire);
	}
}

/*
 * A driver that the model's `compatible` means nothing to may know it by another way; so that is no
 * error.
 */
int user_device_set_model(struct fy_device *dev, struct user_model *model)
{
	if (!model)
		return FY_ERR_NO_MEMORY;
	if (model->dev || dev->model || dev->registers)
		return FY_ERR_BUSY;
	if (user_device_set_compatible(dev, model->kind->compatible) == FY_ERR_NO_MEMORY)
		return FY_ERR_NO_MEMORY;
	dev->model = model;
	dev->irqs = model->kind->irqs;
	model->dev = dev;
	return 0;
}

void user_device_set_irqs(struct fy_device *dev, unsigned count)
{
	dev->irqs = count;
}

/* ---- What a test does to them ---- */

void user_interrupt(struct fy_device *dev, unsigned index)
{
	struct user_world *before = user_enter(dev->world);

	if (index < USER_IRQS && dev->irq[index].handler)
		user_call_handler(dev->world, dev, &dev->irq[index]);
	user_leave(dev->world, before);
}

/* ---- Starting and stopping them ---- */

/* A driver that has gone, or did not come, leaves nothing behind that would call it. */
static void expect_nothing_left(struct fy_device *dev)
{
	struct fy_gpio_controller *controller = user_gpio_find(dev->world, dev->name);

	for (unsigned i = 0; i < USER_IRQS; i++) {
		if (dev->irq[i].handler)
			user_violation(dev->world, dev, "it leaves interrupt %u attached", i);
		dev->irq[i].handler = NULL;
	}
	if (controller) {
		user_violation(dev->world, dev, "it leaves its pins offered");
		fy_port_gpio_withdraw(controller);
	}
	user_resources_expect_off(dev);
	if (user_device_timer_due(dev) != UINT64_MAX) {
		user_violation(dev->world, dev, "it leaves a timer running");
		user_device_stop_timers(dev);
	}
	if (user_device_has_work(dev) || user_device_has_thread(dev)) {
		user_violation(dev->world, dev, "it leaves %s running",
			       user_device_has_work(dev) ? "a work" : "a thread");
		user_device_abandon_work(dev);
	}
}

static int probe(struct fy_device *dev)
{
	struct user_world *w = dev->world, *before = user_enter(w);
	int rc;

	memset(dev->state, 0, dev->driver->state_size);
	rc = dev->driver->probe ? dev->driver->probe(dev) : 0;
	if (rc) {
		expect_nothing_left(dev);
		user_dma_free(dev);
	}
	dev->running = !rc;
	if (dev->running)
		dev->probed = ++w->probes;
	user_leave(w, before);
	return rc;
}

/*
 * Probes each that does not run, unless it said no for good. Returns whether one runs now that did
 * not.
 */
static bool probe_all(struct user_world *w)
{
	bool helped = false;

	for (struct fy_device *dev = w->devices; dev; dev = dev->next) {
		if (dev->running || (dev->error && dev->error != FY_ERR_DEFER))
			continue;
		dev->error = probe(dev);
		helped |= dev->running;
	}
	return helped;
}

static struct fy_device *first_with_error(struct user_world *w, bool deferred)
{
	struct fy_device *dev = w->devices;

	while (dev && !(dev->error && (dev->error == FY_ERR_DEFER) == deferred))
		dev = dev->next;
	return dev;
}

int user_probe(struct user_world *w, struct fy_device **failed)
{
	struct fy_device *culprit;

	for (struct fy_device *dev = w->devices; dev; dev = dev->next)
		dev->error = 0;
	while (probe_all(w))
		;
	culprit = first_with_error(w, false);
	if (!culprit)
		culprit = first_with_error(w, true);
	if (failed)
		*failed = culprit;
	return culprit ? culprit->error : 0;
}

void user_remove(struct fy_device *dev)
{
	struct user_world *before;

	if (!dev->running)
		return;
	before = user_enter(dev->world);
	if (dev->driver->remove)
		dev->driver->remove(dev);
	expect_nothing_left(dev);
	dev->running = false;
	dev->bus = NULL;
	dev->spi_bus = NULL;
	user_dma_free(dev);
	user_leave(dev->world, before);
}
