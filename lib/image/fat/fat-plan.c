// SPDX-License-Identifier: GPL-2.0-only
/*
 * Plans a FAT file system: the tree becomes an array of nodes, breadth first, so that a directory's
 * children stand in a row; each gets its short name, then its clusters. All data is in one piece,
 * directories before files. See fat-write.h.
 */
#include "image/fat/fat-plan.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

#define FILE_SIZE_MAX UINT32_MAX

static int path_error(const struct tree_node *node, const char *reason, struct error *err)
{
	char path[512];

	return error_set(err, "%s: %s", tree_path(node, path, sizeof(path)), reason);
}

/* Can FAT hold what NODE is? */
static int check_node(const struct tree_node *node, struct error *err)
{
	const struct tree_node *content = node->hardlink ? node->hardlink : node;

	if (S_ISLNK(node->mode))
		return path_error(node, "FAT has no symbolic links: put a copy of the file there",
				  err);
	if (S_ISDIR(node->mode))
		return 0;
	if (!S_ISREG(node->mode))
		return path_error(node, "FAT has only files and directories: leave it out", err);
	if (content->size > FILE_SIZE_MAX)
		return path_error(
			node, "FAT files are smaller than 4 GiB: leave it out or split it", err);
	if (content->size && !content->source)
		return path_error(node, "it has a size but no source file", err);
	return 0;
}

static int add_node(struct fat_plan *plan, const struct tree_node *tree, uint32_t parent,
		    struct error *err)
{
	struct fat_node *node = ARRAY_ADD(plan->node, plan->nodes);

	if (!node)
		return error_set(err, "out of memory");
	node->tree = tree;
	node->parent = parent;
	return 0;
}

static int add_children(struct fat_plan *plan, uint32_t dir, struct error *err)
{
	const struct tree_node *tree = plan->node[dir].tree;

	if (tree->children > FAT_DIR_ENTRIES_MAX)
		return path_error(
			tree,
			"FAT directories have at most 65536 entries: spread the files over more",
			err);
	plan->node[dir].first_child = (uint32_t)plan->nodes;
	plan->node[dir].children = (uint32_t)tree->children;
	for (size_t i = 0; i < tree->children; i++)
		if (check_node(tree->child[i], err) < 0 ||
		    add_node(plan, tree->child[i], dir, err) < 0)
			return -1;
	return 0;
}

/* Makes the array of nodes. */
static int flatten(struct fat_plan *plan, const struct tree_node *root, struct error *err)
{
	if (add_node(plan, root, 0, err) < 0)
		return -1;
	for (uint32_t i = 0; i < plan->nodes; i++)
		if (fat_is_directory(&plan->node[i]) && add_children(plan, i, err) < 0)
			return -1;
	return 0;
}

/* Names the children of every directory and counts its entries. */
static int name_all(struct fat_plan *plan, struct error *err)
{
	uint16_t units[FAT_NAME_UNITS_MAX];

	for (uint32_t i = 0; i < plan->nodes; i++) {
		struct fat_node *dir = &plan->node[i];
		uint64_t slots = i ? 2 : plan->has_label; /* "." and ".." */

		if (!fat_is_directory(dir))
			continue;
		if (fat_name_children(plan, dir, err) < 0)
			return -1;
		for (uint32_t c = dir->first_child; c < dir->first_child + dir->children; c++) {
			const struct fat_node *child = &plan->node[c];

			slots += child->needs_long ? fat_name_slots((uint32_t)fat_name_to_utf16(
							     child->tree->name, units, err)) :
						     1;
		}
		if (slots > FAT_DIR_ENTRIES_MAX)
			return path_error(
				dir->tree,
				"its names need more than the 65536 entries of a FAT directory: "
				"spread the files over more directories",
				err);
		dir->slots = (uint32_t)slots;
	}
	return 0;
}

static uint64_t node_bytes(const struct fat_node *node)
{
	return fat_is_directory(node) ? (uint64_t)node->slots * FAT_DIR_ENTRY_SIZE :
					fat_content(node)->size;
}

static int choose_geometry(struct fat_plan *plan, const struct fat_options *options,
			   struct error *err)
{
	struct fat_contents contents = { .root_slots = plan->node[0].slots,
					 .count = (uint32_t)plan->nodes - 1 };
	uint64_t *bytes = calloc(plan->nodes, sizeof(*bytes));
	int ret;

	if (!bytes)
		return error_set(err, "out of memory");
	for (uint32_t i = 1; i < plan->nodes; i++)
		bytes[i - 1] = node_bytes(&plan->node[i]);
	contents.bytes = bytes;
	ret = fat_geometry_choose(&plan->geometry, &contents, options, err);
	free(bytes);
	return ret;
}

