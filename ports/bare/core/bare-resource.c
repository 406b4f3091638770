// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * Clocks, resets, supplies and pin states: those of the board's table; else clocks and supplies
 * that the devicetree says are fixed ("fixed-clock", "regulator-fixed"), which are always on.
 */
#include <ferry/property.h>
#include <ferry/port/resource.h>

#include "core.h"

#define LONGEST_NAME 40

static const struct bare_resource *find_resource(const struct fy_device *dev,
						 enum fy_resource_kind kind, const char *name)
{
	const struct bare_resource *list = dev->node ? dev->node->resources : NULL;

	for (; list && list->kind; list++)
		if (list->kind == kind &&
		    (!name || (list->name && bare_text_equal(list->name, name))))
			return list;
	return NULL;
}

/* The number PROPERTY of the node that a reference names, if that is COMPATIBLE. */
static int fixed_value(const struct fy_node *node, const char *reference_name, const char *cells,
		       unsigned index, const char *compatible, const char *property,
		       uint32_t *value)
{
	struct fy_reference reference;
	const char *found;
	int rc = fy_node_reference(node, reference_name, cells, index, &reference);

	if (rc)
		return rc;
	if (fy_node_text(&reference.node, "compatible", 0, &found) ||
	    !bare_text_equal(found, compatible) || fy_node_u32(&reference.node, property, value))
		return FY_ERR_NOT_FOUND;
	return 0;
}

static int find_fixed_clock(const struct fy_node *node, const char *name, uint32_t *value)
{
	unsigned index = 0;
	const char *found;

	for (; name; index++) {
		if (fy_node_text(node, "clock-names", index, &found))
			return FY_ERR_NOT_FOUND;
		if (bare_text_equal(found, name))
			break;
	}
	return fixed_value(node, "clocks", "#clock-cells", index, "fixed-clock", "clock-frequency",
			   value);
}

static int find_fixed_supply(const struct fy_node *node, const char *name, uint32_t *value)
{
	static const char suffix[] = "-supply";
	char property[LONGEST_NAME];
	size_t len = 0;

	for (; name[len]; len++) {
		if (len + sizeof(suffix) >= sizeof(property))
			return FY_ERR_NOT_FOUND;
		property[len] = name[len];
	}
	__builtin_memcpy(property + len, suffix, sizeof(suffix));
	return fixed_value(node, property, NULL, 0, "regulator-fixed", "regulator-min-microvolt",
			   value);
}

int fy_port_resource_get(struct fy_device *dev, enum fy_resource_kind kind, const char *name,
			 struct fy_resource *resource)
{
	const struct bare_resource *found = find_resource(dev, kind, name);
	int rc = found ? 0 : FY_ERR_NOT_FOUND;
	struct fy_node node;

	*resource = (struct fy_resource){ .resource = found, .value = found ? found->value : 0 };
	fy_node_of(dev, &node);
	if (!found && kind == FY_RESOURCE_CLOCK)
		rc = find_fixed_clock(&node, name, &resource->value);
	if (!found && kind == FY_RESOURCE_REGULATOR && name)
		rc = find_fixed_supply(&node, name, &resource->value);
	if (!rc)
		resource->dev = dev;
	return rc;
}

int fy_port_resource_set(struct fy_resource *resource, bool on)
{
	const struct bare_resource *table = resource->resource;

	return table && table->set ? table->set(on) : 0;
}

uint32_t fy_port_resource_value(const struct fy_resource *resource)
{
	return resource->value;
}

int fy_port_resource_set_value(struct fy_resource *resource, uint32_t min, uint32_t max)
{
	return resource->value >= min && resource->value <= max ? 0 : FY_ERR_UNSUPPORTED;
}
