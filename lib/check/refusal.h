/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Why a kernel would refuse a module: the checks of Linux's kernel/module/main.c and version.c in
 * their order, made before the module is loaded, and described in words.
 */
#ifndef LIB_CHECK_REFUSAL_H
#define LIB_CHECK_REFUSAL_H

#include "check/finding.h"
#include "check/kernel.h"
#include "check/module-file.h"

/*
 * Adds each reason to FINDINGS, with PLACE, the module's name, as its place. Adds none if the
 * kernel would load the module, as far as the file shows.
 */
void refusal_find(struct findings *findings, const char *place, const struct module_file *module,
		  const struct kernel *kernel);

#endif
