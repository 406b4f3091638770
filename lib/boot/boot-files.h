/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where the firmware finds its files: the boot partition of an image, or files in memory (tests and
 * fuzzers).
 */
#ifndef LIB_BOOT_BOOT_FILES_H
#define LIB_BOOT_BOOT_FILES_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct boot_files {
	/* Is there a file by that path? 1, 0, or -1 with ERR set. */
	int (*exists)(struct boot_files *files, const char *path, struct error *err);
	/*
	 * Reads a file of at most MAX bytes; the caller frees *DATA, which has a zero byte after
	 * its LEN bytes. Returns 1, 0 when there is no such file, or -1 with ERR set.
	 */
	int (*read)(struct boot_files *files, const char *path, size_t max, uint8_t **data,
		    size_t *len, struct error *err);
};

#endif
