/* SPDX-License-Identifier: GPL-2.0-only */
/* A kernel without a card: an ELF file or a raw kernel*.img that the user hands to `ferry boot`. */
#ifndef LIB_BOOT_KERNEL_FILE_H
#define LIB_BOOT_KERNEL_FILE_H

#include <stdbool.h>

#include "base/error.h"
#include "boot/boards.h"
#include "boot/payload.h"

/*
 * Is the file at PATH a kernel, not an image of a card? It is one when it begins as an ELF file or
 * a Linux kernel does, when its name is one that the firmware looks for (kernel*.img), or when
 * BOARD (its name, or NULL) has no cards. What cannot be read is none.
 */
bool kernel_file_is(const char *path, const char *board);

/*
 * Reads it in the place of the firmware, and chooses the board: NAME; else, when NAME is NULL, the
 * one that the file's directory is called after; else the only one that can run it. *WHY says which
 * of these it was, in words. Returns the board, or NULL with ERR set. PAYLOAD is the caller's to
 * free in either case.
 */
const struct board *kernel_file_load(struct payload *payload, const char *path, const char *name,
				     const char **why, struct error *err);

#endif
