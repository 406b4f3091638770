/* SPDX-License-Identifier: GPL-2.0-only */
/* Reading a whole file into memory. */
#ifndef LIB_BASE_FILE_H
#define LIB_BASE_FILE_H

#include <stddef.h>

#include "base/error.h"

/*
 * Reads PATH ("-" is standard input) whole. The caller frees *DATA, which has a zero byte after its
 * LEN bytes.
 * Returns 0, or -1 with ERR set: cannot open or read, a directory, more than MAX bytes.
 */
int file_read(const char *path, size_t max, char **data, size_t *len, struct error *err);

#endif
