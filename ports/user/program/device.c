// SPDX-License-Identifier: GPL-2.0-only
/* The program's device: the driver, and a model or mapped registers. */
#include <errno.h>
#include <string.h>

#include "program.h"

/* The model that was asked for, or the first that the driver is compatible with. */
static const struct user_model_kind *find_kind(const char *name)
{
	const struct user_model_kind *kind;

	if (*name)
		return user_model_find(name);
	for (const char *const *compatible = program_driver->compatible; compatible && *compatible; compatible++) {
		kind = user_model_find(*compatible);
		if (kind)
			return kind;
	}
	return NULL;
}

static int set_model(struct user_world *world, struct fy_device *dev, const char *name, struct user_model **model,
		     struct error *err)
{
	const struct user_model_kind *kind = find_kind(name);
	int error;

	if (!kind && *name)
		return error_set(err, "there is no model '%s'", name);
	if (!kind)
		return error_set(err, "there is no model for this driver: use --mem, or name one with --model=NAME");
	*model = user_model_new(world, kind);
	error = user_device_set_model(dev, *model);
	if (error)
		return error_set(err, error == FY_ERR_NO_MEMORY ? "out of memory" : "the model '%s' is not for this driver",
				 kind->name);
	return 0;
}

int program_add_device(struct user_world *world, const struct program_options *options, struct user_model **model,
		       struct error *err)
{
	struct fy_device *dev = user_device_add(world, program_driver, program_name), *failed = NULL;
	int error;

	if (!dev)
		return error_set(err, "out of memory");
	if (options->model && set_model(world, dev, options->model, model, err))
		return -1;
	if (options->mem) {
		errno = 0;
		if (user_device_map(dev, options->mem, options->mem_offset, options->mem_size, options->uio))
			return error_errno(err, "%s: cannot map 0x%x bytes at 0x%llx", options->mem, options->mem_size,
					   (unsigned long long)options->mem_offset);
	}
	error = user_probe(world, &failed);
	if (error)
		return error_set(err, "the driver does not start: error %d; does the device fit it?", error);
	return 0;
}
