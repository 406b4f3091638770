/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A tree of files to be put into a file system image: what vfat, ext4 and cpio images are written
 * from. It holds names and attributes; the contents of a regular file stay in the host's file
 * SOURCE until they are written.
 */
#ifndef LIB_IMAGE_TREE_H
#define LIB_IMAGE_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/error.h"

struct tree_node {
	char *name;  /* one path component, UTF-8; "" for the root */
	mode_t mode; /* type and permission bits, as in stat(2) */
	uint32_t uid, gid;
	uint32_t major, minor; /* of a device node */
	int64_t mtime;	       /* seconds since the epoch, UTC */
	uint64_t size;	       /* of a regular file, bytes */
	/* at most so many of them lie outside the holes of the host's file */
	uint64_t stored;
	char *source;		    /* host path of a regular file's contents */
	char *target;		    /* of a symbolic link */
	struct tree_node *hardlink; /* the earlier node that this is another name of, or NULL */
	uint32_t number, links;	    /* for the use of the one who writes the image */
	/* of the config or spec file that asked for it, 0 when found in a directory */
	int line;

	struct tree_node *parent;
	struct tree_node **child; /* sorted by name, bytewise */
	size_t children;
};

/* A new root: an empty directory, mode 0755, root:root, mtime MTIME. NULL when out of memory. */
struct tree_node *tree_new(int64_t mtime);
void tree_free(struct tree_node *root);

/* The child of DIR by that name (exact bytes), or NULL. */
struct tree_node *tree_child(const struct tree_node *dir, const char *name, size_t len);

/*
 * Adds a node under DIR with MODE; an existing one by the name is an error unless both are
 * directories, then it is returned. NULL with ERR set on failure. The new node belongs to the tree.
 */
struct tree_node *tree_add(struct tree_node *dir, const char *name, mode_t mode, struct error *err);

/*
 * Adds a regular file (mode 0644) whose contents are the host's file PATH, its time no later than
 * NEWEST.
 */
struct tree_node *tree_add_file(struct tree_node *dir, const char *name, const char *path,
				int64_t newest, struct error *err);

/*
 * Adds the contents of the host's directory PATH under DIR, recursively: modes as found, owner
 * root:root, times of files as found but none later than NEWEST, those of directories always NEWEST
 * (a copy of a tree changes them); hard links inside stay hard links; sockets are refused.
 */
int tree_add_directory(struct tree_node *dir, const char *path, int64_t newest, struct error *err);

/*
 * Takes NODE, which nothing else refers to, out of its directory and frees it with all that is
 * below.
 */
void tree_remove(struct tree_node *node);

/*
 * Calls EACH for NODE and everything below it, parents first, in sorted order; a non-zero return
 * ends the walk.
 */
int tree_walk(struct tree_node *node, int (*each)(struct tree_node *node, void *arg), void *arg);

/*
 * A number made of the names and attributes of the whole tree (not of the contents of files), to
 * derive ids from.
 */
uint64_t tree_digest(const struct tree_node *node, uint64_t seed);
/* FNV-1a over bytes, the step that tree_digest is made of. Starts from TREE_DIGEST_START. */
#define TREE_DIGEST_START UINT64_C(0xcbf29ce484222325)
uint64_t tree_digest_bytes(uint64_t digest, const void *bytes, size_t len);

/* The full path of a node inside the image, for messages; written into BUF and returned. */
const char *tree_path(const struct tree_node *node, char *buf, size_t size);

#endif
