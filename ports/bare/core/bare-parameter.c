// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * <ferry/parameter.h>: the command line that the firmware hands over (DRIVER.NAME=VALUE, or
 * DRIVER1.NAME=VALUE for one device; the last one counts), else the device's property.
 */
#include <ferry/parameter.h>

#include "core.h"

#define NAME_MAX_LENGTH 32

/* The command line, from the devicetree's node /chosen; "" when there is none. */
static const char *command_line(void)
{
	const struct devicetree *tree = bare_firmware_tree();
	struct devicetree_walk at;
	const uint8_t *text;
	uint32_t len;

	if (!tree)
		return "";
	for (devicetree_walk(&at, tree); devicetree_next(&at);) {
		if (at.depth != 2 || !bare_text_equal(devicetree_name(tree, at.node), "chosen"))
			continue;
		text = devicetree_property(tree, at.node, "bootargs", &len);
		return text && len && !text[len - 1] ? (const char *)text : "";
	}
	return "";
}

/* What follows TEXT at AT; NULL: something else stands there. */
static const char *skip(const char *at, const char *text)
{
	while (at && *text)
		at = *at++ == *text++ ? at : NULL;
	return at;
}

/* The value that the word AT has for the parameter, or NULL: it is another's. */
static const char *value_of(const char *at, const struct fy_device *dev, const char *name)
{
	at = skip(at, dev->driver->name);
	if (at && *at >= '0' && *at <= '9') {
		unsigned index = 0;

		for (; *at >= '0' && *at <= '9'; at++)
			index = index * 10 + (unsigned)(*at - '0');
		if (index != dev->index)
			return NULL;
	}
	at = at ? skip(at, ".") : NULL;
	at = at ? skip(at, name) : NULL;
	return at ? skip(at, "=") : NULL;
}

/* The decimal number that the word AT is. Returns false: it is none, or over 32 bits. */
static bool read_number(const char *at, uint32_t *number)
{
	uint64_t value = 0;

	if (*at < '0' || *at > '9')
		return false;
	for (; *at >= '0' && *at <= '9'; at++) {
		value = value * 10 + (uint64_t)(*at - '0');
		if (value > UINT32_MAX)
			return false;
	}
	*number = (uint32_t)value;
	return !*at || *at == ' ';
}

/* Returns 0, FY_ERR_NOT_FOUND, FY_ERR_INVALID. */
static int from_command_line(const struct fy_device *dev, const char *name, uint32_t *value)
{
	const char *at = command_line(), *found;
	int rc = FY_ERR_NOT_FOUND;

	while (*at) {
		found = value_of(at, dev, name);
		if (found)
			rc = read_number(found, value) ? 0 : FY_ERR_INVALID;
		while (*at && *at != ' ')
			at++;
		while (*at == ' ')
			at++;
	}
	return rc;
}

static int from_property(struct fy_device *dev, const char *name, uint32_t *value)
{
	char property[NAME_MAX_LENGTH];
	unsigned len = 0;

	for (; name[len] && len + 1 < sizeof(property); len++)
		property[len] = name[len] == '_' ? '-' : name[len];
	property[len] = '\0';
	return fy_property_u32(dev, property, value);
}

int fy_port_parameter(struct fy_device *dev, const struct fy_parameter *parameter, uint32_t *value)
{
	uint32_t number = parameter->preset;
	int rc = from_command_line(dev, parameter->name, &number);

	if (rc == FY_ERR_NOT_FOUND)
		rc = from_property(dev, parameter->name, &number);
	if ((rc && rc != FY_ERR_NOT_FOUND) || number < parameter->min || number > parameter->max) {
		fy_error(dev, "parameter %s: expected %u to %u", parameter->name, parameter->min,
			 parameter->max);
		return FY_ERR_INVALID;
	}
	*value = number;
	return 0;
}
