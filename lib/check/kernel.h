/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A kernel as its build or headers directory describes it: what decides whether it takes a module.
 */
#ifndef LIB_CHECK_KERNEL_H
#define LIB_CHECK_KERNEL_H

#include <stdbool.h>

#include "check/module-file.h"
#include "check/symvers.h"

struct kernel {
	char *release;	      /* "6.12.95+deb12-arm64" */
	unsigned int machine; /* EM_..., or 0 when it is not known */
	bool versions;	      /* CONFIG_MODVERSIONS: it compares checksums */
	/* CONFIG_MODULE_FORCE_LOAD: what a module does not tell is no reason, but a taint */
	bool lenient;
	bool has_symvers;
	struct symvers symvers;
	bool has_sample;
	struct module_file sample; /* a module that it takes */
};

/*
 * Reads DIR, and SAMPLE, a module of that very kernel, or NULL. Returns 0, or -1 with ERR set.
 * KERNEL is the caller's to free in either case.
 */
int kernel_read(struct kernel *kernel, const char *dir, const char *sample, struct error *err);
void kernel_free(struct kernel *kernel);

#endif
