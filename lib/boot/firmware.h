/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The part of a Raspberry Pi's boot that its firmware does: reads config.txt on the FAT partition,
 * chooses kernel, devicetree, overlays, initramfs and command line, and hands them over. What it
 * does follows the documentation at raspberrypi.com ("config.txt", "Device Trees, overlays, and
 * parameters"), file `documentation` on GitHub.
 */
#ifndef LIB_BOOT_FIRMWARE_H
#define LIB_BOOT_FIRMWARE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "image/fat/fat-read.h"
#include "boot/boards.h"

struct firmware_boot {
	char *kernel_name; /* on the boot partition, for messages */
	uint8_t *kernel;
	size_t kernel_len;
	uint64_t kernel_address; /* kernel_address= of config.txt; 0: not set */
	/* kernel_old=1: at 0, entered as the processor comes out of reset */
	bool kernel_old;
	bool no_tags;	       /* disable_commandline_tags=1: no ATAGs */
	bool kernel_holds_dtb; /* the devicetree is part of it by now: see entry.h */
	bool aarch64;	       /* enter the kernel in AArch64 state */
	char *dtb_name;	       /* NULL when no devicetree was found */
	uint8_t *dtb;	       /* overlays and parameters applied; a valid flattened devicetree */
	size_t dtb_len;
	char *initrd_name; /* NULL when there is none */
	uint8_t *initrd;
	size_t initrd_len;
	char *cmdline;	/* as the kernel gets it */
	char **notices; /* one line each, for the user */
	size_t notice_count;
};

/*
 * Does the firmware's part for BOARD. Returns 0, or -1 with ERR set. BOOT is the caller's to free
 * in either case.
 */
int firmware_load(struct firmware_boot *boot, const struct board *board, struct fat_volume *volume,
		  struct error *err);
int firmware_notice(struct firmware_boot *boot, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
void firmware_free(struct firmware_boot *boot);

#endif
