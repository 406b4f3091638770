/* SPDX-License-Identifier: GPL-2.0-only */
/* Where the parts of a FAT file system are, and the choice of its type and cluster size. */
#ifndef LIB_IMAGE_FAT_GEOMETRY_H
#define LIB_IMAGE_FAT_GEOMETRY_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "image/fat/fat-format.h"
#include "image/fat/fat-write.h"

#define FAT_COPIES 2u /* of the table that a volume we write has */

struct fat_geometry {
	int bits;
	uint32_t sector_size;
	uint32_t cluster_sectors;
	/* before the tables; padded so that clusters are aligned to their size */
	uint32_t reserved_sectors;
	uint32_t fat_sectors;  /* of one table */
	uint32_t root_entries; /* 0 for FAT32, whose root directory is in clusters */
	uint32_t total_sectors;
	uint32_t clusters;
};

/* What is to be put into the file system. */
struct fat_contents {
	uint64_t root_slots;   /* directory entries that the root directory needs */
	const uint64_t *bytes; /* of each file and directory, the root directory not among them */
	size_t count;
};

/*
 * Chooses what OPTIONS leave open and lays the parts out: FAT32 from 512 MiB on, or when the root
 * directory needs more than the usual 512 entries and the volume is large enough for FAT32; else
 * FAT12 or FAT16, by the number of clusters; clusters as large as mkfs.fat makes them. Returns 0,
 * or -1 with ERR set: options that cannot go together, or the contents do not fit (with the size
 * that they need).
 */
int fat_geometry_choose(struct fat_geometry *geometry, const struct fat_contents *contents,
			const struct fat_options *options, struct error *err);

static inline uint32_t fat_cluster_size(const struct fat_geometry *geometry)
{
	return geometry->cluster_sectors * geometry->sector_size;
}

static inline uint32_t fat_root_sectors(const struct fat_geometry *geometry)
{
	uint32_t per_sector = geometry->sector_size / FAT_DIR_ENTRY_SIZE;

	return (geometry->root_entries + per_sector - 1) / per_sector;
}

/* The sector of cluster 2. */
static inline uint64_t fat_data_sector(const struct fat_geometry *geometry)
{
	return geometry->reserved_sectors + (uint64_t)FAT_COPIES * geometry->fat_sectors +
	       fat_root_sectors(geometry);
}

#endif
