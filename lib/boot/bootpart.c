// SPDX-License-Identifier: GPL-2.0-only
/* The partition that a Pi boots from: see bootpart.h. Partition tables are read by libfdisk. */
#include "boot/bootpart.h"

#include <inttypes.h>
#include <libfdisk/libfdisk.h>
#include <strings.h>

#define SECTOR 512

static bool is_fat_type(struct fdisk_parttype *type)
{
	static const unsigned mbr[] = { 0x01, 0x04, 0x06, 0x0b, 0x0c, 0x0e, 0xef };
	static const char *const gpt[] = {
		"EBD0A0A2-B9E5-4433-87C0-68B6B72699C7", /* basic data */
		"C12A7328-F81F-11D2-BA4B-00A0C93EC93B", /* EFI system */
	};
	const char *uuid = fdisk_parttype_get_string(type);

	for (size_t i = 0; uuid && i < sizeof(gpt) / sizeof(gpt[0]); i++)
		if (!strcasecmp(uuid, gpt[i]))
			return true;
	for (size_t i = 0; !uuid && i < sizeof(mbr) / sizeof(mbr[0]); i++)
		if (fdisk_parttype_get_code(type) == mbr[i])
			return true;
	return false;
}

/* The first partition whose type says FAT: its place in bytes. */
static int first_fat(struct fdisk_context *cxt, const char *name, uint64_t *start, uint64_t *size,
		     struct error *err)
{
	uint64_t sector = fdisk_get_sector_size(cxt);
	struct fdisk_table *table = NULL;
	struct fdisk_iter *iter = fdisk_new_iter(FDISK_ITER_FORWARD);
	struct fdisk_partition *part;
	int rc = -1;

	if (!iter || fdisk_get_partitions(cxt, &table) < 0) {
		error_set(err, "%s: cannot read its partition table", name);
		goto out;
	}
	while (fdisk_table_next_partition(table, iter, &part) == 0) {
		if (!fdisk_partition_has_start(part) || !fdisk_partition_has_size(part) ||
		    !fdisk_partition_get_type(part) || !is_fat_type(fdisk_partition_get_type(part)))
			continue;
		*start = fdisk_partition_get_start(part) * sector;
		*size = fdisk_partition_get_size(part) * sector;
		rc = 0;
		goto out;
	}
	error_set(err,
		  "%s: none of its %zu partitions is of a FAT type, so a Pi would not boot from it",
		  name, fdisk_table_get_nents(table));
out:
	fdisk_unref_table(table);
	fdisk_free_iter(iter);
	return rc;
}

static int find(const struct disk *image, uint64_t *start, uint64_t *size, struct error *err)
{
	struct fdisk_context *cxt = fdisk_new_context();
	int rc = -1;

	if (!cxt)
		return error_set(err, "out of memory");
	fdisk_disable_dialogs(cxt, 1);
	if (fdisk_assign_device_by_fd(cxt, image->fd, image->name, 1) < 0) {
		error_set(err, "%s: cannot look for its partitions", image->name);
		goto out;
	}
	if (!fdisk_has_label(cxt)) {
		error_set(err, "%s: neither a partition table nor a FAT file system is in it",
			  image->name);
		goto out;
	}
	rc = first_fat(cxt, image->name, start, size, err);
	fdisk_deassign_device(cxt, 1);
out:
	fdisk_unref_context(cxt);
	return rc;
}

int bootpart_open(struct fat_volume **volume, struct disk *slice, const struct disk *image,
		  struct error *err)
{
	uint64_t start = 0, size = 0;

	/* A file system without a table first: its boot sector has a table's signature too. */
	*slice = *image;
	if (image->size < SECTOR)
		return error_set(err, "%s: only %" PRIu64 " bytes long: no image of a card",
				 image->name, image->size);
	if (fat_open(volume, slice, NULL) == 0)
		return 0;
	if (find(image, &start, &size, err) < 0)
		return -1;
	if (disk_slice(slice, image, start, size, err) < 0)
		return error_set(err,
				 "%s: cut off: its boot partition ends at byte %" PRIu64
				 ", the image at %" PRIu64,
				 image->name, start + size, image->size);
	if (fat_open(volume, slice, err) < 0)
		return error_prefix(err, "boot partition at byte %" PRIu64, start);
	return 0;
}
