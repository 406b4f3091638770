// SPDX-License-Identifier: GPL-2.0-only
/* The tree of files that a file system image is written from: see tree.h. */
#include "image/tree.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Where NAME stands, or would stand, among the sorted children of DIR; *FOUND says which. */
static size_t find(const struct tree_node *dir, const char *name, size_t len, bool *found)
{
	size_t low = 0, high = dir->children;

	*found = false;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const char *other = dir->child[middle]->name;
		int order = strncmp(other, name, len);

		if (!order && other[len])
			order = 1;
		if (!order) {
			*found = true;
			return middle;
		}
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct tree_node *tree_new(int64_t mtime)
{
	struct tree_node *root = calloc(1, sizeof(*root));

	if (!root)
		return NULL;
	root->name = strdup("");
	if (!root->name) {
		free(root);
		return NULL;
	}
	root->mode = S_IFDIR | 0755;
	root->mtime = mtime;
	return root;
}

static void free_node(struct tree_node *node)
{
	free(node->child);
	free(node->name);
	free(node->source);
	free(node->target);
	free(node);
}

/* Frees leaves first and climbs back up, so that no depth of directories exhausts the stack. */
void tree_free(struct tree_node *root)
{
	struct tree_node *node = root;

	while (node) {
		struct tree_node *parent = node == root ? NULL : node->parent;

		if (node->children) {
			node = node->child[--node->children];
			continue;
		}
		free_node(node);
		node = parent;
	}
}

struct tree_node *tree_child(const struct tree_node *dir, const char *name, size_t len)
{
	bool found;
	size_t at = find(dir, name, len, &found);

	return found ? dir->child[at] : NULL;
}

static bool name_is_valid(const char *name)
{
	return *name && strcmp(name, ".") && strcmp(name, "..") && !strchr(name, '/');
}

/* Makes room for one more child: the array grows when the count reaches a power of two. */
static int grow(struct tree_node *dir)
{
	struct tree_node **child;

	if (dir->children & (dir->children - 1))
		return 0;
	child = reallocarray(dir->child, dir->children ? dir->children * 2 : 1, sizeof(*child));
	if (!child)
		return -1;
	dir->child = child;
	return 0;
}

struct tree_node *tree_add(struct tree_node *dir, const char *name, mode_t mode, struct error *err)
{
	struct tree_node *node;
	char path[512];
	bool found;
	size_t at;

	if (!name_is_valid(name)) {
		error_set(err, "'%s' cannot be the name of a file", name);
		return NULL;
	}
	at = find(dir, name, strlen(name), &found);
	if (found) {
		node = dir->child[at];
		if (S_ISDIR(node->mode) && S_ISDIR(mode))
			return node;
		error_set(err, "%s: is there already", tree_path(node, path, sizeof(path)));
		return NULL;
	}
	node = calloc(1, sizeof(*node));
	if (!node || !(node->name = strdup(name)) || grow(dir) < 0) {
		if (node)
			free_node(node);
		error_set(err, "out of memory");
		return NULL;
	}
	memmove(dir->child + at + 1, dir->child + at, (dir->children - at) * sizeof(*dir->child));
	dir->child[at] = node;
	dir->children++;
	node->parent = dir;
	node->mode = mode;
	node->mtime = dir->mtime;
	return node;
}

const char *tree_path(const struct tree_node *node, char *buf, size_t size)
{
	size_t at = size - 1;

	buf[at] = '\0';
	for (; node->parent; node = node->parent) {
		size_t len = strlen(node->name);

		if (len + 1 > at) /* too long: the end of it says the most */
			break;
		at -= len;
		memcpy(buf + at, node->name, len);
		buf[--at] = '/';
	}
	if (at == size - 1)
		buf[--at] = '/';
	memmove(buf, buf + at, size - at);
	return buf;
}
