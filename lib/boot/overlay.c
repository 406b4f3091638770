// SPDX-License-Identifier: GPL-2.0-only
/*
 * Opens an overlay: makes its phandles unique and resolves its references to labels. Merging is in
 * overlay-merge.c.
 */
#include "boot/overlay.h"

#include <libfdt.h>
#include <stdlib.h>
#include <string.h>

#define LAST_PHANDLE 0xfffffffeu

/* Adds DELTA to the number at OFFSET of a property (or sets it, when SET). */
static int patch_cell(struct devicetree *tree, int node, const char *property, size_t name_len,
		      uint32_t offset, uint32_t value, int set, struct error *err)
{
	int len;
	const uint8_t *data = fdt_getprop_namelen(tree->blob, node, property, (int)name_len, &len);
	fdt32_t cell;

	if (!data || len < 4 || offset > (uint32_t)len - 4)
		return error_set(err, "a reference lies outside of property '%.*s'", (int)name_len,
				 property);
	memcpy(&cell, data + offset, sizeof(cell));
	cell = cpu_to_fdt32(set ? value : fdt32_to_cpu(cell) + value);
	fdt_setprop_inplace_namelen_partial(tree->blob, node, property, (int)name_len, offset,
					    &cell, sizeof(cell));
	return 0;
}

/* Moves the overlay's own phandles behind those of the base. */
static int shift_phandles(struct devicetree *tree, uint32_t delta, struct error *err)
{
	static const char *const names[] = { "phandle", "linux,phandle" };

	for (int node = 0; node >= 0; node = fdt_next_node(tree->blob, node, NULL)) {
		for (size_t i = 0; i < 2; i++) {
			if (fdt_getprop(tree->blob, node, names[i], NULL) &&
			    patch_cell(tree, node, names[i], strlen(names[i]), 0, delta, 0, err) <
				    0)
				return -1;
		}
	}
	return 0;
}

/*
 * Moves the references at the places that FIXUPS, a mirror of NODE's properties and children,
 * lists.
 */
static int shift_references(struct devicetree *tree, int fixups, int node, uint32_t delta,
			    struct error *err)
{
	const char *name;
	const uint8_t *places;
	int property, child, target, len;

	fdt_for_each_property_offset(property, tree->blob, fixups)
	{
		places = fdt_getprop_by_offset(tree->blob, property, &name, &len);
		if (!places || len % 4)
			return error_set(err, "its list of own references is malformed");
		for (int i = 0; i < len; i += 4) {
			fdt32_t offset;

			memcpy(&offset, places + i, sizeof(offset));
			if (patch_cell(tree, node, name, strlen(name), fdt32_to_cpu(offset), delta,
				       0, err) < 0)
				return -1;
		}
	}
	fdt_for_each_subnode(child, tree->blob, fixups)
	{
		name = fdt_get_name(tree->blob, child, NULL);
		target = name ? fdt_subnode_offset(tree->blob, node, name) : -1;
		if (target < 0)
			return error_set(
				err, "its list of own references names a node that is not there");
		if (shift_references(tree, child, target, delta, err) < 0)
			return -1;
	}
	return 0;
}

/*
 * The phandle of the base's node with LABEL, which gets one if it has none. Returns 1; 0 with ERR
 * set when there is no such node, -1 with ERR set on other faults.
 */
static int find_label(struct devicetree *base, const char *label, uint32_t *phandle,
		      struct error *err)
{
	int symbols = devicetree_node(base, "/__symbols__"), node;
	const char *path = label;
	fdt32_t cell;
	int rc;

	if (symbols < 0)
		symbols = devicetree_node(base, "/aliases");
	if (*label != '/')
		path = symbols < 0 ? NULL : devicetree_string(base, symbols, label);
	node = path ? devicetree_node(base, path) : -FDT_ERR_NOTFOUND;
	if (node < 0) {
		error_set(err, "needs label '%s', which the devicetree does not have", label);
		return 0;
	}
	*phandle = fdt_get_phandle(base->blob, node);
	if (*phandle)
		return 1;
	if (fdt_find_max_phandle(base->blob, phandle) < 0 || *phandle >= LAST_PHANDLE)
		return error_set(err, "the devicetree has no phandle left");
	cell = cpu_to_fdt32(++*phandle);
	rc = devicetree_set(base, node, "phandle", &cell, sizeof(cell), err);
	return rc < 0 ? -1 : 1;
}

/* Writes PHANDLE at a place "PATH:PROPERTY:OFFSET". */
static int patch_place(struct devicetree *tree, const char *place, uint32_t phandle,
		       struct error *err)
{
	const char *property = strchr(place, ':');
	const char *offset = property ? strchr(property + 1, ':') : NULL;
	unsigned long value;
	char *end;
	int node;

	if (!offset)
		return error_set(err, "its list of references has a malformed place '%s'", place);
	node = *place == '/' ? fdt_path_offset_namelen(tree->blob, place, (int)(property - place)) :
			       -1;
	value = strtoul(offset + 1, &end, 10);
	property++;
	if (node < 0 || !offset[1] || *end || value > UINT32_MAX)
		return error_set(err, "its list of references has a wrong place '%s'", place);
	return patch_cell(tree, node, property, (size_t)(offset - property), (uint32_t)value,
			  phandle, 1, err);
}

/* Returns 1, or what find_label() returned. */
static int resolve_labels(struct devicetree *tree, struct devicetree *base, struct error *err)
{
	int fixups = devicetree_node(tree, "/__fixups__"), property, len, rc;
	const char *label, *places;
	uint32_t phandle;

	if (fixups < 0)
		return 1;
	fdt_for_each_property_offset(property, tree->blob, fixups)
	{
		places = fdt_getprop_by_offset(tree->blob, property, &label, &len);
		if (!places || len <= 0 || places[len - 1])
			return error_set(err, "its list of references is malformed");
		rc = find_label(base, label, &phandle, err);
		if (rc <= 0)
			return rc;
		for (const char *place = places; place < places + len; place += strlen(place) + 1)
			if (patch_place(tree, place, phandle, err) < 0)
				return -1;
	}
	return 1;
}

/* Returns as overlay_open() does. */
static int resolve(struct devicetree *tree, struct devicetree *base, struct error *err)
{
	int own = devicetree_node(tree, "/__local_fixups__");
	uint32_t delta, most;
	int rc;

	/* The labels first: they may give nodes of the base new phandles. */
	rc = resolve_labels(tree, base, err);
	if (rc <= 0)
		return rc;
	if (fdt_find_max_phandle(base->blob, &delta) < 0 ||
	    fdt_find_max_phandle(tree->blob, &most) < 0 || most > LAST_PHANDLE - delta)
		return error_set(err, "its phandles and those of the devicetree are too many");
	if (shift_phandles(tree, delta, err) < 0)
		return -1;
	if (own >= 0 && shift_references(tree, own, 0, delta, err) < 0)
		return -1;
	return 1;
}

int overlay_open(struct overlay *overlay, struct devicetree *base, const void *blob, size_t len,
		 struct error *err)
{
	int rc;

	if (devicetree_open(&overlay->tree, blob, len, err) < 0)
		return -1;
	rc = resolve(&overlay->tree, base, err);
	if (rc <= 0)
		overlay_close(overlay);
	return rc;
}

void overlay_close(struct overlay *overlay)
{
	devicetree_close(&overlay->tree);
}
