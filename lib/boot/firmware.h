/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The part of a Raspberry Pi's boot that its firmware does: reads config.txt on the FAT partition,
 * chooses kernel, devicetree, overlays, initramfs and command line, and hands them over. What it
 * does follows the documentation at raspberrypi.com ("config.txt", "Device Trees, overlays, and
 * parameters"), file `documentation` on GitHub.
 */
#ifndef LIB_BOOT_FIRMWARE_H
#define LIB_BOOT_FIRMWARE_H

#include "base/error.h"
#include "boot/boards.h"
#include "boot/payload.h"
#include "image/fat/fat-read.h"

/*
 * Does the firmware's part for BOARD. Returns 0, or -1 with ERR set. PAYLOAD is the caller's to
 * free in either case.
 */
int firmware_load(struct payload *payload, const struct board *board, struct fat_volume *volume,
		  struct error *err);

#endif
