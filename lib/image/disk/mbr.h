/* SPDX-License-Identifier: GPL-2.0-only */
/* What table-mbr.c knows of a disk's MBR, and mbr-write.c writes. */
#ifndef LIB_IMAGE_MBR_H
#define LIB_IMAGE_MBR_H

#include "image/disk/hdimage.h"

/* The part of the first sector that belongs to the table; boot code may stand before it. */
#define MBR_TABLE_OFFSET 440
#define MBR_TABLE_SIZE	 (SECTOR_SIZE - MBR_TABLE_OFFSET)

/* The OWN of a struct hdimage. */
struct mbr {
	uint32_t signature;
	uint64_t extended_offset, extended_size; /* size 0: there is none */
	unsigned int extended_slot;		 /* its place in the table, from 0 */
	/* one for each partition of the disk */
	struct {
		bool logical;
		uint64_t boot_record; /* offset of a logical partition's own table sector, or 0 */
	} entry[];
};

/*
 * Writes the table of an image of SIZE bytes that starts at OFFSET of FD. Returns 0, or -1 with ERR
 * set.
 */
int mbr_write(const struct hdimage *hd, uint64_t size, int fd, uint64_t offset, struct error *err);

#endif
