/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Writing to an output file at an offset. What is zero is left out: the output reads as zeros where
 * nothing is.
 */
#ifndef LIB_IMAGE_COPY_H
#define LIB_IMAGE_COPY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/progress.h"

bool copy_is_zero(const void *bytes, size_t len);

/* Writes all of BUF. Returns 0, or -1 with ERR set (and errno), a full disk being named as such. */
int copy_bytes(int fd, uint64_t offset, const void *buf, size_t len, struct error *err);

/*
 * Copies LEN bytes of the file PATH from START on to FD at OFFSET, skipping its holes. A file that
 * is shorter has changed since it was planned, and is an error.
 */
int copy_file(const char *path, uint64_t start, uint64_t len, int fd, uint64_t offset,
	      struct progress *progress, struct error *err);

#endif
