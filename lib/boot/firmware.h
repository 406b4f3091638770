/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The part of a Raspberry Pi's boot that its firmware does: reads config.txt on the boot partition,
 * chooses kernel, devicetree, overlays, initramfs and command line, and hands them over. What it
 * does follows the documentation at raspberrypi.com ("config.txt", "Device Trees, overlays, and
 * parameters"), file `documentation` on GitHub.
 */
#ifndef LIB_BOOT_FIRMWARE_H
#define LIB_BOOT_FIRMWARE_H

#include "base/error.h"
#include "boot/boards.h"
#include "boot/boot-files.h"
#include "boot/payload.h"

/*
 * Does the firmware's part for BOARD, whose boot partition holds FILES. Returns 0, or -1 with ERR
 * set. PAYLOAD is the caller's to free in either case.
 */
int firmware_load(struct payload *payload, const struct board *board, struct boot_files *files,
		  struct error *err);

#endif
