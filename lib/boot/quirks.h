/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What QEMU's boards lack that the real ones have (boards/NAME/emulation.c): the devicetree is
 * changed so that a stock kernel does not trip over it, in memory when booting, and never in an
 * image.
 */
#ifndef LIB_BOOT_QUIRKS_H
#define LIB_BOOT_QUIRKS_H

#include "base/error.h"
#include "boot/boards.h"
#include "boot/payload.h"

/*
 * Changes PAYLOAD's devicetree for the emulated BOARD, where the nodes are there, and names the
 * changes in one notice. Returns 0, or -1 with ERR set: the devicetree is damaged, or out of
 * memory.
 */
int quirks_apply(const struct board *board, struct payload *payload, struct error *err);

#endif
