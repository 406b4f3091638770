/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Why a kernel would refuse a module: the checks of Linux's kernel/module/main.c and version.c in
 * their order, made before the module is tried, and told in words.
 */
#ifndef LIB_CHECK_REFUSAL_H
#define LIB_CHECK_REFUSAL_H

#include <stdio.h>

#include "check/kernel.h"
#include "check/module-file.h"

/*
 * Prints each reason as a line, "PREFIX what is wrong: what to do", to OUT. Returns how many there
 * are; 0: the kernel takes the module, as far as can be told.
 */
size_t refusal_explain(FILE *out, const char *prefix, const struct module_file *module,
		       const struct kernel *kernel);

#endif
