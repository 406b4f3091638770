/* SPDX-License-Identifier: GPL-2.0-only */
/* The inside of a plan: what fat-plan.c makes, and fat-write.c writes. */
#ifndef LIB_IMAGE_FAT_PLAN_H
#define LIB_IMAGE_FAT_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "image/fat/fat-geometry.h"
#include "image/fat/fat-name.h"
#include "image/fat/fat-write.h"

struct fat_node {
	const struct tree_node *tree;
	uint32_t parent;		/* number of a node */
	uint32_t first_child, children; /* of a directory: nodes in a row */
	uint32_t slots;			/* of a directory: entries in it */
	uint32_t cluster, clusters;	/* its data, in one piece; 0 and 0 when it has none */
	uint8_t short_name[FAT_SHORT_LEN];
	uint8_t case_flags;
	bool needs_long;
};

struct fat_plan {
	struct fat_geometry geometry;
	struct fat_node *node; /* breadth first, node 0 is the root */
	size_t nodes;
	uint32_t used_clusters;
	uint32_t serial;
	uint32_t hidden_sectors;
	int64_t mtime;
	bool has_label;
	uint8_t label[FAT_SHORT_LEN];
};

/* The node with the contents: of a hard link, the one it is another name of. */
static inline const struct tree_node *fat_content(const struct fat_node *node)
{
	return node->tree->hardlink ? node->tree->hardlink : node->tree;
}

static inline bool fat_is_directory(const struct fat_node *node)
{
	return S_ISDIR(node->tree->mode);
}

/*
 * Gives the children of directory DIR their short names. Returns -1 with ERR set: names that FAT
 * cannot hold or tell apart.
 */
int fat_name_children(struct fat_plan *plan, const struct fat_node *dir, struct error *err);

/*
 * The entries of a directory as they are on disk: dir->slots * FAT_DIR_ENTRY_SIZE bytes into BUF.
 */
void fat_encode_directory(const struct fat_plan *plan, const struct fat_node *dir, uint8_t *buf);

/* Directory entries for a name of UNITS units, its short one included. */
static inline uint32_t fat_name_slots(uint32_t units)
{
	return (units + FAT_LONG_UNITS - 1) / FAT_LONG_UNITS + 1;
}

#endif
