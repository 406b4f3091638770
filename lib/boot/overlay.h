/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Devicetree overlays as the Raspberry Pi's firmware applies them. libfdt's fdt_overlay_apply() is
 * not used: here parameters change an overlay after its references are resolved, fragments may
 * target each other, labels stay private unless exported, and the phandle of a fragment's target
 * survives.
 */
#ifndef LIB_BOOT_OVERLAY_H
#define LIB_BOOT_OVERLAY_H

#include "boot/devicetree.h"

struct overlay {
	struct devicetree tree;
};

/*
 * Opens a copy of BLOB and resolves its references against BASE (whose nodes may get a phandle).
 * Parameters can then be set with parameter_set(&overlay->tree, ...). Returns 1 when it is open, to
 * be closed by the caller; 0 when it needs a label that BASE does not have (ERR says which); -1
 * with ERR set when it is damaged.
 */
int overlay_open(struct overlay *overlay, struct devicetree *base, const void *blob, size_t len,
		 struct error *err);
/*
 * Merges the overlay's active fragments into BASE. Returns 0, or -1 with ERR set; BASE is then not
 * to be used.
 */
int overlay_merge(struct overlay *overlay, struct devicetree *base, struct error *err);
void overlay_close(struct overlay *overlay);

#endif
