/* SPDX-License-Identifier: GPL-2.0-only */
/* The files of a boot partition: a FAT file system as where the firmware finds its files. */
#ifndef LIB_BOOT_FAT_FILES_H
#define LIB_BOOT_FAT_FILES_H

#include "boot/boot-files.h"
#include "image/fat/fat-read.h"

struct fat_files {
	struct boot_files files; /* what the readers of files take */
	struct fat_volume *volume;
};

/* VOLUME stays the caller's, and must live as long as the files are read. */
struct fat_files fat_files_on(struct fat_volume *volume);

#endif
