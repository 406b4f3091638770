/* SPDX-License-Identifier: GPL-2.0-only */
/* Finds the partition that a Pi's firmware boots from: the first FAT partition of an MBR or GPT. */
#ifndef LIB_BOOT_BOOTPART_H
#define LIB_BOOT_BOOTPART_H

#include "base/disk.h"
#include "base/error.h"
#include "image/fat/fat-read.h"

/*
 * Opens the boot partition of IMAGE, a disk on a file, or IMAGE itself when it is a bare FAT file
 * system. SLICE becomes the range that VOLUME reads; both and IMAGE live together. Returns 0 with
 * *VOLUME owned by the caller, or -1 with ERR set: no such partition, or one that is damaged or
 * beyond the image's end.
 */
int bootpart_open(struct fat_volume **volume, struct disk *slice, const struct disk *image,
		  struct error *err);

#endif
