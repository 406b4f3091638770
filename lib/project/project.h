/* SPDX-License-Identifier: GPL-2.0-only */
/* A directory made of templates: trees of files with markers in their names and texts. */
#ifndef LIB_NEW_PROJECT_H
#define LIB_NEW_PROJECT_H

#include "base/error.h"
#include "project/expand.h"

/*
 * Makes the directory PATH of the trees TEMPLATES, a list that ends with NULL; no two have a file
 * in common. PATH must not be there yet, or be an empty directory. It appears whole or not at all:
 * nothing is left behind on failure. Returns 0, or -1 with ERR set.
 */
int project_make(const char *path, const char *const *templates, const struct marker *markers,
		 struct error *err);

#endif
