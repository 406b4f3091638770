// SPDX-License-Identifier: GPL-2.0-only
/*
 * Follows chains of clusters through the table of a FAT volume, of which one window is kept. See
 * fat-volume.h.
 */
#include "image/fat/fat-volume.h"

#include <string.h>

/* One byte of the table, which is inside it. */
static int table_byte(struct fat_volume *volume, uint64_t at, uint32_t *byte, struct error *err)
{
	uint64_t offset = at - at % FAT_WINDOW;

	if (offset != volume->window_offset) {
		uint64_t left = volume->table_size - offset;

		volume->window_offset = UINT64_MAX;
		if (disk_read(&volume->disk, volume->table + offset, volume->window,
			      left < FAT_WINDOW ? left : FAT_WINDOW, err) < 0)
			return -1;
		volume->window_offset = offset;
	}
	*byte = volume->window[at - offset];
	return 0;
}

/* The table's entry for CLUSTER, which is in range. */
static int table_entry(struct fat_volume *volume, uint32_t cluster, uint32_t *entry,
		       struct error *err)
{
	uint64_t at = (uint64_t)cluster * (uint32_t)volume->bits / 8;
	uint32_t byte;

	*entry = 0;
	for (uint32_t i = 0; i < (uint32_t)(volume->bits + 7) / 8; i++) {
		if (table_byte(volume, at + i, &byte, err) < 0)
			return -1;
		*entry |= byte << i * 8;
	}
	if (volume->bits == 12)
		*entry = cluster % 2 ? *entry >> 4 : *entry & 0xfff;
	*entry &= 0x0fffffff;
	return 0;
}

static int check_cluster(const struct fat_volume *volume, uint32_t cluster, struct error *err)
{
	if (cluster < FAT_FIRST_CLUSTER || cluster - FAT_FIRST_CLUSTER >= volume->clusters)
		return error_set(err,
				 "%s: damaged FAT file system: it refers to cluster %u, but has "
				 "clusters 2 to %u",
				 volume->disk.name, cluster, volume->clusters + 1);
	return 0;
}

/*
 * The cluster that follows CLUSTER. Returns 1 with *NEXT in range, 0 at the end of the chain, -1
 * with ERR set.
 */
static int next_cluster(struct fat_volume *volume, uint32_t cluster, uint32_t *next,
			struct error *err)
{
	static const uint32_t end[] = { [12] = 0xff8, [16] = 0xfff8, [32] = 0x0ffffff8 };

	if (table_entry(volume, cluster, next, err) < 0)
		return -1;
	if (*next >= end[volume->bits])
		return 0;
	if (!*next)
		return error_set(
			err,
			"%s: damaged FAT file system: cluster %u is in use, but marked as free",
			volume->disk.name, cluster);
	return check_cluster(volume, *next, err) < 0 ? -1 : 1;
}

/*
 * Brent's way to find loops: SAVED stays behind at steps 1, 2, 4, 8, ... and is met again only in a
 * loop.
 */
int fat_chain_length(struct fat_volume *volume, uint32_t first, uint32_t max, uint32_t *count,
		     struct error *err)
{
	uint32_t cluster = first, saved = first;
	uint32_t steps = 0, power = 1;
	int more;

	if (check_cluster(volume, first, err) < 0)
		return -1;
	while ((more = next_cluster(volume, cluster, &cluster, err)) > 0) {
		steps++;
		if (cluster == saved)
			return error_set(err,
					 "%s: damaged FAT file system: the chain from cluster %u "
					 "has a loop at %u",
					 volume->disk.name, first, cluster);
		if (steps >= max)
			return error_set(err,
					 "%s: damaged FAT file system: the chain from cluster %u "
					 "is longer than %u",
					 volume->disk.name, first, max);
		if (steps == power) {
			saved = cluster;
			power *= 2;
		}
	}
	*count = steps + 1;
	return more;
}

int fat_chain_read(struct fat_volume *volume, uint32_t first, void *buf, size_t len,
		   struct error *err)
{
	uint8_t *to = buf;
	uint32_t cluster = first;

	while (len) {
		uint32_t run = cluster, last;
		size_t bytes = 0;
		int more;

		do { /* clusters in a row are read at once */
			last = cluster;
			bytes += volume->cluster_size;
			more = bytes < len ? next_cluster(volume, last, &cluster, err) : 0;
		} while (more > 0 && cluster == last + 1);
		if (more < 0)
			return -1;
		if (bytes > len)
			bytes = len;
		if (disk_read(&volume->disk,
			      volume->data +
				      (uint64_t)(run - FAT_FIRST_CLUSTER) * volume->cluster_size,
			      to, bytes, err) < 0)
			return -1;
		to += bytes;
		len -= bytes;
		if (len && !more)
			return error_set(err,
					 "%s: damaged FAT file system: the chain from cluster %u "
					 "is too short",
					 volume->disk.name, first);
	}
	return 0;
}
