/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Writes a FAT12, FAT16 or FAT32 file system from a tree in one pass, with long names and UTC
 * times. First the plan, which finds every fault; then the write, which can only fail on the disk.
 * Microsoft FAT specification, version 1.03.
 */
#ifndef LIB_IMAGE_FAT_WRITE_H
#define LIB_IMAGE_FAT_WRITE_H

#include <stdint.h>

#include "base/error.h"
#include "base/progress.h"
#include "image/tree/tree.h"

struct fat_options {
	/* of the file system, bytes; 0 asks for the smallest that fits */
	uint64_t size;
	/* 12, 16, 32; 0 chooses by size and by the root directory's needs */
	int bits;
	uint32_t sectors_per_cluster; /* 0 chooses */
	/* of FAT12 and FAT16; 0 chooses (at least 512, more when needed) */
	uint32_t root_entries;
	uint32_t sector_size;	 /* 0 means 512 */
	const char *label;	 /* up to 11 characters, or NULL */
	uint32_t serial;	 /* 0 derives it from the contents' names, sizes and times */
	uint32_t hidden_sectors; /* the partition's first sector on the disk */
	/* for the label's entry and directories without a time of their own */
	int64_t mtime;
};

struct fat_plan;

/*
 * Lays the file system out. TREE must outlive the plan. Returns 0 with *PLAN owned by the caller,
 * or -1 with ERR set: files that do not fit (with the size that would), a name FAT cannot hold, two
 * names that FAT cannot tell apart, a symbolic link or device node, a file of 4 GiB or more.
 */
int fat_plan(struct fat_plan **plan, const struct tree_node *tree,
	     const struct fat_options *options, struct error *err);
uint64_t fat_plan_size(const struct fat_plan *plan); /* bytes */
int fat_plan_bits(const struct fat_plan *plan);
uint32_t fat_plan_serial(const struct fat_plan *plan);
/*
 * Writes it to FD at OFFSET. Ranges that are all zero are left as holes; FD must read as zeros
 * there.
 */
int fat_write(const struct fat_plan *plan, int fd, uint64_t offset, struct progress *progress,
	      struct error *err);
void fat_plan_free(struct fat_plan *plan);

#endif
