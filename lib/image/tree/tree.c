// SPDX-License-Identifier: GPL-2.0-only
/*
 * The tree of files that an image is written from: see tree.h. Reading a host directory is in
 * tree-host.c.
 */
#include "image/tree/tree.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/array.h"

static struct tree_node *node_new(const char *name, mode_t mode)
{
	struct tree_node *node = calloc(1, sizeof(*node));

	if (!node)
		return NULL;
	node->name = strdup(name);
	if (!node->name) {
		free(node);
		return NULL;
	}
	node->mode = mode;
	return node;
}

struct tree_node *tree_new(int64_t mtime)
{
	struct tree_node *root = node_new("", S_IFDIR | 0755);

	if (root)
		root->mtime = mtime;
	return root;
}

void tree_free(struct tree_node *root)
{
	if (!root)
		return;
	for (size_t i = 0; i < root->children; i++)
		tree_free(root->child[i]);
	free(root->child);
	free(root->name);
	free(root->source);
	free(root->target);
	free(root);
}

/* Compares the first LEN bytes of NAME, as a whole name, with the name of a node. */
static int compare_name(const char *name, size_t len, const struct tree_node *node)
{
	size_t other = strlen(node->name);
	int order = memcmp(name, node->name, len < other ? len : other);

	if (order)
		return order;
	return (len > other) - (len < other);
}

/* Where a child by that name is, or belongs. */
static size_t find(const struct tree_node *dir, const char *name, size_t len, bool *found)
{
	size_t low = 0, high = dir->children;

	*found = false;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = compare_name(name, len, dir->child[middle]);

		if (order == 0) {
			*found = true;
			return middle;
		}
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

struct tree_node *tree_child(const struct tree_node *dir, const char *name, size_t len)
{
	bool found;
	size_t at = find(dir, name, len, &found);

	return found ? dir->child[at] : NULL;
}

struct tree_node *tree_add(struct tree_node *dir, const char *name, mode_t mode, struct error *err)
{
	bool found;
	size_t at = find(dir, name, strlen(name), &found);
	struct tree_node *node;
	char path[512];

	if (found) {
		node = dir->child[at];
		if (S_ISDIR(node->mode) && S_ISDIR(mode))
			return node;
		error_set(err, "%s is there twice", tree_path(node, path, sizeof(path)));
		return NULL;
	}
	node = node_new(name, mode);
	if (!node || !ARRAY_ADD(dir->child, dir->children)) {
		tree_free(node);
		error_set(err, "out of memory");
		return NULL;
	}
	memmove(&dir->child[at + 1], &dir->child[at],
		(dir->children - 1 - at) * sizeof(struct tree_node *));
	dir->child[at] = node;
	node->parent = dir;
	node->mtime = dir->mtime;
	return node;
}

void tree_remove(struct tree_node *node)
{
	struct tree_node *dir = node->parent;
	bool found;
	size_t at = find(dir, node->name, strlen(node->name), &found);

	memmove(&dir->child[at], &dir->child[at + 1],
		(dir->children - at - 1) * sizeof(struct tree_node *));
	dir->children--;
	tree_free(node);
}

const char *tree_path(const struct tree_node *node, char *buf, size_t size)
{
	size_t at = size - 1;

	buf[at] = '\0';
	if (!node->parent)
		return strncpy(buf, "/", size);
	for (; node->parent; node = node->parent) {
		size_t len = strlen(node->name);

		if (len + 1 > at) {
			/* Too long for BUF: the end of the path says more than its start. */
			size_t cut = at < 3 ? at : 3;

			at -= cut;
			memcpy(buf + at, "...", cut);
			break;
		}
		at -= len;
		memcpy(buf + at, node->name, len);
		buf[--at] = '/';
	}
	return memmove(buf, buf + at, size - at);
}

int tree_walk(struct tree_node *node, int (*each)(struct tree_node *node, void *arg), void *arg)
{
	int rc = each(node, arg);

	for (size_t i = 0; !rc && i < node->children; i++)
		rc = tree_walk(node->child[i], each, arg);
	return rc;
}

uint64_t tree_digest_bytes(uint64_t digest, const void *bytes, size_t len)
{
	const uint8_t *b = bytes;

	for (size_t i = 0; i < len; i++)
		digest = (digest ^ b[i]) * UINT64_C(0x100000001b3);
	return digest;
}

static uint64_t digest_text(uint64_t digest, const char *text)
{
	return tree_digest_bytes(digest, text ? text : "", strlen(text ? text : "") + 1);
}

uint64_t tree_digest(const struct tree_node *node, uint64_t digest)
{
	char attributes[160], path[512];
	int n;

	n = snprintf(attributes, sizeof(attributes),
		     "%o %" PRIu32 " %" PRIu32 " %" PRIu32 " %" PRIu32 " %" PRId64 " %" PRIu64
		     " %zu",
		     (unsigned int)node->mode, node->uid, node->gid, node->major, node->minor,
		     node->mtime, node->size, node->children);
	digest = digest_text(digest, node->name);
	digest = tree_digest_bytes(digest, attributes, (size_t)n);
	digest = digest_text(digest, node->target);
	if (node->hardlink)
		digest = digest_text(digest, tree_path(node->hardlink, path, sizeof(path)));
	for (size_t i = 0; i < node->children; i++)
		digest = tree_digest(node->child[i], digest);
	return digest;
}
