/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A readable range of bytes, in a file or in memory: a disk image, a partition of it, or a fuzzer's
 * input. All readers of image formats read through this, so that no offset from the outside ever
 * becomes a pointer.
 */
#ifndef LIB_BASE_DISK_H
#define LIB_BASE_DISK_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct disk {
	int fd;		       /* or -1 */
	const uint8_t *memory; /* where fd is -1 */
	uint64_t start;	       /* of the range in the file or memory, bytes */
	uint64_t size;	       /* bytes */
	const char *name;      /* for messages; the caller keeps it alive */
};

/* Opens PATH, a regular file or block device, for reading. Returns 0, or -1 with ERR set. */
int disk_open(struct disk *disk, const char *path, struct error *err);
void disk_from_memory(struct disk *disk, const void *memory, size_t size, const char *name);
/*
 * A range of another disk, which must stay open. Returns -1 with ERR set where it does not fit
 * inside.
 */
int disk_slice(struct disk *slice, const struct disk *disk, uint64_t start, uint64_t size,
	       struct error *err);
/*
 * Reads exactly LEN bytes at OFFSET. Returns 0, or -1 with ERR set: beyond the end, or an I/O
 * error.
 */
int disk_read(const struct disk *disk, uint64_t offset, void *buf, size_t len, struct error *err);
void disk_close(struct disk *disk);

#endif
