// SPDX-License-Identifier: GPL-2.0-only
/*
 * Opens FAT volumes: every number of the boot sector is checked against the others and against the
 * size of the disk, so that what comes later can trust them. "Boot Sector and BPB" and "FAT Type
 * Determination" in the specification.
 */
#include "image/fat/fat-volume.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define BOOT_SIZE 512

static bool is_power_of_two(uint32_t value)
{
	return value && !(value & (value - 1));
}

static int not_fat(const struct fat_volume *volume, const char *what, uint32_t value,
		   struct error *err)
{
	return error_set(err, "%s: no FAT file system: its boot sector has %s %u",
			 volume->disk.name, what, value);
}

/* The sizes of the parts, as the boot sector has them: sectors, except where it says otherwise. */
struct parts {
	uint32_t sector_size; /* bytes */
	uint32_t cluster_sectors;
	uint32_t reserved;
	uint32_t fats; /* copies */
	uint32_t fat_sectors;
	uint32_t root_sectors;
	uint32_t total;
	bool fat32;
};

static int read_parts(struct fat_volume *volume, const uint8_t *boot, struct parts *p,
		      struct error *err)
{
	uint32_t fat16 = fat_get16(boot + FAT_BOOT_FAT_SECTORS16);
	uint32_t total16 = fat_get16(boot + FAT_BOOT_TOTAL16);

	*p = (struct parts){
		.sector_size = fat_get16(boot + FAT_BOOT_SECTOR_SIZE),
		.cluster_sectors = boot[FAT_BOOT_CLUSTER_SECTORS],
		.reserved = fat_get16(boot + FAT_BOOT_RESERVED),
		.fats = boot[FAT_BOOT_FATS],
		.fat_sectors = fat16 ? fat16 : fat_get32(boot + FAT_BOOT_FAT_SECTORS32),
		.total = total16 ? total16 : fat_get32(boot + FAT_BOOT_TOTAL32),
		.fat32 = !fat16,
	};
	volume->root_entries = fat_get16(boot + FAT_BOOT_ROOT_ENTRIES);
	if (fat_get16(boot + FAT_BOOT_SIGNATURE) != 0xaa55)
		return not_fat(volume, "the signature", fat_get16(boot + FAT_BOOT_SIGNATURE), err);
	if (!is_power_of_two(p->sector_size) || p->sector_size < 512 || p->sector_size > 4096)
		return not_fat(volume, "the sector size", p->sector_size, err);
	if (!is_power_of_two(p->cluster_sectors))
		return not_fat(volume, "the cluster size", p->cluster_sectors, err);
	if (!p->reserved)
		return not_fat(volume, "the number of reserved sectors", p->reserved, err);
	if (!p->fats)
		return not_fat(volume, "the number of tables", p->fats, err);
	if (!p->fat_sectors)
		return not_fat(volume, "the table size", p->fat_sectors, err);
	if (p->fat32 != !volume->root_entries)
		return not_fat(volume, "the number of root directory entries", volume->root_entries,
			       err);
	p->root_sectors =
		(volume->root_entries * FAT_DIR_ENTRY_SIZE + p->sector_size - 1) / p->sector_size;
	return 0;
}

/* FAT32 may have one table in use instead of all alike. */
static uint32_t active_table(const struct parts *p, const uint8_t *boot)
{
	uint32_t flags = fat_get16(boot + FAT_BOOT_FLAGS32);

	return p->fat32 && flags & 0x80 && (flags & 0x0f) < p->fats ? flags & 0x0f : 0;
}

static int place_parts(struct fat_volume *volume, const uint8_t *boot, const struct parts *p,
		       struct error *err)
{
	uint64_t table = p->reserved + (uint64_t)active_table(p, boot) * p->fat_sectors;
	uint64_t root = p->reserved + (uint64_t)p->fats * p->fat_sectors;
	uint64_t data = root + p->root_sectors;
	uint64_t size = (uint64_t)p->total * p->sector_size;
	uint64_t clusters;

	if (size > volume->disk.size)
		return error_set(err,
				 "%s: the FAT file system has %" PRIu64 " bytes, but only %" PRIu64
				 " are there: "
				 "the image is cut short",
				 volume->disk.name, size, volume->disk.size);
	if (data >= p->total)
		return error_set(err,
				 "%s: damaged FAT file system: its %u sectors end before its data "
				 "at sector %" PRIu64,
				 volume->disk.name, p->total, data);
	clusters = (p->total - data) / p->cluster_sectors;
	volume->bits = p->fat32 ? 32 : clusters <= FAT12_CLUSTERS_MAX ? 12 : 16;
	volume->table = table * p->sector_size;
	volume->table_size = (uint64_t)p->fat_sectors * p->sector_size;
	volume->root = root * p->sector_size;
	volume->data = data * p->sector_size;
	volume->cluster_size = p->cluster_sectors * p->sector_size;
	volume->clusters = (uint32_t)clusters;
	if (!clusters || clusters > (p->fat32 ? FAT32_CLUSTERS_MAX : FAT16_CLUSTERS_MAX) ||
	    (clusters + FAT_FIRST_CLUSTER) * (uint64_t)volume->bits > volume->table_size * 8)
		return error_set(err,
				 "%s: damaged FAT file system: %" PRIu64
				 " clusters do not go with a FAT%d table of "
				 "%" PRIu64 " bytes",
				 volume->disk.name, clusters, volume->bits, volume->table_size);
	return 0;
}

int fat_open(struct fat_volume **volumep, const struct disk *disk, struct error *err)
{
	struct fat_volume *volume = calloc(1, sizeof(*volume));
	uint8_t boot[BOOT_SIZE];
	struct parts parts;

	if (!volume)
		return error_set(err, "out of memory");
	volume->disk = *disk;
	volume->window_offset = UINT64_MAX;
	if (disk_read(disk, 0, boot, sizeof(boot), err) < 0 ||
	    read_parts(volume, boot, &parts, err) < 0 || place_parts(volume, boot, &parts, err) < 0)
		goto fail;
	if (parts.fat32)
		volume->root_cluster = fat_get32(boot + FAT_BOOT_ROOT_CLUSTER);
	volume->serial =
		fat_get32(boot + (parts.fat32 ? FAT_BOOT_EXTENDED32 : FAT_BOOT_EXTENDED16) +
			  FAT_EXTENDED_SERIAL);
	if (fat_label_read(volume, err) < 0)
		goto fail;
	*volumep = volume;
	return 0;

fail:
	fat_close(volume);
	return -1;
}

void fat_close(struct fat_volume *volume)
{
	free(volume);
}

int fat_bits(const struct fat_volume *volume)
{
	return volume->bits;
}

const char *fat_label(const struct fat_volume *volume)
{
	return volume->label;
}

uint32_t fat_serial(const struct fat_volume *volume)
{
	return volume->serial;
}