static void allocate(struct fat_plan *plan, struct fat_node *node, uint64_t bytes)
{
	uint32_t cluster = fat_cluster_size(&plan->geometry);

	node->clusters = (uint32_t)((bytes + cluster - 1) / cluster);
	if (!node->clusters)
		return;
	node->cluster = FAT_FIRST_CLUSTER + plan->used_clusters;
	plan->used_clusters += node->clusters;
}

/* Hands out clusters in the order in which fat-write.c writes: directories, then files. */
static void allocate_all(struct fat_plan *plan)
{
	if (plan->geometry.bits == 32) /* an empty root directory has a cluster as well */
		allocate(plan, &plan->node[0],
			 plan->node[0].slots ? node_bytes(&plan->node[0]) : 1);
	for (uint32_t i = 1; i < plan->nodes; i++) {
		if (fat_is_directory(&plan->node[i]))
			allocate(plan, &plan->node[i], node_bytes(&plan->node[i]));
	}
	for (uint32_t i = 1; i < plan->nodes; i++) {
		if (!fat_is_directory(&plan->node[i]))
			allocate(plan, &plan->node[i], node_bytes(&plan->node[i]));
	}
}

static int take_label(struct fat_plan *plan, const char *label, struct error *err)
{
	size_t len = label ? strlen(label) : 0;

	memcpy(plan->label, "NO NAME    ", FAT_SHORT_LEN);
	if (!len)
		return 0;
	if (len > FAT_SHORT_LEN)
		return error_set(err, "the label '%s' is longer than 11 characters", label);
	for (size_t i = 0; i < len; i++) {
		uint8_t c = (uint8_t)label[i];

		if (c < 0x20 || c >= 0x7f || strchr("\"*+,./:;<=>?[\\]|", c))
			return error_set(
				err,
				"the label '%s' has a character that FAT labels cannot have: "
				"use letters, digits, space, - and _",
				label);
	}
	if (label[0] == ' ')
		return error_set(err, "the label '%s' begins with a space", label);
	memset(plan->label, ' ', FAT_SHORT_LEN);
	memcpy(plan->label, label, len);
	plan->has_label = true;
	return 0;
}

static uint32_t hash(uint32_t state, const void *data, size_t len)
{
	const uint8_t *p = data;

	while (len--)
		state = (state ^ *p++) * 16777619u; /* FNV-1a */
	return state;
}

/*
 * A serial number that depends on what the volume holds, so that the same contents give the same
 * number.
 */
static uint32_t derive_serial(const struct fat_plan *plan)
{
	uint32_t state = hash(2166136261u, plan->label, sizeof(plan->label));

	for (uint32_t i = 0; i < plan->nodes; i++) {
		const struct fat_node *node = &plan->node[i];
		uint64_t numbers[] = { node->parent, fat_content(node)->size,
				       (uint64_t)node->tree->mtime };
		uint8_t bytes[sizeof(numbers)];

		for (size_t b = 0; b < sizeof(bytes); b++)
			bytes[b] = (uint8_t)(numbers[b / 8] >> b % 8 * 8);
		state = hash(state, bytes, sizeof(bytes));
		state = hash(state, node->tree->name, strlen(node->tree->name) + 1);
	}
	return state ? state : 1;
}

int fat_plan(struct fat_plan **planp, const struct tree_node *tree,
	     const struct fat_options *options, struct error *err)
{
	struct fat_plan *plan = calloc(1, sizeof(*plan));

	if (!plan)
		return error_set(err, "out of memory");
	plan->hidden_sectors = options->hidden_sectors;
	plan->mtime = options->mtime;
	if (take_label(plan, options->label, err) < 0 || flatten(plan, tree, err) < 0 ||
	    name_all(plan, err) < 0 || choose_geometry(plan, options, err) < 0) {
		fat_plan_free(plan);
		return -1;
	}
	allocate_all(plan);
	plan->serial = options->serial ? options->serial : derive_serial(plan);
	*planp = plan;
	return 0;
}

uint64_t fat_plan_size(const struct fat_plan *plan)
{
	return (uint64_t)plan->geometry.total_sectors * plan->geometry.sector_size;
}

int fat_plan_bits(const struct fat_plan *plan)
{
	return plan->geometry.bits;
}

uint32_t fat_plan_serial(const struct fat_plan *plan)
{
	return plan->serial;
}

void fat_plan_free(struct fat_plan *plan)
{
	if (!plan)
		return;
	free(plan->node);
	free(plan);
}
