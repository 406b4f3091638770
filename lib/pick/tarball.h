/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A kernel tree in a tarball, compressed or not, read in one pass and never unpacked to disk.
 * Kconfig files and makefiles are kept whole; of sources and headers what scan.h takes of them.
 */
#ifndef LIB_PICK_TARBALL_H
#define LIB_PICK_TARBALL_H

#include "pick/files.h"

/*
 * Reads the tarball PATH into FILES, which is in memory then; the folder that all of it is in is
 * left out of the paths. What is kept comes from ARENA. Without SOURCES sources are not looked
 * into. Returns 0, or -1 with ERR set: no tarball, cut short, larger than any kernel tree.
 */
int tarball_read(struct tree_files *files, const char *path, bool sources, struct arena *arena,
		 struct error *err);

#endif
