// SPDX-License-Identifier: GPL-2.0-only
/*
 * Whatever a specification in mtree format says, it is applied to a small tree, or refused with its
 * line.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "image/tree/mtree.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The tree must stay one that the writers can walk. */
static int check(struct tree_node *node, void *arg)
{
	for (size_t i = 1; i < node->children; i++)
		if (strcmp(node->child[i - 1]->name, node->child[i]->name) >= 0)
			abort();
	if (node->children && !S_ISDIR(node->mode))
		abort();
	if (S_ISLNK(node->mode) && !node->target)
		abort();
	if (S_ISREG(node->mode) && node->size && !node->source)
		abort();
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct tree_node *root = tree_new(0), *dir;
	struct error err;

	if (!root)
		return 0;
	dir = tree_add(root, "etc", S_IFDIR | 0755, &err);
	if (dir && tree_add(dir, "motd", S_IFREG | 0644, &err))
		(void)mtree_apply(root, (const char *)data, size, "fuzz.mtree",
				  size & 1 ? "etc" : "", "/nonexistent", 0, &err);
	(void)tree_walk(root, check, NULL);
	tree_free(root);
	return 0;
}
