/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Parameters of devicetrees and overlays: what `dtparam=` and `dtoverlay=NAME,PARAM=VALUE` set. A
 * tree declares them in its node __overrides__; the forms are those of "Device Trees, overlays, and
 * parameters", section 2.2.
 */
#ifndef LIB_BOOT_PARAMETER_H
#define LIB_BOOT_PARAMETER_H

#include "boot/devicetree.h"

/*
 * Sets parameter NAME of TREE, whose references must be resolved, to VALUE ("true" when the user
 * gave none). Returns 1, or 0 when the tree has no such parameter, or -1 with ERR set: a value that
 * does not suit, or a declaration that is malformed; targets before the bad one are set then.
 */
int parameter_set(struct devicetree *tree, const char *name, const char *value, struct error *err);

#endif
