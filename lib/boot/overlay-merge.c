// SPDX-License-Identifier: GPL-2.0-only
/* Merges an overlay, its references resolved, into a devicetree: see overlay.h. */
#include <libfdt.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "boot/overlay.h"

/* Copies one property; bootargs is added to, everything else replaced. */
static int merge_property(struct devicetree *to, int to_node, const char *name, const void *value,
			  int len, struct error *err)
{
	const char *old = strcmp(name, "bootargs") ? NULL : devicetree_string(to, to_node, name);

	if (!old || !*old)
		return devicetree_set(to, to_node, name, value, (size_t)len, err);
	fdt_setprop_inplace_namelen_partial(to->blob, to_node, name, (int)strlen(name),
					    (uint32_t)strlen(old), " ", 1);
	return devicetree_append(to, to_node, name, value, (size_t)len, err);
}

/*
 * Copies the properties and children of FROM_NODE into TO_NODE, which keeps its own phandle when it
 * is a target.
 */
static int merge_node(struct devicetree *to, int to_node, const struct devicetree *from,
		      int from_node, bool target, struct error *err)
{
	const char *name;
	const void *value;
	int property, child, to_child, len;

	fdt_for_each_property_offset(property, from->blob, from_node)
	{
		value = fdt_getprop_by_offset(from->blob, property, &name, &len);
		if (!value)
			return error_set(err, "has a damaged property");
		if (strcmp(name, "name") == 0 || (target && (strcmp(name, "phandle") == 0 ||
							     strcmp(name, "linux,phandle") == 0)))
			continue;
		if (merge_property(to, to_node, name, value, len, err) < 0)
			return -1;
	}
	fdt_for_each_subnode(child, from->blob, from_node)
	{
		name = fdt_get_name(from->blob, child, NULL);
		if (!name || !*name)
			return error_set(err, "has a node without a name");
		to_child = fdt_subnode_offset(to->blob, to_node, name);
		if (to_child < 0)
			to_child = devicetree_add_node(to, to_node, name, err);
		if (to_child < 0 || merge_node(to, to_child, from, child, false, err) < 0)
			return -1;
	}
	return 0;
}

static uint32_t target_phandle(const struct devicetree *tree, int fragment)
{
	int len;
	const void *target = fdt_getprop(tree->blob, fragment, "target", &len);
	fdt32_t cell;

	if (!target || len != sizeof(cell))
		return 0;
	memcpy(&cell, target, sizeof(cell));
	return fdt32_to_cpu(cell);
}

/*
 * The first active fragment that targets the overlay itself; *TARGET is that node. Negative when
 * there is none.
 */
static int find_inner_fragment(const struct devicetree *tree, int *target)
{
	int fragment;

	fdt_for_each_subnode(fragment, tree->blob, 0)
	{
		uint32_t phandle = target_phandle(tree, fragment);

		if (!phandle || fdt_subnode_offset(tree->blob, fragment, "__overlay__") < 0 ||
		    devicetree_string(tree, fragment, "target-path"))
			continue;
		*target = fdt_node_offset_by_phandle(tree->blob, phandle);
		if (*target >= 0)
			return fragment;
	}
	return -1;
}

/*
 * Merges the fragments that target other fragments. Each goes away first, so that what it holds is
 * in the tree, and found by its phandle, only where it ends up.
 */
static int merge_inner_fragments(struct devicetree *tree, struct error *err)
{
	struct devicetree copy;
	int fragment, target, body, rc = 0;
	uint32_t phandle;

	while (rc == 0 && (fragment = find_inner_fragment(tree, &target)) >= 0) {
		phandle = target_phandle(tree, fragment);
		body = fdt_subnode_offset(tree->blob, fragment, "__overlay__");
		if (devicetree_open(&copy, tree->blob, fdt_totalsize(tree->blob), err) < 0)
			return -1;
		fdt_del_node(tree->blob, fragment);
		target = fdt_node_offset_by_phandle(tree->blob, phandle);
		if (target >= 0)
			rc = merge_node(tree, target, &copy, body, true, err);
		devicetree_close(&copy);
	}
	return rc;
}

/* The node of BASE that a fragment targets. Negative with ERR set when there is none. */
static int find_target(const struct devicetree *tree, int fragment, const struct devicetree *base,
		       struct error *err)
{
	const char *name = fdt_get_name(tree->blob, fragment, NULL);
	const char *path = devicetree_string(tree, fragment, "target-path");
	uint32_t phandle = target_phandle(tree, fragment);
	int node;

