// SPDX-License-Identifier: GPL-2.0-only
/*
 * Writes a partition table of the MBR kind, through libfdisk. It works on an empty file in memory;
 * the sector that it made is then copied into the image, but for the boot code at its start, which
 * may be the user's. The boot records of logical partitions are written here, because libfdisk
 * chooses their places itself.
 */
#include "image/disk/mbr.h"

#include <endian.h>
#include <errno.h>
#include <libfdisk/libfdisk.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "image/copy.h"

#define ENTRIES	      446 /* where the four entries of a table sector start */
#define ENTRY_SIZE    16
#define TYPE_EXTENDED 0x0f

static int fdisk_error(struct error *err, int rc)
{
	return error_set(err, "cannot make the partition table: %s", strerror(rc < 0 ? -rc : rc));
}

/* libfdisk would ask the user; here everything has been decided. */
static int no_questions(struct fdisk_context *cxt, struct fdisk_ask *ask, void *data)
{
	return 0;
}

static int set_type(struct fdisk_partition *pa, uint8_t code)
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

static int add(struct fdisk_context *cxt, size_t number, uint64_t offset, uint64_t size,
	       uint8_t type, bool bootable)
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
		rc = set_type(pa, type);
	if (!rc)
		rc = fdisk_add_partition(cxt, pa, NULL);
	if (!rc && bootable)
		rc = fdisk_toggle_partition_flag(cxt, number, DOS_FLAG_ACTIVE);
	fdisk_unref_partition(pa);
	return rc;
}

static int add_partitions(struct fdisk_context *cxt, const struct hdimage *hd)
{
	const struct mbr *mbr = hd->own;
	size_t slot = 0;
	int rc = 0;

	for (size_t i = 0; i < hd->count && !rc; i++) {
		const struct partition *p = &hd->part[i];

		if (!p->in_table || mbr->entry[i].logical)
			continue;
		if (mbr->extended_size && slot == mbr->extended_slot)
			slot++;
		rc = add(cxt, slot++, p->offset, p->size, p->type, p->bootable);
	}
	if (!rc && mbr->extended_size)
		rc = add(cxt, mbr->extended_slot, mbr->extended_offset, mbr->extended_size,
			 TYPE_EXTENDED, false);
	return rc;
}

static int make_table(const struct hdimage *hd, int memory)
{
	struct fdisk_context *cxt = fdisk_new_context();
	const struct mbr *mbr = hd->own;
	char id[16];
	int rc;

	if (!cxt)
		return -ENOMEM;
	snprintf(id, sizeof(id), "0x%08x", mbr->signature);
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

static int copy_table(int memory, int fd, uint64_t offset, struct error *err)
{
	uint8_t table[MBR_TABLE_SIZE];

	if (pread(memory, table, sizeof(table), MBR_TABLE_OFFSET) != sizeof(table))
		return error_errno(err, "cannot read the partition table back");
	return copy_bytes(fd, offset + MBR_TABLE_OFFSET, table, sizeof(table), err);
}

/* An entry of a boot record. Its cylinders and heads say that only the numbers of sectors count. */
static void set_entry(uint8_t *entry, bool bootable, uint8_t type, uint64_t start, uint64_t size)
{
	uint32_t start_sector = htole32((uint32_t)(start / SECTOR_SIZE));
	uint32_t sectors = htole32((uint32_t)(size / SECTOR_SIZE));

	memcpy(entry,
	       (const uint8_t[]){ bootable ? 0x80 : 0, 0xfe, 0xff, 0xff, type, 0xfe, 0xff, 0xff },
	       8);
	memcpy(entry + 8, &start_sector, 4);
	memcpy(entry + 12, &sectors, 4);
}

/*
 * The boot record of partition I names it, from the record's own place on, and the next record (of
 * partition NEXT, or there is none), from the extended partition on.
 */
static int write_record(const struct hdimage *hd, size_t i, const size_t *next, int fd,
			uint64_t offset, struct error *err)
{
	uint8_t sector[SECTOR_SIZE] = { [510] = 0x55, [511] = 0xaa };
	const struct partition *p = &hd->part[i];
	const struct mbr *mbr = hd->own;
	uint64_t record = mbr->entry[i].boot_record;

	set_entry(sector + ENTRIES, p->bootable, p->type, p->offset - record, p->size);
	if (next) {
		uint64_t start = mbr->entry[*next].boot_record;
		uint64_t end = hd->part[*next].offset + hd->part[*next].size;

		set_entry(sector + ENTRIES + ENTRY_SIZE, false, TYPE_EXTENDED,
			  start - mbr->extended_offset, end - start);
	}
	return copy_bytes(fd, offset + record, sector, sizeof(sector), err);
}

static int write_records(const struct hdimage *hd, int fd, uint64_t offset, struct error *err)
{
	const struct mbr *mbr = hd->own;
	size_t next = hd->count;

	for (size_t i = hd->count; i-- > 0;) {
		if (!mbr->entry[i].logical)
			continue;
		if (write_record(hd, i, next < hd->count ? &next : NULL, fd, offset, err) < 0)
			return -1;
		next = i;
	}
	return 0;
}

int mbr_write(const struct hdimage *hd, uint64_t size, int fd, uint64_t offset, struct error *err)
{
	int memory = memfd_create("partition table", MFD_CLOEXEC), rc;

	if (memory < 0 || ftruncate(memory, (off_t)size) < 0) {
		rc = error_errno(err, "cannot make the partition table");
	} else {
		rc = make_table(hd, memory);
		rc = rc ? fdisk_error(err, rc) : copy_table(memory, fd, offset, err);
		if (rc == 0)
			rc = write_records(hd, fd, offset, err);
	}
	if (memory >= 0)
		close(memory);
	return rc;
}
