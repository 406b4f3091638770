// SPDX-License-Identifier: GPL-2.0-only
/*
 * Linux port, <ferry/property.h>: the kernel's firmware nodes. Nodes that a driver gets are held
 * until its device goes.
 */
#include <linux/device.h>
#include <linux/of.h>
#include <linux/property.h>
#include <linux/slab.h>
#include <ferry/property.h>

#include "linux-error.h"

void fy_linux_node_of(struct fy_device *dev, struct fy_node *node)
{
	node->dev = dev->dev;
	node->fwnode = dev->dev ? dev_fwnode(dev->dev) : NULL;
	node->name = dev->name;
}

const char *fy_linux_node_name(const struct fy_node *node)
{
	return is_of_node(node->fwnode) ? kbasename(to_of_node(node->fwnode)->full_name) :
					  node->name;
}

static void put_node(void *fwnode)
{
	fwnode_handle_put(fwnode);
}

/*
 * A node that is held, for as long as the driver's device is there. Returns 0 or FY_ERR_NO_MEMORY.
 */
static int keep_node(struct device *dev, struct fwnode_handle *fwnode, struct fy_node *node)
{
	if (devm_add_action_or_reset(dev, put_node, fwnode))
		return FY_ERR_NO_MEMORY;
	*node = (struct fy_node){ .dev = dev, .fwnode = fwnode, .name = "" };
	return 0;
}

int fy_linux_node_child(const struct fy_node *node, unsigned index, struct fy_node *child)
{
	struct fwnode_handle *next = NULL;

	if (!node->fwnode)
		return FY_ERR_NOT_FOUND;
	do {
		next = fwnode_get_next_available_child_node(node->fwnode, next);
		if (!next)
			return FY_ERR_NOT_FOUND;
	} while (index--);
	return keep_node(node->dev, next, child);
}

bool fy_linux_node_present(const struct fy_node *node, const char *name)
{
	return node->fwnode && fwnode_property_present(node->fwnode, name);
}

/* How many cells the property has, at least 1; FY_ERR_NOT_FOUND; FY_ERR_INVALID. */
static int count_cells(const struct fy_node *node, const char *name)
{
	int count;

	if (!fy_linux_node_present(node, name))
		return FY_ERR_NOT_FOUND;
	count = fwnode_property_count_u32(node->fwnode, name);
	return count > 0 ? count : FY_ERR_INVALID;
}

int fy_linux_node_u32(const struct fy_node *node, const char *name, uint32_t *value)
{
	int count = count_cells(node, name);

	if (count < 0)
		return count;
	if (count != 1)
		return FY_ERR_INVALID;
	return fy_error_from_errno(fwnode_property_read_u32(node->fwnode, name, value));
}

int fy_linux_node_u64(const struct fy_node *node, const char *name, uint64_t *value)
{
	int count = count_cells(node, name), rc;
	u32 low;

	if (count < 0)
		return count;
	if (count == 2)
		return fy_error_from_errno(fwnode_property_read_u64(node->fwnode, name, value));
	if (count > 2)
		return FY_ERR_INVALID;
	rc = fwnode_property_read_u32(node->fwnode, name, &low);
	if (!rc)
		*value = low;
	return fy_error_from_errno(rc);
}

int fy_linux_node_u32_list(const struct fy_node *node, const char *name, uint32_t *values,
			   unsigned max)
{
	int count = count_cells(node, name), rc = 0;

	if (count < 0)
		return count;
	if (max)
		rc = fwnode_property_read_u32_array(node->fwnode, name, values,
						    min_t(unsigned, max, count));
	return rc ? fy_error_from_errno(rc) : count;
}

int fy_linux_node_text(const struct fy_node *node, const char *name, unsigned index,
		       const char **text)
{
	const char **list;
	int count, rc;

	if (!fy_linux_node_present(node, name))
		return FY_ERR_NOT_FOUND;
	count = fwnode_property_string_array_count(node->fwnode, name);
	if (count <= 0)
		return FY_ERR_INVALID;
	if (index >= count)
		return FY_ERR_NOT_FOUND;
	list = kcalloc(count, sizeof(*list), GFP_KERNEL);
	if (!list)
		return FY_ERR_NO_MEMORY;
	rc = fwnode_property_read_string_array(node->fwnode, name, list, count);
	if (rc >= 0)
		*text = list[index];
	kfree(list);
	return rc < 0 ? fy_error_from_errno(rc) : 0;
}

int fy_linux_node_reference(const struct fy_node *node, const char *name, const char *cells,
			    unsigned index, struct fy_reference *reference)
{
	struct fwnode_reference_args args;
	int rc;

	if (!fy_linux_node_present(node, name))
		return FY_ERR_NOT_FOUND;
	rc = fwnode_property_get_reference_args(node->fwnode, name, cells, 0, index, &args);
	if (rc)
		return rc == -ENOENT ? FY_ERR_NOT_FOUND : FY_ERR_INVALID;
	if (args.nargs > FY_REFERENCE_NUMBERS) {
		fwnode_handle_put(args.fwnode);
		return FY_ERR_INVALID;
	}
	reference->count = args.nargs;
	for (unsigned int i = 0; i < args.nargs; i++)
		reference->numbers[i] = args.args[i];
	return keep_node(node->dev, args.fwnode, &reference->node);
}
