// SPDX-License-Identifier: GPL-2.0-only
/*
 * The program's device: the driver, what it is told, and a model or mapped registers: its own, or
 * those of the GPIO controller that it uses.
 */
#include <errno.h>
#include <string.h>

#include "user-program.h"

/*
 * The first model that the driver is compatible with, or that called NAME if that is one; NULL:
 * there is none.
 */
static const struct user_model_kind *find_kind(const struct fy_driver *driver, const char *name)
{
	const struct user_model_kind *kind;

	for (const char *const *compatible = driver->compatible; compatible && *compatible;
	     compatible++) {
		kind = user_model_find(*compatible);
		if (kind && (!*name || kind == user_model_find(name)))
			return kind;
	}
	return NULL;
}

static int set_model(struct user_world *world, struct fy_device *dev, const char *name,
		     struct user_model **model, struct error *err)
{
	const struct user_model_kind *kind = find_kind(dev->driver, name);
	int error;

	if (program_own_model && !*name) {
		program_own_model->compatible =
			dev->driver->compatible ? *dev->driver->compatible : "";
		kind = program_own_model;
	}
	/* One may have any model that it is told to have. */
	if (!kind && *name)
		kind = user_model_find(name);
	if (!kind && *name)
		return error_set(err, "there is no model '%s'", name);
	if (!kind)
		return error_set(err, "there is no model for this driver: use --mem, name one with "
				      "--model=NAME, or say with --pin which "
				      "pins it uses");
	*model = user_model_new(world, kind);
	error = user_device_set_model(dev, *model);
	if (error)
		return error_set(err,
				 error == FY_ERR_NO_MEMORY ?
					 "out of memory" :
					 "the model '%s' is not for this driver",
				 kind->name);
	return 0;
}

static int map_registers(struct fy_device *dev, const struct program_options *options,
			 struct error *err)
{
	const unsigned long long offset = options->mem_offset;

	switch (user_device_map(dev, options->mem, offset, options->mem_size, options->uio)) {
	case 0:
		return 0;
	case FY_ERR_INVALID:
		return error_set(err,
				 "%s: the file has no 0x%x bytes at 0x%llx: say with --mem "
				 "FILE:OFFSET:SIZE what it has",
				 options->mem, options->mem_size, offset);
	case FY_ERR_NOT_FOUND:
		return error_errno(err, "--uio %s: cannot open", options->uio);
	case FY_ERR_NO_MEMORY:
		return error_set(err, "out of memory");
	default:
		return error_errno(err, "%s: cannot map 0x%x bytes at 0x%llx", options->mem,
				   options->mem_size, offset);
	}
}

/* ---- A device on a bus ---- */

static const char bus_name[] = "i2c";
static const char spi_bus_name[] = "spi";

/* The bus of models that the model of a target is on. */
static int set_bus_of_model(struct user_world *world, struct fy_device *dev,
			    const struct user_model *model, struct error *err)
{
	int address = model ? user_model_address(model) : -1;

	if (model && model->kind->spi_target) {
		if (!user_spi_add_bus(world, spi_bus_name) ||
		    user_device_set_bus(dev, spi_bus_name, 0))
			return error_set(err, "out of memory");
		return 0;
	}
	if (address < 0)
		return 0;
	if (!user_i2c_add_bus(world, bus_name) ||
	    user_device_set_bus(dev, bus_name, (uint32_t)address))
		return error_set(err, "out of memory");
	return 0;
}

static int set_bus_of_host(struct user_world *world, struct fy_device *dev,
			   const struct program_options *options, struct error *err)
{
	if (!user_i2c_add_host_bus(world, bus_name, options->bus)) {
		if (errno == EOPNOTSUPP)
			return error_set(err, "--bus %s: its controller can do no more than SMBus",
					 options->bus);
		return error_errno(err, "--bus %s: cannot open", options->bus);
	}
	if (user_device_set_bus(dev, bus_name, options->address))
		return error_set(err, "out of memory");
	return 0;
}

/* ---- Registers, and pins ---- */

static int set_registers(struct user_world *world, struct fy_device *dev,
			 const struct program_options *options, struct user_model **model,
			 struct error *err)
{
	if (options->model)
		return set_model(world, dev, options->model, model, err) ||
				       set_bus_of_model(world, dev, *model, err) ?
			       -1 :
			       0;
	if (options->bus)
		return set_bus_of_host(world, dev, options, err);
	return options->mem ? map_registers(dev, options, err) : 0;
}

