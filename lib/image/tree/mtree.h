/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Specifications in mtree format (mtree(5) of NetBSD and libarchive): what a directory of the host
 * cannot say of a root file system without root's rights. Applied to a tree, entries change what is
 * there and add what is not.
 */
#ifndef LIB_IMAGE_MTREE_H
#define LIB_IMAGE_MTREE_H

#include "base/error.h"
#include "image/tree/tree.h"

/*
 * Applies TEXT, called NAME in messages, to the tree. PREFIX ("" or "boot", "usr/share") is the
 * directory of the spec that the tree's root stands for; entries outside it are skipped.
 * `contents=` is relative to DIRECTORY, and the times of such files are no later than NEWEST.
 * Returns 0, or -1 with ERR set ("NAME:LINE: ...").
 */
int mtree_apply(struct tree_node *root, const char *text, size_t len, const char *name,
		const char *prefix, const char *directory, int64_t newest, struct error *err);

#endif
