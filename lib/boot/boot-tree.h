/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The devicetree that the firmware hands to the kernel: the chosen one with the overlays and
 * parameters of config.txt.
 */
#ifndef LIB_BOOT_BOOT_TREE_H
#define LIB_BOOT_BOOT_TREE_H

#include "boot/os-files.h"
#include "boot/devicetree.h"

/*
 * Opens the chosen devicetree and applies dtoverlay= and dtparam= in their order. Missing overlays
 * and parameters that do not suit become notices, as the firmware goes on without them.
 * Returns 0 with TREE the caller's to close, or -1 with ERR set: damaged devicetree or overlay.
 */
int boot_tree_load(struct devicetree *tree, const struct os_files *os,
		   const struct config_txt *config, struct boot_files *files,
		   struct notices *notices, struct error *err);

#endif
