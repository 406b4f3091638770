/* SPDX-License-Identifier: GPL-2.0-only */
/* Which board an image is for, when nobody said. */
#ifndef LIB_BOOT_CHOOSE_H
#define LIB_BOOT_CHOOSE_H

#include "base/error.h"
#include "boot/boards.h"
#include "boot/boot-files.h"

/*
 * The board NAME; else, when NAME is NULL, the one that the image's directory is called after; else
 * the first whose firmware finds a kernel and a devicetree among FILES, or at least a kernel. *WHY
 * says which of these it was, in words. NULL with ERR set when there is none.
 */
const struct board *board_choose(const char *name, const char *image_path, struct boot_files *files,
				 const char **why, struct error *err);

/*
 * Only the first two of these: NULL without an error when NAME is NULL and the directory of PATH is
 * not called after a board.
 */
const struct board *board_choose_named(const char *name, const char *path, const char **why,
				       struct error *err);

#endif
