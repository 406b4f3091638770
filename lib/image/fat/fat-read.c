// SPDX-License-Identifier: GPL-2.0-only
/* Reads files and directories of FAT volumes whole. See fat-read.h. */
#include "image/fat/fat-read.h"

#include <inttypes.h>
#include <stdlib.h>

#include "image/fat/fat-volume.h"

int fat_read(struct fat_volume *volume, const struct fat_entry *entry, uint64_t max, uint8_t **data,
	     size_t *len, struct error *err)
{
	uint32_t count = 0;
	uint8_t *buf;

	if (entry->directory)
		return error_set(err, "%s: '%s' is a directory", volume->disk.name, entry->name);
	if (entry->size > max)
		return error_set(err,
				 "%s: '%s' has %u bytes, more than the %" PRIu64 " that are read",
				 volume->disk.name, entry->name, entry->size, max);
	if (entry->size &&
	    fat_chain_length(volume, entry->cluster, volume->clusters, &count, err) < 0)
		return error_prefix(err, "file '%s'", entry->name);
	if (entry->size > (uint64_t)count * volume->cluster_size)
		return error_set(err,
				 "%s: damaged FAT file system: '%s' has %u bytes, but only %u "
				 "clusters of %u",
				 volume->disk.name, entry->name, entry->size, count,
				 volume->cluster_size);
	buf = malloc((size_t)entry->size + 1);
	if (!buf)
		return error_set(err, "out of memory");
	if (fat_chain_read(volume, entry->cluster, buf, entry->size, err) < 0) {
		free(buf);
		return -1;
	}
	buf[entry->size] = 0;
	*data = buf;
	*len = entry->size;
	return 0;
}

/*
 * The root directory is the entry without a name. That of FAT12 and FAT16 is outside the clusters.
 */
int fat_directory_read(struct fat_volume *volume, const struct fat_entry *directory, uint8_t **data,
		       uint32_t *entries, struct error *err)
{
	bool root = !*directory->name;
	uint32_t first = root ? volume->root_cluster : directory->cluster;
	uint64_t max = FAT_DIR_ENTRIES_MAX * FAT_DIR_ENTRY_SIZE;
	uint64_t len = (uint64_t)volume->root_entries * FAT_DIR_ENTRY_SIZE;
	bool fixed = root && volume->bits != 32;
	uint32_t clusters;
	int ret;

	if (!directory->directory)
		return error_set(err, "%s: '%s' is not a directory", volume->disk.name,
				 directory->name);
	if (!fixed) {
		if (fat_chain_length(volume, first,
				     (uint32_t)((max - 1) / volume->cluster_size + 1), &clusters,
				     err) < 0)
			return error_prefix(err, "directory '%s'", root ? "/" : directory->name);
		len = (uint64_t)clusters * volume->cluster_size;
	}
	*data = malloc(len);
	if (!*data)
		return error_set(err, "out of memory");
	ret = fixed ? disk_read(&volume->disk, volume->root, *data, len, err) :
		      fat_chain_read(volume, first, *data, len, err);
	if (ret < 0) {
		free(*data);
		return ret;
	}
	*entries = (uint32_t)(len / FAT_DIR_ENTRY_SIZE);
	return 0;
}
