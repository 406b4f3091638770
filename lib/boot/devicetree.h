/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A flattened devicetree in memory that grows as it is changed: libfdt's calls, with the room they
 * need made first. A tree is checked whole when it is opened, so that what follows may trust its
 * structure (not its contents).
 */
#ifndef LIB_BOOT_DEVICETREE_H
#define LIB_BOOT_DEVICETREE_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define DEVICETREE_DEPTH 64   /* deeper nodes are refused */
#define DEVICETREE_PATH	 1024 /* longest path that is handled, with its zero byte */

struct devicetree {
	void *blob;  /* for libfdt's reading calls; it moves when the tree is changed through these
			functions */
	size_t size; /* of the buffer, bytes */
};

/* Opens a copy of BLOB. Returns 0, or -1 with ERR set: not a devicetree, damaged, too deep. */
int devicetree_open(struct devicetree *tree, const void *blob, size_t len, struct error *err);
void devicetree_close(struct devicetree *tree);
/* Gives the finished blob away and closes the tree. The caller frees *BLOB. */
int devicetree_finish(struct devicetree *tree, uint8_t **blob, size_t *len, struct error *err);

/* The node at PATH, which may start with an alias ("spi1/spidev@0"), or a negative libfdt error. */
int devicetree_node(const struct devicetree *tree, const char *path);
/* The property if it is one text with its zero byte at the end, else NULL. */
const char *devicetree_string(const struct devicetree *tree, int node, const char *name);

/*
 * Each returns 0 (add_node: the node) or -1 with ERR set. Offsets of nodes behind the changed one
 * become stale.
 */
int devicetree_set(struct devicetree *tree, int node, const char *name, const void *value,
		   size_t len, struct error *err);
int devicetree_append(struct devicetree *tree, int node, const char *name, const void *value,
		      size_t len, struct error *err);
int devicetree_add_node(struct devicetree *tree, int parent, const char *name, struct error *err);
int devicetree_rename(struct devicetree *tree, int node, const char *name, struct error *err);

#endif