/* The driver of a controller with that model; NULL with ERR set: there is none. */
static const struct fy_driver *find_controller(const char *model, struct error *err)
{
	for (const struct fy_driver *const *driver = program_controllers; *driver; driver++) {
		const struct user_model_kind *kind = find_kind(*driver, model);

		/* An expander on a bus has to be asked for by name. */
		if (kind && (*model || !(kind->target || kind->spi_target)))
			return *driver;
	}
	error_set(err, "there is no GPIO controller with the model '%s'", model);
	return NULL;
}

static int set_pins(struct fy_device *dev, struct fy_device *controller,
		    const struct program_options *options, struct error *err)
{
	for (unsigned i = 0; i < options->pins; i++)
		if (user_device_set_pin(dev, options->pin[i].function, controller->name,
					options->pin[i].number, options->pin[i].active_low))
			return error_set(err, "out of memory");
	return 0;
}

static int set_properties(struct fy_device *dev, const struct program_options *options,
			  struct error *err)
{
	for (unsigned i = 0; i < options->properties; i++)
		if (user_device_set_property(dev, options->property[i].name,
					     options->property[i].value))
			return error_set(err, "out of memory");
	for (unsigned i = 0; i < options->parameters; i++)
		if (user_device_set_parameter(dev, options->parameter[i].name,
					      options->parameter[i].value))
			return error_set(err, "out of memory");
	return 0;
}

/* Why the driver did not start, besides what it logged. */
static int explain(int error, struct user_world *world, const struct program_options *options,
		   struct error *err)
{
	const struct fy_gpio_controller *controller = user_gpio_first(world);

	for (unsigned i = 0; controller && i < options->pins; i++)
		if (options->pin[i].number >= controller->pins)
			return error_set(err,
					 "--pin %s=%u: there is no such pin; the controller has "
					 "%u, from 0 on",
					 options->pin[i].function, options->pin[i].number,
					 controller->pins);
	if (options->bus)
		return error_set(err,
				 "the driver does not start: error %d; is its device at 0x%02x of "
				 "%s?",
				 error, options->address, options->bus);
	if (error == FY_ERR_NOT_FOUND || error == FY_ERR_DEFER)
		return error_set(err, "the driver does not start: it lacks something; a pin is "
				      "given to it with --pin");
	return error_set(err, "the driver does not start: %s; does the device fit it?",
			 fy_error_name(error));
}

/*
 * Adds the device that has the registers: the controller whose pins the program's device uses, or
 * that itself.
 */
static struct fy_device *add_registers(struct user_world *world,
				       const struct program_options *options,
				       struct user_model **model, struct error *err)
{
	const struct fy_driver *driver = program_driver;
	struct fy_device *dev;

	if (options->pins)
		driver = find_controller(options->model ? options->model : "", err);
	if (!driver)
		return NULL;
	dev = user_device_add(world, driver, options->pins ? driver->name : program_name);
	if (!dev)
		error_set(err, "out of memory");
	return dev && !set_registers(world, dev, options, model, err) ? dev : NULL;
}

struct fy_device *program_add_device(struct user_world *world,
				     const struct program_options *options,
				     struct user_model **model, struct error *err)
{
	struct fy_device *registers = add_registers(world, options, model, err), *dev = registers;
	const char *unread;
	int error;

	if (registers && options->pins)
		dev = user_device_add(world, program_driver, program_name);
	if (registers && !dev)
		error_set(err, "%s is a GPIO controller itself: leave out --pin", program_name);
	if (dev && options->compatible &&
	    user_device_set_compatible(dev, options->compatible) == FY_ERR_NOT_FOUND) {
		error_set(err, "--compatible: the driver does not serve '%s'", options->compatible);
		return NULL;
	}
	if (!dev || set_pins(dev, registers, options, err) || set_properties(dev, options, err))
		return NULL;
	error = user_probe(world, NULL);
	unread = user_device_unread_property(dev);
	if (error)
		explain(error, world, options, err);
	else if (unread)
		error_set(err,
			  "--property %s: the driver has no such property, or does not use it as "
			  "things are",
			  unread);
	return error || unread ? NULL : dev;
}
