/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A disk image with partitions: hdimage.c gives them their places, hdimage-check.c finds those that
 * overlap, and what kind of partition table there is tells table.h.
 */
#ifndef LIB_IMAGE_HDIMAGE_H
#define LIB_IMAGE_HDIMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "image/image.h"

#define SECTOR_SIZE 512

struct partition {
	const struct config_section *section;
	const char *name;
	uint64_t offset, size, align; /* bytes */
	uint64_t image_offset;	      /* bytes of the image that are left out at its start */
	uint8_t type;		      /* a number, for tables that have one; 0: the table chooses */
	bool bootable, in_table;
	struct image *child; /* NULL where nothing is put into it */
};

struct hdimage {
	const struct table_ops *table;
	void *own;	     /* the table's, one block that free() frees, or NULL */
	uint64_t head, tail; /* bytes that the table takes at the start and at the end */
	uint64_t align;
	struct partition *part; /* in the order of the config */
	size_t count;
};

/* What `partition NAME {}` may hold. */
extern const struct config_key *const partition_keys;

/* Bytes that have an owner. */
struct disk_range {
	uint64_t offset, size;
	const char *what, *name; /* "partition", "boot" */
	struct config_place place;
};

struct disk_ranges {
	struct disk_range *range;
	size_t count;
};

/* Returns 0, or -1 with ERR set: out of memory. */
int disk_ranges_add(struct disk_ranges *ranges, const struct disk_range *range, struct error *err);

/*
 * Finds partitions that overlap each other or the table. Returns 0, or -1 with ERR set, with the
 * config's line.
 */
int hdimage_check(const struct hdimage *hd, const struct image *image, struct error *err);

#endif
