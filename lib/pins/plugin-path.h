/* SPDX-License-Identifier: GPL-2.0-only */
/* Where the pin recorder is that QEMU shall load. */
#ifndef LIB_PINS_PLUGIN_PATH_H
#define LIB_PINS_PLUGIN_PATH_H

#include "base/error.h"

/*
 * QEMU's -plugin argument for a capture at PATH: the plugin named by $FERRY_PLUGIN, or else the one
 * beside the running program, its symbolic links followed. The caller frees it. NULL
 * with ERR set when there is none.
 */
char *plugin_argument(const char *path, struct error *err);

#endif
