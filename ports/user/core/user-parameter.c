// SPDX-License-Identifier: GPL-2.0-only
/*
 * <ferry/parameter.h>: a parameter of a process has one device, so that who sets it sets the
 * device's property of that name.
 */
#include <stdio.h>
#include <string.h>

#include <ferry/parameter.h>

#include "world.h"

#define NAME_MAX_LENGTH 32

static void property_name(const char *name, char *property, size_t size)
{
	snprintf(property, size, "%s", name);
	for (char *c = property; *c; c++)
		if (*c == '_')
			*c = '-';
}

const struct fy_parameter *user_parameter_find(const struct fy_driver *driver, const char *name)
{
	const struct fy_parameter *parameter = driver->parameters;

	while (parameter && parameter->name && strcmp(parameter->name, name) != 0)
		parameter++;
	return parameter && parameter->name ? parameter : NULL;
}

int user_device_set_parameter(struct fy_device *dev, const char *name, uint32_t value)
{
	const struct fy_parameter *parameter = user_parameter_find(dev->driver, name);
	char property[NAME_MAX_LENGTH];

	if (!parameter)
		return FY_ERR_NOT_FOUND;
	if (value < parameter->min || value > parameter->max)
		return FY_ERR_INVALID;
	property_name(name, property, sizeof(property));
	return user_device_set_property(dev, property, value);
}

int fy_port_parameter(struct fy_device *dev, const struct fy_parameter *parameter, uint32_t *value)
{
	char property[NAME_MAX_LENGTH];
	uint32_t number = parameter->preset;
	int rc;

	property_name(parameter->name, property, sizeof(property));
	rc = fy_property_u32(dev, property, &number);
	if ((rc && rc != FY_ERR_NOT_FOUND) || number < parameter->min || number > parameter->max) {
		fy_error(dev, "property %s: expected %u to %u", property, parameter->min,
			 parameter->max);
		return FY_ERR_INVALID;
	}
	*value = number;
	return 0;
}
