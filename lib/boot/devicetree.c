// SPDX-License-Identifier: GPL-2.0-only
/* A flattened devicetree that grows: see devicetree.h. */
#include "boot/devicetree.h"

#include <libfdt.h>
#include <stdlib.h>
#include <string.h>

#define OLDEST_VERSION 17	  /* the first that gives the size of every block */
#define LARGEST_TREE   (2u << 20) /* what 64-bit ARM Linux takes */
#define GROWTH	       4096
#define ROOM_FOR_TAGS  64 /* tags, lengths and padding that one change can add */

static int check_depth(const void *blob, struct error *err)
{
	int depth = 0, node = 0;

	while (node >= 0 && depth >= 0) {
		if (depth > DEVICETREE_DEPTH)
			return error_set(err, "nodes are nested deeper than %d", DEVICETREE_DEPTH);
		node = fdt_next_node(blob, node, &depth);
	}
	return 0;
}

int devicetree_open(struct devicetree *tree, const void *blob, size_t len, struct error *err)
{
	int rc;

	tree->blob = NULL;
	if (len > LARGEST_TREE)
		return error_set(err, "is larger than %u MiB", LARGEST_TREE >> 20);
	tree->size = len + GROWTH;
	tree->blob = calloc(1, tree->size);
	if (!tree->blob)
		return error_set(err, "out of memory");
	if (len)
		memcpy(tree->blob, blob, len);
	/* The version comes first: libfdt 1.6's full check crashes on old ones. */
	rc = fdt_check_header(tree->blob);
	if (rc == 0 && fdt_version(tree->blob) < OLDEST_VERSION)
		rc = -FDT_ERR_BADVERSION;
	if (rc == 0)
		rc = fdt_check_full(tree->blob, len);
	if (rc == 0)
		rc = fdt_open_into(tree->blob, tree->blob, (int)tree->size);
	if (rc < 0) {
		error_set(err, "is not a sound flattened devicetree (%s)", fdt_strerror(rc));
		goto fail;
	}
	if (check_depth(tree->blob, err) < 0)
		goto fail;
	return 0;

fail:
	devicetree_close(tree);
	return -1;
}

void devicetree_close(struct devicetree *tree)
{
	free(tree->blob);
	tree->blob = NULL;
}

int devicetree_finish(struct devicetree *tree, uint8_t **blob, size_t *len, struct error *err)
{
	int rc = fdt_pack(tree->blob);

	if (rc < 0)
		return error_set(err, "cannot pack the devicetree: %s", fdt_strerror(rc));
	*blob = tree->blob;
	*len = fdt_totalsize(tree->blob);
	tree->blob = NULL;
	return 0;
}

/* libfdt 1.6 follows an alias of an alias of itself without end: here an alias must be a full path.
 */
int devicetree_node(const struct devicetree *tree, const char *path)
{
	size_t len = strcspn(path, "/");
	const char *target;
	int aliases, node, target_len;

	if (len == 0)
		return fdt_path_offset(tree->blob, path);
	aliases = fdt_subnode_offset(tree->blob, 0, "aliases");
	target = aliases < 0 ?
			 NULL :
			 fdt_getprop_namelen(tree->blob, aliases, path, (int)len, &target_len);
	if (!target || target_len < 2 || *target != '/' || target[target_len - 1])
		return -FDT_ERR_BADPATH;
	node = fdt_path_offset(tree->blob, target);
	while (node >= 0 && path[len]) {
		path += len + 1;
		len = strcspn(path, "/");
		node = fdt_subnode_offset_namelen(tree->blob, node, path, (int)len);
	}
	return node;
}

const char *devicetree_string(const struct devicetree *tree, int node, const char *name)
{
	int len;
	const char *text = fdt_getprop(tree->blob, node, name, &len);

	return text && len > 0 && memchr(text, 0, (size_t)len) == text + len - 1 ? text : NULL;
}

/* Makes room for a change that adds up to NEED bytes. Offsets stay as they are. */
static int reserve(struct devicetree *tree, size_t need, struct error *err)
{
	size_t used = fdt_off_dt_strings(tree->blob) + fdt_size_dt_strings(tree->blob);
	size_t size = used + need + ROOM_FOR_TAGS;
	void *grown;
	int rc;

	if (size <= fdt_totalsize(tree->blob))
		return 0;
	size += GROWTH;
	if (size > LARGEST_TREE)
		return error_set(err, "the devicetree would grow beyond %u MiB",
				 LARGEST_TREE >> 20);
	grown = realloc(tree->blob, size);
	if (!grown)
		return error_set(err, "out of memory");
	tree->blob = grown;
	tree->size = size;
	rc = fdt_open_into(grown, grown, (int)size);
	return rc < 0 ? error_set(err, "cannot enlarge the devicetree: %s", fdt_strerror(rc)) : 0;
}

int devicetree_set(struct devicetree *tree, int node, const char *name, const void *value,
		   size_t len, struct error *err)
{
	int rc;

	if (reserve(tree, len + strlen(name) + 1, err) < 0)
		return -1;
	rc = fdt_setprop(tree->blob, node, name, value, (int)len);
	return rc < 0 ? error_set(err, "cannot set property '%s': %s", name, fdt_strerror(rc)) : 0;
}

int devicetree_append(struct devicetree *tree, int node, const char *name, const void *value,
		      size_t len, struct error *err)
{
	int rc;

	if (reserve(tree, len + strlen(name) + 1, err) < 0)
		return -1;
	rc = fdt_appendprop(tree->blob, node, name, value, (int)len);
	return rc < 0 ? error_set(err, "cannot extend property '%s': %s", name, fdt_strerror(rc)) :
			0;
}

int devicetree_add_node(struct devicetree *tree, int parent, const char *name, struct error *err)
{
	int node;

	if (reserve(tree, strlen(name) + 1, err) < 0)
		return -1;
	node = fdt_add_subnode(tree->blob, parent, name);
	return node < 0 ? error_set(err, "cannot add node '%s': %s", name, fdt_strerror(node)) :
			  node;
}

int devicetree_rename(struct devicetree *tree, int node, const char *name, struct error *err)
{
	int rc;

	if (node == 0 || !*name || strchr(name, '/'))
		return error_set(err, "'%s' cannot be the name of this node", name);
	if (reserve(tree, strlen(name) + 1, err) < 0)
		return -1;
	rc = fdt_set_name(tree->blob, node, name);
	return rc < 0 ? error_set(err, "cannot rename a node to '%s': %s", name, fdt_strerror(rc)) :
			0;
}
