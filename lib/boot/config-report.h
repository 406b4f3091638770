/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Tells the user about settings of config.txt that do nothing here: one notice for the idle, one
 * for the unknown.
 */
#ifndef LIB_BOOT_CONFIG_REPORT_H
#define LIB_BOOT_CONFIG_REPORT_H

#include "boot/config-txt.h"

/* Adds to NOTICES. Returns 0, or -1 with ERR set (out of memory). */
int config_report(const struct config_txt *config, struct notices *notices, struct error *err);

#endif
