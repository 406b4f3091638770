// SPDX-License-Identifier: GPL-2.0-only
/*
 * Partition tables of the MBR kind, through libfdisk. It works on an empty file in memory; the sectors that it made
 * are then copied into the image, but for the boot code at the start of the first one, which may be the user's.
 */
#include "image/hdimage.h"

#include <errno.h>
#include <libfdisk/libfdisk.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "image/copy.h"

static int fdisk_error(struct error *err, int rc)
{
	return error_set(err, "cannot make the partition table: %s", strerror(rc < 0 ? -rc : rc));
}

/* libfdisk would ask the user; here everything has been decided. */
static int no_questions(struct fdisk_context *cxt, struct fdisk_ask *ask, void *data)
{
	return 0;
}

static int set_type(struct fdisk_context *cxt, struct fdisk_partition *pa, uint8_t code)
{
	struct fdisk_parttype *type = fdisk_new_parttype();
	int rc;

	if (!type)
		return -ENOMEM;
	rc = fdisk_parttype_set_code(type, code);
	if (!rc)
		rc = fdisk_partition_set_type(pa, type);
	fdisk_unref_parttype(type);
	return rc;
}

static int add(struct fdisk_context *cxt, size_t number, uint64_t offset, uint64_t size, uint8_t type, bool bootable)
{
	struct fdisk_partition *pa = fdisk_new_partition();
	int rc;

	if (!pa)
		return -ENOMEM;
	fdisk_partition_start_follow_default(pa, 0);
	fdisk_partition_end_follow_default(pa, 0);
	fdisk_partition_partno_follow_default(pa, 0);
	fdisk_partition_size_explicit(pa, 1);
	rc = fdisk_partition_set_start(pa, offset / SECTOR_SIZE);
	if (!rc)
		rc = fdisk_partition_set_size(pa, size / SECTOR_SIZE);
	if (!rc)
		rc = fdisk_partition_set_partno(pa, number);
	if (!rc)
		rc = set_type(cxt, pa, type);
	if (!rc)
		rc = fdisk_add_partition(cxt, pa, NULL);
	if (!rc && bootable)
		rc = fdisk_toggle_partition_flag(cxt, number, DOS_FLAG_ACTIVE);
	fdisk_unref_partition(pa);
	return rc;
}

/* Primary partitions first: the extended one must be there before a logical one. */
static int add_partitions(struct fdisk_context *cxt, const struct hdimage *hd)
{
	size_t slot = 0, logical = MBR_PRIMARY_MAX;
	int rc = 0;

	for (size_t i = 0; i < hd->count && !rc; i++) {
		const struct partition *p = &hd->part[i];

		if (!p->in_table || p->logical)
			continue;
		if (hd->extended_size && slot == hd->extended_slot)
			slot++;
		rc = add(cxt, slot++, p->offset, p->size, p->type, p->bootable);
	}
	if (!rc && hd->extended_size)
		rc = add(cxt, hd->extended_slot, hd->extended_offset, hd->extended_size, MBR_TYPE_EXTENDED, false);
	for (size_t i = 0; i < hd->count && !rc; i++) {
		const struct partition *p = &hd->part[i];

		if (p->logical)
			rc = add(cxt, logical++, p->offset, p->size, p->type, p->bootable);
	}
	return rc;
}

static int make_table(const struct hdimage *hd, int memory)
{
	struct fdisk_context *cxt = fdisk_new_context();
	char id[16];
	int rc;

	if (!cxt)
		return -ENOMEM;
	snprintf(id, sizeof(id), "0x%08x", hd->signature);
	fdisk_disable_dialogs(cxt, 1);
	rc = fdisk_set_ask(cxt, no_questions, NULL);
	if (!rc)
		rc = fdisk_assign_device_by_fd(cxt, memory, "image", 0);
	if (!rc)
		rc = fdisk_set_first_lba(cxt, 1);
	if (!rc)
		rc = fdisk_create_disklabel(cxt, "dos");
	if (!rc)
		rc = fdisk_set_disklabel_id_from_string(cxt, id);
	if (!rc)
		rc = add_partitions(cxt, hd);
	if (!rc)
		rc = fdisk_write_disklabel(cxt);
	fdisk_deassign_device(cxt, 1);
	fdisk_unref_context(cxt);
	return rc;
}

static int copy_sector(int from, uint64_t start, size_t len, int to, uint64_t offset, struct error *err)
{
	uint8_t buf[SECTOR_SIZE];

	if (pread(from, buf, len, (off_t)start) != (ssize_t)len)
		return error_errno(err, "cannot read the partition table back");
	return copy_bytes(to, offset + start, buf, len, err);
}

static int copy_table(const struct hdimage *hd, int memory, int fd, uint64_t offset, struct error *err)
{
	int rc = copy_sector(memory, MBR_TABLE_OFFSET, MBR_TABLE_SIZE, fd, offset, err);

	for (size_t i = 0; i < hd->count && rc == 0; i++)
		if (hd->part[i].logical)
			rc = copy_sector(memory, hd->part[i].boot_record, SECTOR_SIZE, fd, offset, err);
	return rc;
}

int mbr_write(const struct hdimage *hd, uint64_t size, int fd, uint64_t offset, struct error *err)
{
	int memory = memfd_create("partition table", MFD_CLOEXEC), rc;

	if (memory < 0 || ftruncate(memory, (off_t)size) < 0) {
		rc = error_errno(err, "cannot make the partition table");
	} else {
		rc = make_table(hd, memory);
		rc = rc ? fdisk_error(err, rc) : copy_table(hd, memory, fd, offset, err);
	}
	if (memory >= 0)
		close(memory);
	return rc;
}
