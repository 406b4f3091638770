/* SPDX-License-Identifier: GPL-2.0-only */
/* A disk image with partitions: what hdimage.c lays out and mbr-write.c writes the table of. */
#ifndef LIB_IMAGE_HDIMAGE_H
#define LIB_IMAGE_HDIMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "image/image.h"

#define SECTOR_SIZE 512
/* The part of the first sector that belongs to the table; boot code may stand before it. */
#define MBR_TABLE_OFFSET  440
#define MBR_TABLE_SIZE	  (SECTOR_SIZE - MBR_TABLE_OFFSET)
#define MBR_PRIMARY_MAX	  4
#define MBR_TYPE_EXTENDED 0x0f

enum table { TABLE_NONE, TABLE_MBR };

struct partition {
	const struct config_section *section;
	const char *name;
	uint64_t offset, size, align; /* bytes */
	uint64_t image_offset;	      /* bytes of the image that are left out at its start */
	uint64_t boot_record;	      /* offset of a logical partition's own table sector, or 0 */
	uint8_t type;
	bool bootable, in_table, logical;
	struct image *child; /* NULL where nothing is put into it */
};

struct hdimage {
	enum table table;
	uint64_t align;
	uint32_t signature;
	struct partition *part; /* in the order of the config */
	size_t count;
	uint64_t extended_offset, extended_size; /* size 0: there is none */
	unsigned int extended_slot;		 /* its place in the table, from 0 */
};

/*
 * Finds partitions that overlap each other or the table. Returns 0, or -1 with ERR set, with the
 * config's line.
 */
int hdimage_check(const struct hdimage *hd, const struct image *image, struct error *err);
/* Writes the partition table of an image of SIZE bytes that starts at OFFSET of FD. */
int mbr_write(const struct hdimage *hd, uint64_t size, int fd, uint64_t offset, struct error *err);

#endif
