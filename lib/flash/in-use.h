/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Facts about block devices from /sys and /proc: what they are, and whether they are in use.
 * Devices are identified by number, as a device has many names.
 */
#ifndef LIB_FLASH_IN_USE_H
#define LIB_FLASH_IN_USE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/error.h"

/* Where the kernel's files are: "/proc" and "/sys", other directories in tests. */
struct flash_host {
	const char *proc, *sys;
};
extern const struct flash_host flash_host;

#define BLOCK_TEXT 64

struct block_info {
	char name[BLOCK_TEXT];	    /* the kernel's: "mmcblk0" */
	char model[2 * BLOCK_TEXT]; /* "SanDisk Ultra", or "" */
	char whole[BLOCK_TEXT];	    /* the device that it is a partition of, or "" */
	bool removable;
	dev_t *devices; /* itself, then its partitions */
	size_t count;	/* of these */
};

/*
 * What the device DEV is. Returns 0 with INFO for block_info_free, or -1 with ERR set. PATH is for
 * messages.
 */
int block_info_read(struct block_info *info, const struct flash_host *host, dev_t dev,
		    const char *path, struct error *err);
void block_info_free(struct block_info *info);

/*
 * Returns 0 when nobody uses the device or one of its partitions; else -1 with ERR set: mounted
 * (where), swap space, part of another device (LVM, RAID, encryption).
 */
int block_check_unused(const struct block_info *info, const struct flash_host *host,
		       const char *path, struct error *err);

#endif
