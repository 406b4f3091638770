/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which files of the boot partition the firmware takes: kernel, devicetree, initramfs, command
 * line, overlays.
 */
#ifndef LIB_BOOT_OS_FILES_H
#define LIB_BOOT_OS_FILES_H

#include <stdbool.h>

#include "boot/config-txt.h"

#define OS_PATH 512

struct os_files {
	bool aarch64;	       /* start the kernel in 64-bit state */
	bool upstream_overlay; /* the upstream kernel gets a downstream devicetree: mend it */
	char prefix[OS_PATH];  /* "" when os_prefix is not set or does not lead to a kernel */
	char overlay_prefix[OS_PATH]; /* prefix included */
	char kernel[OS_PATH];
	char dtb[OS_PATH]; /* "" for none */
};

/*
 * PREFIX and NAME in one, written to PATH; a NAME that starts with '/' stands alone. Returns 0, or
 * -1 with ERR set.
 */
int os_path(char path[OS_PATH], const char *prefix, const char *name, struct error *err);

/* Chooses the files. Returns 0, or -1 with ERR set: no kernel, or a damaged file system. */
int os_files_choose(struct os_files *os, const struct config_txt *config, const struct board *board,
		    struct boot_files *files, struct notices *notices, struct error *err);

#endif
