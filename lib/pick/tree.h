/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A Linux kernel tree: its symbols and its drivers. The tree is only read; nothing of it is run,
 * and nothing is written into it.
 */
#ifndef LIB_PICK_TREE_H
#define LIB_PICK_TREE_H

#include "base/error.h"
#include "pick/files.h"
#include "pick/kbuild.h"
#include "pick/kconfig.h"

struct pick_options {
	const char *arch; /* whose Kconfig alone is read, a folder of arch/; NULL: all */
	bool no_sources; /* sources will not be asked for, which a tarball is read faster without */
	const char *module_src; /* a folder of drivers outside the tree, or NULL */
};

struct pick_tree {
	struct arena arena;
	struct tree_files files;
	struct tree_files module_files; /* of module_src */
	struct kconfig kconfig;
	struct kbuild kbuild; /* the drivers */
	char version[64];     /* "6.12.95" */
};

/*
 * Reads the tree DIR, a folder or a tarball: its Kconfig files and makefiles. Returns 0, or -1 with
 * ERR set: no kernel tree, something in it that cannot be read, out of memory. pick_tree_free() may
 * be called in either case.
 */
int pick_tree_read(struct pick_tree *tree, const char *dir, const struct pick_options *options,
		   struct error *err);
void pick_tree_free(struct pick_tree *tree);

#endif
