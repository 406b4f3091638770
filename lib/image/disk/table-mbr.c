// SPDX-License-Identifier: GPL-2.0-only
/*
 * Partition tables of the MBR kind: four entries, one of which may be an extended partition with
 * logical ones in it. What the config says of them, and their places; mbr-write.c writes the table.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "image/disk/mbr.h"
#include "image/disk/table.h"

#define PRIMARY_MAX 4
#define SECTORS_MAX UINT64_C(0xffffffff)
#define TYPE_FAT32  0x0c
#define TYPE_LINUX  0x83

static bool is_logical(const struct hdimage *hd, size_t i)
{
	const struct mbr *mbr = hd->own;

	return mbr->entry[i].logical;
}

/* --- The config --- */

static int read_signature(const struct image *image, uint32_t *signature, bool *given,
			  struct error *err)
{
	const char *text = config_text(image->options, "disk-signature", "random");
	uint64_t number = 0;

	*given = strcmp(text, "random") != 0;
	if (*given && (!config_read_number(text, &number) || number > UINT32_MAX))
		return config_error(config_place(image->options, "disk-signature"), err,
				    "disk-signature '%s' is no number up to 0xffffffff", text);
	*signature = (uint32_t)number;
	return 0;
}

static int check(const struct image *image, struct error *err)
{
	uint64_t start = config_number(image->options, "extended-partition", 0);
	uint32_t signature;
	bool given;

	if (start > PRIMARY_MAX)
		return config_error(config_place(image->options, "extended-partition"), err,
				    "extended-partition %" PRIu64 ": at most 4, or 0 to choose",
				    start);
	return read_signature(image, &signature, &given, err);
}

/* --- Which partitions are logical --- */

static size_t count_in_table(const struct hdimage *hd)
{
	size_t n = 0;

	for (size_t i = 0; i < hd->count; i++)
		n += hd->part[i].in_table;
	return n;
}

/*
 * genimage's rule: from number `extended-partition` on (by default from the fourth, when there are
 * more than four), partitions are logical, up to the first one that is forced-primary.
 */
static int choose_logical(struct hdimage *hd, const struct image *image, struct error *err)
{
	uint64_t start = config_number(image->options, "extended-partition", 0);
	struct mbr *mbr = hd->own;
	size_t number = 0, primary = 0;
	bool ended = false;

	if (!start && count_in_table(hd) > PRIMARY_MAX)
		start = PRIMARY_MAX;
	for (size_t i = 0; i < hd->count; i++) {
		const struct partition *p = &hd->part[i];
		bool forced = config_bool(p->section, "forced-primary", false);

		if (!p->in_table)
			continue;
		number++;
		if (forced && (!start || number <= start))
			return config_error(config_place(p->section, "forced-primary"), err,
					    "partition '%s': forced-primary has a meaning only "
					    "after the extended "
					    "partition",
					    p->name);
		ended = ended || forced;
		if (ended && !forced)
			return config_error(p->section->place, err,
					    "partition '%s' follows a forced-primary partition and "
					    "must be one too",
					    p->name);
		mbr->entry[i].logical = start && number >= start && !forced;
		if (mbr->entry[i].logical && number == start)
			mbr->extended_slot = (unsigned int)primary++;
		primary += !mbr->entry[i].logical;
		if (primary > PRIMARY_MAX)
			return config_error(p->section->place, err,
					    "partition '%s' would be the fifth primary one",
					    p->name);
	}
	return 0;
}

static int start(struct hdimage *hd, const struct image *image, struct error *err)
{
	struct mbr *mbr = calloc(1, sizeof(*mbr) + hd->count * sizeof(mbr->entry[0]));

	if (!mbr)
		return error_set(err, "out of memory");
	hd->own = mbr;
	hd->head = SECTOR_SIZE;
	return choose_logical(hd, image, err);
}

/* --- Places --- */

/* A logical partition has its boot record before it. */
static uint64_t gap(const struct hdimage *hd, const struct partition *p)
{
	return is_logical(hd, (size_t)(p - hd->part)) ? hd->align : 0;
}

static uint8_t default_type(const struct partition *p)
{
	return p->child && strcmp(p->child->type->name, "vfat") == 0 ? TYPE_FAT32 : TYPE_LINUX;
}

static int place(struct hdimage *hd, struct partition *p, struct error *err)
{
	struct mbr *mbr = hd->own;
	size_t i = (size_t)(p - hd->part);

	if (p->in_table &&
	    ((p->offset + p->size) / SECTOR_SIZE > SECTORS_MAX || p->offset + p->size < p->size))
		return config_error(config_place(p->section, "size"), err,
				    "partition '%s' ends beyond the 2 TiB that an MBR can name",
				    p->name);
	if (!p->type)
		p->type = default_type(p);
	if (!mbr->entry[i].logical)
		return 0;
	if (p->offset < hd->align)
		return config_error(config_place(p->section, "size"), err,
				    "partition '%s' leaves no room for its boot record", p->name);
	mbr->entry[i].boot_record = p->offset - hd->align;
	return 0;
}

