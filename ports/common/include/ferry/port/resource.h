/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Clocks, resets, supplies and pin states where no kernel has them: each is a resource of a device,
 * which the port finds by kind and name, and which is on or off and has a number.
 */
#ifndef FERRY_PORT_RESOURCE_H
#define FERRY_PORT_RESOURCE_H

enum fy_resource_kind {
	FY_RESOURCE_NONE,
	FY_RESOURCE_CLOCK,     /* the number is its rate */
	FY_RESOURCE_RESET,     /* on: it is asserted */
	FY_RESOURCE_REGULATOR, /* the number is its microvolts */
	FY_RESOURCE_PIN_STATE, /* on: it is set */
};

struct fy_resource {
	struct fy_device *dev; /* NULL: the device does not have it */
	const void *resource;  /* the port's; NULL: nothing is to be turned on */
	uint32_t value;
	unsigned uses;
};

/* By the port. NAME NULL: the first of the kind. */
int fy_port_resource_get(struct fy_device *dev, enum fy_resource_kind kind, const char *name,
			 struct fy_resource *resource);
int fy_port_resource_set(struct fy_resource *resource, bool on);
uint32_t fy_port_resource_value(const struct fy_resource *resource);
/* Sets the number to one from MIN to MAX. */
int fy_port_resource_set_value(struct fy_resource *resource, uint32_t min, uint32_t max);

static inline int fy_resource_use(struct fy_resource *resource)
{
	int rc = resource->dev && !resource->uses ? fy_port_resource_set(resource, true) : 0;

	resource->uses += !rc;
	return rc;
}

static inline void fy_resource_unuse(struct fy_resource *resource)
{
	if (resource->uses && !--resource->uses && resource->dev)
		fy_port_resource_set(resource, false);
}

#endif
