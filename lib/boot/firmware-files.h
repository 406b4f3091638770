/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The firmware's part on any files, not only those of a FAT volume: what tests and fuzzers drive.
 */
#ifndef LIB_BOOT_FIRMWARE_FILES_H
#define LIB_BOOT_FIRMWARE_FILES_H

#include "boot/boot-files.h"
#include "boot/firmware.h"

/* As firmware_load(). */
int firmware_load_files(struct payload *payload, const struct board *board,
			struct boot_files *files, struct error *err);

#endif
