/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where the running program is: files that belong to it lie beside it, in the build as after
 * installation.
 */
#ifndef LIB_BASE_PROGRAM_H
#define LIB_BASE_PROGRAM_H

#include <stddef.h>

#include "base/error.h"

/*
 * Puts the name of the file NAME beside the running program into PATH. Symbolic links to the
 * program do not matter.
 * Returns 0, or -1 with ERR set; whether there is such a file is not asked.
 */
int program_beside(char *path, size_t size, const char *name, struct error *err);

#endif
