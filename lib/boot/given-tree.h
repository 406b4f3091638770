/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The devicetree and the overlays that a user gives for one boot, beside those of the image: as
 * dtoverlay= in config.txt, but what does not suit is an error.
 */
#ifndef LIB_BOOT_GIVEN_TREE_H
#define LIB_BOOT_GIVEN_TREE_H

#include <stddef.h>

#include "base/error.h"
#include "boot/payload.h"

/*
 * Puts the devicetree of the file PATH into PAYLOAD, in the place of the one that it has. Returns
 * 0, or -1 with ERR set: a file that cannot be read, or is no devicetree.
 */
int given_tree_load(struct payload *payload, const char *path, struct error *err);
/*
 * Applies the overlay that TEXT names to PAYLOAD's devicetree: "FILE[,PARAMETER[=VALUE]]...".
 * Returns 0, or -1 with ERR set: PAYLOAD has no devicetree, the file cannot be read, it is damaged,
 * it needs a label that the devicetree does not have, or a parameter is not known or does not suit.
 */
int given_tree_overlay(struct payload *payload, const char *text, struct error *err);

#endif
