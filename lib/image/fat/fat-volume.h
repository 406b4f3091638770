/* SPDX-License-Identifier: GPL-2.0-only */
/* The inside of the FAT reader: an open volume, and the chains of clusters in it. */
#ifndef LIB_IMAGE_FAT_VOLUME_H
#define LIB_IMAGE_FAT_VOLUME_H

#include "image/fat/fat-format.h"
#include "image/fat/fat-name.h"
#include "image/fat/fat-read.h"

#define FAT_WINDOW 4096u /* bytes of the table that are kept */

struct fat_volume {
	struct disk disk;
	int bits;
	uint32_t cluster_size; /* bytes */
	uint32_t clusters;
	uint64_t table;	       /* bytes from the start of the volume, of the table in use */
	uint64_t table_size;   /* bytes */
	uint64_t data;	       /* of cluster 2 */
	uint64_t root;	       /* of the root directory of FAT12 and FAT16 */
	uint32_t root_entries; /* 0 for FAT32 */
	uint32_t root_cluster; /* 0 for FAT12 and FAT16 */
	uint32_t serial;
	char label[FAT_NAME_SIZE];
	uint64_t window_offset; /* in the table, of what WINDOW holds; UINT64_MAX for nothing */
	uint8_t window[FAT_WINDOW];
};

/*
 * Follows the chain that begins at cluster FIRST to its end. Returns 0 with *COUNT its length, or
 * -1 with ERR set: it leaves the volume, runs in a loop, ends in a free cluster, or has more than
 * MAX clusters.
 */
int fat_chain_length(struct fat_volume *volume, uint32_t first, uint32_t max, uint32_t *count,
		     struct error *err);

/* Reads the first LEN bytes of a chain that fat_chain_length found long enough. */
int fat_chain_read(struct fat_volume *volume, uint32_t first, void *buf, size_t len,
		   struct error *err);

/*
 * Reads a directory whole, at most 2 MiB. The caller frees *DATA; *ENTRIES is how many it has room
 * for, beyond the end mark as well.
 */
int fat_directory_read(struct fat_volume *volume, const struct fat_entry *directory, uint8_t **data,
		       uint32_t *entries, struct error *err);

/* Finds the label's entry in the root directory and takes its name over; "" when there is none. */
int fat_label_read(struct fat_volume *volume, struct error *err);

#endif