static int claim(const struct hdimage *hd, const struct image *image, const struct partition *p,
		 struct disk_ranges *ranges, struct error *err)
{
	const struct mbr *mbr = hd->own;
	struct disk_range range = { MBR_TABLE_OFFSET, MBR_TABLE_SIZE, "the partition table", "MBR",
				    image->place };

	if (p && !is_logical(hd, (size_t)(p - hd->part)))
		return 0;
	if (p)
		range = (struct disk_range){ mbr->entry[p - hd->part].boot_record, SECTOR_SIZE,
					     "the boot record of partition", p->name,
					     p->section->place };
	return disk_ranges_add(ranges, &range, err);
}

static void place_extended(struct hdimage *hd)
{
	struct mbr *mbr = hd->own;
	uint64_t end = 0;

	for (size_t i = 0; i < hd->count; i++) {
		const struct partition *p = &hd->part[i];

		if (!mbr->entry[i].logical)
			continue;
		if (!mbr->extended_offset || mbr->entry[i].boot_record < mbr->extended_offset)
			mbr->extended_offset = mbr->entry[i].boot_record;
		if (p->offset + p->size > end)
			end = p->offset + p->size;
	}
	mbr->extended_size = end - mbr->extended_offset;
}

/*
 * The chain of boot records starts in the extended partition's first sector, with the first logical
 * partition.
 */
static int check_chain(const struct hdimage *hd, struct error *err)
{
	const struct mbr *mbr = hd->own;

	for (size_t i = 0; i < hd->count; i++) {
		const struct partition *p = &hd->part[i];

		if (!mbr->entry[i].logical)
			continue;
		if (mbr->entry[i].boot_record != mbr->extended_offset)
			return config_error(p->section->place, err,
					    "partition '%s' is the first logical one, but another "
					    "lies before it",
					    p->name);
		break;
	}
	return 0;
}

/*
 * A primary partition that lies inside the extended one overlaps no logical partition, but is one
 * fault too.
 */
static int check_extended(const struct hdimage *hd, struct error *err)
{
	const struct mbr *mbr = hd->own;

	for (size_t i = 0; i < hd->count; i++) {
		const struct partition *p = &hd->part[i];

		if (p->in_table && !mbr->entry[i].logical && mbr->extended_size &&
		    p->offset < mbr->extended_offset + mbr->extended_size &&
		    mbr->extended_offset < p->offset + p->size)
			return config_error(
				p->section->place, err,
				"partition '%s' is primary, but lies between the logical ones",
				p->name);
	}
	return 0;
}

/*
 * From the layout and the names, unless the config gives it, so that cards of different images have
 * different ids.
 */
static int set_signature(struct hdimage *hd, const struct image *image, struct error *err)
{
	uint64_t digest = tree_digest_bytes(TREE_DIGEST_START, image->name, strlen(image->name));
	struct mbr *mbr = hd->own;
	bool given;

	if (read_signature(image, &mbr->signature, &given, err) < 0)
		return -1;
	if (given)
		return 0;
	for (size_t i = 0; i < hd->count; i++) {
		const struct partition *p = &hd->part[i];

		digest = tree_digest_bytes(digest, p->name, strlen(p->name));
		digest = tree_digest_bytes(digest, &p->offset, sizeof(p->offset));
		digest = tree_digest_bytes(digest, &p->size, sizeof(p->size));
		digest = tree_digest_bytes(digest, &p->type, sizeof(p->type));
	}
	mbr->signature = (uint32_t)(digest ^ digest >> 32);
	return 0;
}

static int finish(struct hdimage *hd, const struct image *image, struct error *err)
{
	place_extended(hd);
	if (check_chain(hd, err) < 0 || check_extended(hd, err) < 0)
		return -1;
	return set_signature(hd, image, err);
}

/* --- The report and the table of functions --- */

static void report(const struct hdimage *hd, json_t *to)
{
	const struct mbr *mbr = hd->own;
	char signature[16];

	snprintf(signature, sizeof(signature), "0x%08x", mbr->signature);
	json_object_set_new(to, "disk-signature", json_string(signature));
}

static void report_partition(const struct hdimage *hd, const struct partition *p, json_t *to)
{
	json_object_set_new(to, "partition-type", json_integer(p->type));
	json_object_set_new(to, "bootable", json_boolean(p->bootable));
	json_object_set_new(to, "logical", json_boolean(is_logical(hd, (size_t)(p - hd->part))));
}

static const struct config_key mbr_keys[] = {
	{ "disk-signature", CONFIG_TEXT, NULL },
	{ "extended-partition", CONFIG_NUMBER, NULL },
	{ 0 },
};

static const struct config_key mbr_partition_keys[] = {
	{ "forced-primary", CONFIG_BOOL, NULL },
	{ 0 },
};

const struct table_ops table_mbr = {
	.name = "mbr",
	.alias = "dos",
	.keys = mbr_keys,
	.partition_keys = mbr_partition_keys,
	.check = check,
	.has_entries = true,
	.start = start,
	.gap = gap,
	.place = place,
	.claim = claim,
	.finish = finish,
	.write = mbr_write,
	.report = report,
	.report_partition = report_partition,
};
