/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Gathers small writes to neighbouring places of a file into large ones: a file system image has
 * thousands of them.
 */
#ifndef LIB_IMAGE_GATHER_H
#define LIB_IMAGE_GATHER_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct gather {
	int fd;
	uint8_t *buf;	 /* GATHER_SIZE bytes */
	uint64_t offset; /* in FD, of what BUF holds */
	size_t used;
};

#define GATHER_SIZE (256 << 10)

/* Returns 0, or -1 with ERR set. With FD -1 writes go nowhere and reads give zeros. */
int gather_open(struct gather *g, int fd, struct error *err);
/*
 * Writes, now or later. Returns 0, or -1 with errno and ERR set: the fault may be of an earlier
 * write.
 */
int gather_write(struct gather *g, uint64_t offset, const void *data, size_t len,
		 struct error *err);
/*
 * Reads LEN bytes; what is beyond the end of the file is zeros. Returns 0, or -1 with errno and ERR
 * set.
 */
int gather_read(struct gather *g, uint64_t offset, void *data, size_t len, struct error *err);
/* Writes what is left. Returns 0, or -1 with errno and ERR set. */
int gather_flush(struct gather *g, struct error *err);
void gather_close(struct gather *g);

#endif
