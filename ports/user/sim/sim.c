// SPDX-License-Identifier: GPL-2.0-only
/* ferry-sim: worlds and their devices. */
#include <stdlib.h>
#include <string.h>

#include "sim.h"

#define NAMES_MAX 32

struct ferry_sim *ferry_sim_new(void)
{
	struct ferry_sim *sim = sim_memory(sizeof(*sim));

	sim->world = user_world_new(USER_CLOCK_VIRTUAL);
	sim_must(sim->world ? 0 : FY_ERR_NO_MEMORY);
	user_world_set_log(sim->world, sim_log, sim);
	return sim;
}

/*
 * Users of what drivers offer go before them; watches stay to the end, for what drivers do when
 * they are removed.
 */
void ferry_sim_free(struct ferry_sim *sim)
{
	struct ferry_sim_device *dev, *next;

	if (!sim)
		return;
	sim_free_writers(sim);
	for (dev = sim->devices; dev; dev = dev->next)
		sim_free_gpios(dev);
	user_world_free(sim->world);
	for (dev = sim->devices; dev; dev = next) {
		next = dev->next;
		ferry_sim_heal(dev);
		sim_free_pins(dev);
		sim_free_sensor(dev);
		sim_free_inputs(dev);
		sim_free_spi_targets(dev);
		free(dev);
	}
	sim_free_log(sim);
	free(sim);
}

struct ferry_sim_device *sim_add(struct ferry_sim *sim, const struct fy_driver *driver,
				 const char *name)
{
	struct ferry_sim_device *dev;

	if (user_device_find(sim->world, name))
		return NULL;
	dev = sim_memory(sizeof(*dev));
	dev->sim = sim;
	dev->dev = user_device_add(sim->world, driver, name);
	sim_must(dev->dev ? 0 : FY_ERR_NO_MEMORY);
	dev->next = sim->devices;
	sim->devices = dev;
	return dev;
}

void sim_set_model(struct ferry_sim_device *dev, const struct user_model_kind *kind)
{
	dev->model = user_model_new(dev->sim->world, kind);
	sim_must(user_device_set_model(dev->dev, dev->model));
	sim_tap(dev);
}

struct ferry_sim_device *ferry_sim_add(struct ferry_sim *sim, const struct fy_driver *driver,
				       const char *name, const char *model)
{
	const struct user_model_kind *kind = model ? user_model_find(model) : NULL;
	struct ferry_sim_device *dev;

	if (model && !kind)
		return NULL;
	dev = sim_add(sim, driver, name);
	if (dev && kind)
		sim_set_model(dev, kind);
	return dev;
}

const char *const *ferry_sim_models(void)
{
	static _Thread_local const char *names[NAMES_MAX];

	for (unsigned i = 0; i < NAMES_MAX - 1 && user_model_kinds[i]; i++)
		names[i] = user_model_kinds[i]->name;
	return names;
}

void ferry_sim_set_property(struct ferry_sim_device *dev, const char *name, uint32_t value)
{
	sim_must(user_device_set_property(dev->dev, name, value));
}

void ferry_sim_set_bytes(struct ferry_sim_device *dev, const char *name, const void *bytes,
			 size_t len)
{
	sim_must(user_device_set_bytes(dev->dev, name, bytes, len));
}

void ferry_sim_set_text(struct ferry_sim_device *dev, const char *name, const char *text)
{
	sim_must(user_device_set_bytes(dev->dev, name, text, strlen(text) + 1));
}

_Static_assert((int)FERRY_SIM_CLOCK == (int)FY_RESOURCE_CLOCK &&
		       (int)FERRY_SIM_PIN_STATE == (int)FY_RESOURCE_PIN_STATE,
	       "ferry-sim's kinds are the port's");

void ferry_sim_add_resource(struct ferry_sim_device *dev, enum ferry_sim_resource kind,
			    const char *name, uint32_t value)
{
	sim_must(user_device_add_resource(dev->dev, (enum fy_resource_kind)kind, name, value));
}

int ferry_sim_resource(const struct ferry_sim_device *dev, enum ferry_sim_resource kind,
		       const char *name, uint32_t *value)
{
	return user_device_resource(dev->dev, (enum fy_resource_kind)kind, name, value);
}

void ferry_sim_add_window(struct ferry_sim_device *dev, const char *name, uint32_t offset,
			  uint32_t size)
{
	sim_must(user_device_add_window(dev->dev, name, offset, size));
}

void ferry_sim_set_pin(struct ferry_sim_device *dev, const char *function, const char *controller,
		       unsigned pin, bool active_low)
{
	sim_must(user_device_set_pin(dev->dev, function, controller, pin, active_low));
}

int ferry_sim_set_bus(struct ferry_sim_device *dev, const char *bus, uint8_t address)
{
	int rc = user_device_set_bus(dev->dev, bus, address);

	if (rc == FY_ERR_NO_MEMORY)
		sim_must(rc);
	return rc;
}

int ferry_sim_set_option(struct ferry_sim_device *dev, const char *option, bool on)
{
	return dev->model ? user_model_set_option(dev->model, option, on) : FY_ERR_NOT_FOUND;
}

void ferry_sim_set_irqs(struct ferry_sim_device *dev, unsigned count)
{
	user_device_set_irqs(dev->dev, count);
}

int ferry_sim_probe(struct ferry_sim *sim)
{
	return user_probe(sim->world, NULL);
}

bool ferry_sim_is_running(const struct ferry_sim_device *dev)
{
	return dev->dev->running;
}

void *ferry_sim_state(const struct ferry_sim_device *dev)
{
	return dev->dev->state;
}

int ferry_sim_suspend(struct ferry_sim *sim)
{
	return user_suspend(sim->world, NULL);
}

int ferry_sim_resume(struct ferry_sim *sim)
{
	return user_resume(sim->world, NULL);
}

int ferry_sim_set_parameter(struct ferry_sim_device *dev, const char *name, uint32_t value)
{
	return user_device_set_parameter(dev->dev, name, value);
}

void ferry_sim_remove(struct ferry_sim_device *dev)
{
	user_remove(dev->dev);
}

unsigned long ferry_sim_violations(const struct ferry_sim *sim)
{
	return user_violations(sim->world);
}
