// SPDX-License-Identifier: GPL-2.0-only
/* Clocks, resets, supplies and pin states that a device has been given. */
#include <stdlib.h>
#include <string.h>

#include "list.h"
#include "world.h"

struct user_resource {
	struct user_resource *next;
	enum fy_resource_kind kind;
	char *name;
	uint32_t value;
	bool on;
};

static struct user_resource *find(const struct fy_device *dev, enum fy_resource_kind kind,
				  const char *name)
{
	struct user_resource *resource = dev->resources;

	while (resource && !(resource->kind == kind && (!name || !strcmp(resource->name, name))))
		resource = resource->next;
	return resource;
}

int user_device_add_resource(struct fy_device *dev, enum fy_resource_kind kind, const char *name,
			     uint32_t value)
{
	struct user_resource *resource = calloc(1, sizeof(*resource));

	if (!resource)
		return FY_ERR_NO_MEMORY;
	*resource = (struct user_resource){ .kind = kind, .name = strdup(name), .value = value };
	if (!resource->name) {
		free(resource);
		return FY_ERR_NO_MEMORY;
	}
	list_append(&dev->resources, resource);
	return 0;
}

int user_device_resource(const struct fy_device *dev, enum fy_resource_kind kind, const char *name,
			 uint32_t *value)
{
	const struct user_resource *resource = find(dev, kind, name);

	if (!resource)
		return FY_ERR_NOT_FOUND;
	if (value)
		*value = resource->value;
	return resource->on;
}

void user_resources_expect_off(struct fy_device *dev)
{
	for (struct user_resource *resource = dev->resources; resource; resource = resource->next) {
		if (resource->kind != FY_RESOURCE_CLOCK && resource->kind != FY_RESOURCE_REGULATOR)
			continue;
		if (resource->on)
			user_violation(dev->world, dev, "it leaves the %s '%s' enabled",
				       resource->kind == FY_RESOURCE_CLOCK ? "clock" : "supply",
				       resource->name);
		resource->on = false;
	}
}

void user_resources_free(struct fy_device *dev)
{
	while (dev->resources) {
		struct user_resource *resource = dev->resources;

		dev->resources = resource->next;
		free(resource->name);
		free(resource);
	}
}

/* ---- What drivers ask ---- */

int fy_port_resource_get(struct fy_device *dev, enum fy_resource_kind kind, const char *name,
			 struct fy_resource *resource)
{
	struct user_resource *found = find(dev, kind, name);

	*resource = (struct fy_resource){ .dev = found ? dev : NULL, .resource = found };
	return found ? 0 : FY_ERR_NOT_FOUND;
}

/* Pins have one state: another one's ends. */
int fy_port_resource_set(struct fy_resource *resource, bool on)
{
	struct user_resource *own = (struct user_resource *)resource->resource;

	if (own->kind == FY_RESOURCE_PIN_STATE)
		for (struct user_resource *other = resource->dev->resources; other;
		     other = other->next)
			if (other->kind == FY_RESOURCE_PIN_STATE)
				other->on = false;
	own->on = on;
	return 0;
}

uint32_t fy_port_resource_value(const struct fy_resource *resource)
{
	return ((const struct user_resource *)resource->resource)->value;
}

int fy_port_resource_set_value(struct fy_resource *resource, uint32_t min, uint32_t max)
{
	struct user_resource *own = (struct user_resource *)resource->resource;

	own->value = own->value < min ? min : own->value > max ? max : own->value;
	return 0;
}
