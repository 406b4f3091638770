// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * Properties, children and references of a device: those of its devicetree node, if it has one,
 * come before those of the board's table. See <ferry/property.h>.
 */
#include <ferry/property.h>

#include "core.h"

static const struct bare_property *find(const struct bare_property *property, const char *name)
{
	while (property && property->name && !bare_text_equal(property->name, name))
		property++;
	return property && property->name ? property : NULL;
}

static const struct bare_property *find_in_table(const struct fy_node *node, const char *name)
{
	if (!node->table)
		return NULL;
	return find(node->child ? node->child->properties : node->table->properties, name);
}

const uint8_t *fy_port_node_bytes(const struct fy_node *node, const char *name, uint32_t *len)
{
	const struct bare_property *property;
	const uint8_t *bytes = NULL;

	if (node->tree_node)
		bytes = devicetree_property(bare_firmware_tree(), node->tree_node, name, len);
	if (bytes)
		return bytes;
	property = find_in_table(node, name);
	if (!property)
		return NULL;
	*len = property->len;
	return property->bytes;
}

int fy_port_property_u32(struct fy_device *dev, const char *name, uint32_t *value)
{
	struct fy_node node;

	fy_port_node_of(dev, &node);
	return fy_port_node_u32(&node, name, value);
}

void fy_port_node_of(struct fy_device *dev, struct fy_node *node)
{
	*node = (struct fy_node){ .tree_node = dev->tree_node, .table = dev->node };
}

const char *fy_port_node_name(const struct fy_node *node)
{
	if (node->tree_node)
		return devicetree_name(bare_firmware_tree(), node->tree_node);
	if (!node->table)
		return "";
	return node->child ? node->child->name : node->table->name;
}

int fy_port_node_child(const struct fy_node *node, unsigned index, struct fy_node *child)
{
	const struct bare_child *list = node->table && !node->child ? node->table->children : NULL;
	uint32_t found = 0;

	if (node->tree_node)
		found = devicetree_child(bare_firmware_tree(), node->tree_node, index);
	if (found) {
		*child = (struct fy_node){ .tree_node = found };
		return 0;
	}
	/* The devicetree's children are the whole list, if it has any. */
	if (node->tree_node && devicetree_child(bare_firmware_tree(), node->tree_node, 0))
		return FY_ERR_NOT_FOUND;
	for (; list && list->name; list++) {
		if (!index--) {
			*child = (struct fy_node){ .table = node->table, .child = list };
			return 0;
		}
	}
	return FY_ERR_NOT_FOUND;
}

/* ---- References ---- */

/* Reads the reference at BYTES. Returns its length in bytes, or an error. */
static int read_reference(const uint8_t *bytes, uint32_t len, const char *cells,
			  struct fy_reference *reference)
{
	const struct devicetree *tree = bare_firmware_tree();
	uint32_t node = devicetree_by_phandle(tree, devicetree_cell(bytes));

	if (!node)
		return FY_ERR_INVALID;
	reference->node = (struct fy_node){ .tree_node = node };
	reference->count = cells ? devicetree_u32(tree, node, cells, UINT32_MAX) : 0;
	if (reference->count > FY_REFERENCE_NUMBERS || reference->count > len / 4 - 1)
		return FY_ERR_INVALID;
	for (unsigned i = 0; i < reference->count; i++)
		reference->numbers[i] = devicetree_cell(bytes + 4 + 4 * i);
	return (int)(4 + 4 * reference->count);
}

static int find_reference(const uint8_t *bytes, uint32_t len, const char *cells, unsigned index,
			  struct fy_reference *reference)
{
	while (len >= 4) {
		int used = read_reference(bytes, len, cells, reference);

		if (used < 0)
			return used;
		if (!index--)
			return 0;
		bytes += used;
		len -= (uint32_t)used;
	}
	return len ? FY_ERR_INVALID : FY_ERR_NOT_FOUND;
}

static int find_named(const struct fy_node *node, const char *name, unsigned index,
		      struct fy_reference *reference)
{
	const char *target;
	int rc = fy_port_node_text(node, name, index, &target);

	if (rc)
		return rc;
	for (const struct bare_device *device = bare_devices; device->name; device++) {
		if (bare_text_equal(device->name, target)) {
			reference->node = (struct fy_node){ .table = device };
			reference->count = 0;
			return 0;
		}
	}
	return FY_ERR_INVALID;
}

int fy_port_node_reference(const struct fy_node *node, const char *name, const char *cells,
			   unsigned index, struct fy_reference *reference)
{
	const uint8_t *bytes = NULL;
	uint32_t len;

	if (node->tree_node)
		bytes = devicetree_property(bare_firmware_tree(), node->tree_node, name, &len);
	if (bytes)
		return find_reference(bytes, len, cells, index, reference);
	return find_named(node, name, index, reference);
}
