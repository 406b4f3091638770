// SPDX-License-Identifier: GPL-2.0-only
/*
 * Files and directories of the host, put into a tree: see tree.h. Directories are read in sorted
 * order, so that the result does not depend on the order in which the host keeps them.
 */
#include "image/tree/tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

/* A file with several names on the host, remembered by its inode. */
struct inode {
	dev_t dev;
	ino_t ino;
	struct tree_node *node;
};

struct reader {
	int64_t newest;
	void *inodes; /* tsearch tree of struct inode */
	struct error *err;
};

static int compare_inodes(const void *a, const void *b)
{
	const struct inode *x = a, *y = b;

	if (x->dev != y->dev)
		return x->dev < y->dev ? -1 : 1;
	return (x->ino > y->ino) - (x->ino < y->ino);
}

static int64_t clamp(int64_t time, int64_t newest)
{
	if (time < 0)
		return 0;
	return time < newest ? time : newest;
}

static char *join(const char *dir, const char *name)
{
	char *path;

	return asprintf(&path, "%s/%s", dir, name) < 0 ? NULL : path;
}

/*
 * Notes the host's file by inode. Returns the node that has the inode already, or NULL; -1 in *RC
 * when out of memory.
 */
static struct tree_node *first_name(struct reader *r, const struct stat *st, struct tree_node *node,
				    int *rc)
{
	struct inode key = { .dev = st->st_dev, .ino = st->st_ino, .node = node }, **slot, *copy;

	*rc = 0;
	slot = tsearch(&key, &r->inodes, compare_inodes);
	if (!slot)
		goto no_memory;
	if (*slot != &key)
		return (*slot)->node;
	copy = malloc(sizeof(*copy));
	if (!copy) {
		tdelete(&key, &r->inodes, compare_inodes);
		goto no_memory;
	}
	*copy = key;
	*slot = copy;
	return NULL;

no_memory:
	*rc = error_set(r->err, "out of memory");
	return NULL;
}

static int read_link(struct reader *r, struct tree_node *node, const char *path)
{
	char target[4097];
	ssize_t len = readlink(path, target, sizeof(target) - 1);

	if (len < 0)
		return error_errno(r->err, "%s: cannot read the symbolic link", path);
	target[len] = '\0';
	node->target = strdup(target);
	return node->target ? 0 : error_set(r->err, "out of memory");
}

static void set_contents(struct tree_node *node, const struct stat *st)
{
	uint64_t stored = (uint64_t)st->st_blocks * 512;

	node->size = (uint64_t)st->st_size;
	node->stored = stored < node->size ? stored : node->size;
}

static int fill_node(struct reader *r, struct tree_node *node, const char *path,
		     const struct stat *st)
{
	int rc;

	node->mode = st->st_mode;
	node->mtime = S_ISDIR(st->st_mode) ? r->newest : clamp(st->st_mtime, r->newest);
	if (!S_ISDIR(st->st_mode) && st->st_nlink > 1) {
		node->hardlink = first_name(r, st, node, &rc);
		if (rc < 0)
			return rc;
	}
	switch (st->st_mode & S_IFMT) {
	case S_IFREG:
		set_contents(node, st);
		node->source = strdup(path);
		return node->source ? 0 : error_set(r->err, "out of memory");
	case S_IFLNK:
		node->mode = S_IFLNK | 0777;
		return read_link(r, node, path);
	case S_IFBLK:
	case S_IFCHR:
		node->major = major(st->st_rdev);
		node->minor = minor(st->st_rdev);
		return 0;
	case S_IFDIR:
	case S_IFIFO:
		return 0;
	default:
		return error_set(r->err, "%s: a socket cannot be put into an image: remove it",
				 path);
	}
}

static int read_directory(struct reader *r, struct tree_node *dir, const char *path);

static int read_entry(struct reader *r, struct tree_node *dir, const char *path, const char *name)
{
	char *full = join(path, name);
	struct tree_node *node;
	struct stat st;
	int rc;

	if (!full)
		return error_set(r->err, "out of memory");
	rc = lstat(full, &st);
	if (rc < 0) {
		error_errno(r->err, "%s: cannot read", full);
		goto out;
	}
	node = tree_add(dir, name, st.st_mode, r->err);
	rc = node ? fill_node(r, node, full, &st) : -1;
	if (rc == 0 && S_ISDIR(st.st_mode))
		rc = read_directory(r, node, full);
out:
	free(full);
	return rc;
}

static int not_dots(const struct dirent *entry)
{
	return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}

/* Unlike alphasort, which follows the locale. */
static int by_bytes(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int read_directory(struct reader *r, struct tree_node *dir, const char *path)
{
	struct dirent **entries;
	int n = scandir(path, &entries, not_dots, by_bytes), rc = 0;

	if (n < 0)
		return error_errno(r->err, "%s: cannot read the directory", path);
	for (int i = 0; i < n; i++) {
		if (rc == 0)
			rc = read_entry(r, dir, path, entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
	return rc;
}

int tree_add_directory(struct tree_node *dir, const char *path, int64_t newest, struct error *err)
{
	struct reader r = { .newest = newest, .err = err };
	int rc = read_directory(&r, dir, path);

	tdestroy(r.inodes, free);
	return rc;
}

struct tree_node *tree_add_file(struct tree_node *dir, const char *name, const char *path,
				int64_t newest, struct error *err)
{
	struct tree_node *node;
	struct stat st;

	if (stat(path, &st) < 0) {
		error_errno(err, "%s: cannot read", path);
		return NULL;
	}
	if (!S_ISREG(st.st_mode)) {
		error_set(err, "%s: not a regular file", path);
		return NULL;
	}
	node = tree_add(dir, name, S_IFREG | 0644, err);
	if (!node)
		return NULL;
	set_contents(node, &st);
	node->mtime = clamp(st.st_mtime, newest);
	node->source = strdup(path);
	if (!node->source) {
		error_set(err, "out of memory");
		return NULL;
	}
	return node;
}