	if (path) {
		node = devicetree_node(base, path);
		if (node < 0)
			error_set(err, "its %s targets '%s', which the devicetree does not have",
				  name, path);
	} else if (phandle) {
		node = fdt_node_offset_by_phandle(base->blob, phandle);
		if (node < 0)
			error_set(err, "its %s targets a node that the devicetree does not have",
				  name);
	} else {
		node = error_set(err, "its %s has no target", name);
	}
	return node;
}

/*
 * Turns a PATH inside the overlay ("/fragment@0/__overlay__/led") into that of the node in BASE.
 * Returns 1, 0 when it is not a path into an active fragment, -1 with ERR set.
 */
static int rebase_path(const struct devicetree *tree, const char *path,
		       const struct devicetree *base, char *result, struct error *err)
{
	static const char body[] = "/__overlay__";
	const char *rest = path[0] == '/' ? strchr(path + 1, '/') : NULL;
	int fragment, target;
	size_t len;

	if (!rest || strncmp(rest, body, sizeof(body) - 1) != 0)
		return 0;
	fragment = fdt_path_offset_namelen(tree->blob, path, (int)(rest - path));
	rest += sizeof(body) - 1;
	if (fragment < 0 || fdt_subnode_offset(tree->blob, fragment, "__overlay__") < 0 ||
	    (*rest && *rest != '/'))
		return 0;
	target = find_target(tree, fragment, base, err);
	if (target < 0)
		return -1;
	if (fdt_get_path(base->blob, target, result, DEVICETREE_PATH) < 0)
		return error_set(err, "the path of its target is too long");
	len = *rest && strcmp(result, "/") == 0 ? 0 : strlen(result);
	if (len + strlen(rest) >= DEVICETREE_PATH)
		return error_set(err, "the path '%s' is too long", path);
	strcpy(result + len, rest);
	return 1;
}

/*
 * Copies the properties of FROM into the node TO_PATH, made if need be: paths, which become those
 * of BASE.
 */
static int merge_paths(const struct devicetree *tree, int from, int exports,
		       struct devicetree *base, const char *to_path, struct error *err)
{
	char path[DEVICETREE_PATH];
	const char *name, *value;
	int property, to, len, rc;

	fdt_for_each_property_offset(property, tree->blob, from)
	{
		fdt_getprop_by_offset(tree->blob, property, &name, &len);
		value = devicetree_string(tree, from, name);
		if (!value || (exports >= 0 && !fdt_getprop(tree->blob, exports, name, NULL)))
			continue;
		rc = rebase_path(tree, value, base, path, err);
		if (rc < 0)
			return -1;
		if (rc == 0 && exports >= 0)
			continue;
		to = devicetree_node(base, to_path);
		if (to < 0)
			to = devicetree_add_node(base, 0, to_path + 1, err);
		value = rc ? path : value;
		if (to < 0 || devicetree_set(base, to, name, value, strlen(value) + 1, err) < 0)
			return -1;
	}
	return 0;
}

static int merge_fragment(const struct devicetree *tree, int fragment, int body,
			  struct devicetree *base, struct error *err)
{
	int target = find_target(tree, fragment, base, err);

	if (target < 0)
		return -1;
	if (target == devicetree_node(base, "/aliases"))
		return merge_paths(tree, body, -1, base, "/aliases", err);
	return merge_node(base, target, tree, body, true, err);
}

int overlay_merge(struct overlay *overlay, struct devicetree *base, struct error *err)
{
	const struct devicetree *tree = &overlay->tree;
	int fragment, body, symbols, exports;

	if (merge_inner_fragments(&overlay->tree, err) < 0)
		return -1;
	fdt_for_each_subnode(fragment, tree->blob, 0)
	{
		body = fdt_subnode_offset(tree->blob, fragment, "__overlay__");
		if (body >= 0 && merge_fragment(tree, fragment, body, base, err) < 0)
			return -1;
	}
	symbols = devicetree_node(tree, "/__symbols__");
	exports = devicetree_node(tree, "/__exports__");
	if (symbols < 0 || exports < 0)
		return 0;
	return merge_paths(tree, symbols, exports, base, "/__symbols__", err);
}
