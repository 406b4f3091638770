// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * <ferry/window.h>: the windows of the board's table, or else those of the devicetree's `reg`. The
 * port's memory map has them all already.
 */
#include <ferry/property.h>
#include <ferry/window.h>

#include "core.h"

static int from_table(const struct bare_window *list, unsigned index, struct fy_window *window)
{
	for (; list->size; list++) {
		if (index--)
			continue;
		*window = (struct fy_window){ list->address, list->size };
		return 0;
	}
	return FY_ERR_NOT_FOUND;
}

static bool in_device_memory(uint64_t address, uint64_t size)
{
	for (const struct bare_region *r = bare_regions; r->size; r++)
		if (r->device && address >= r->start && address - r->start < r->size &&
		    size <= r->size - (address - r->start))
			return true;
	return false;
}

static int from_tree(uint32_t tree_node, unsigned index, struct fy_window *window)
{
	struct devicetree_walk at;
	uint64_t address, size;

	devicetree_walk(&at, bare_firmware_tree());
	while (devicetree_next(&at) && at.node != tree_node)
		;
	if (at.node != tree_node)
		return FY_ERR_NOT_FOUND;
	switch (devicetree_window(&at, index, &address, &size)) {
	case DEVICETREE_NO_WINDOW:
		return FY_ERR_NOT_FOUND;
	case DEVICETREE_UNREACHABLE:
		return FY_ERR_INVALID;
	default:
		break;
	}
	if (!in_device_memory(address, size))
		return FY_ERR_INVALID;
	*window = (struct fy_window){ (uintptr_t)address, (uint32_t)size };
	return 0;
}

int bare_window_get(struct fy_device *dev, unsigned index, struct fy_window *window)
{
	if (dev->node && dev->node->windows)
		return from_table(dev->node->windows, index, window);
	if (dev->tree_node)
		return from_tree(dev->tree_node, index, window);
	if (index || !dev->registers)
		return FY_ERR_NOT_FOUND;
	*window = (struct fy_window){ dev->registers, 0 };
	return 0;
}

int bare_window_get_named(struct fy_device *dev, const char *name, struct fy_window *window)
{
	const struct bare_window *list = dev->node ? dev->node->windows : NULL;
	const char *found;

	for (unsigned i = 0; list && list[i].size; i++)
		if (list[i].name && bare_text_equal(list[i].name, name))
			return from_table(list, i, window);
	if (list)
		return FY_ERR_NOT_FOUND;
	for (unsigned i = 0; !fy_property_text(dev, "reg-names", i, &found); i++)
		if (bare_text_equal(found, name))
			return bare_window_get(dev, i, window);
	return FY_ERR_NOT_FOUND;
}
