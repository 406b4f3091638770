// SPDX-License-Identifier: GPL-2.0-only
/*
 * The image type hdimage: partitions are given their places by genimage's rules, and then every
 * byte range must have one owner. The partition table is written by mbr-write.c.
 */
#include "image/disk/hdimage.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "image/copy.h"

#define MBR_SECTORS_MAX UINT64_C(0xffffffff)

/* --- The config --- */

static int read_table(struct hdimage *hd, const struct image *image, struct error *err)
{
	const char *type = config_text(image->options, "partition-table-type", "mbr");
	struct config_place place = config_place(image->options, "partition-table-type");

	if (strcmp(type, "mbr") == 0 || strcmp(type, "dos") == 0)
		hd->table = TABLE_MBR;
	else if (strcmp(type, "none") == 0)
		hd->table = TABLE_NONE;
	else if (strcmp(type, "gpt") == 0 || strcmp(type, "hybrid") == 0)
		return config_error(
			place, err,
			"partition-table-type '%s' is not supported: known are mbr and none", type);
	else
		return config_error(place, err, "partition-table-type '%s': known are mbr and none",
				    type);
	/* genimage's older name for it. */
	if (config_value(image->options, "partition-table"))
		hd->table = config_bool(image->options, "partition-table", true) ? TABLE_MBR :
										   TABLE_NONE;
	return 0;
}

static int read_align(struct hdimage *hd, const struct image *image, struct error *err)
{
	hd->align = config_size(image->options, "align", 0);
	if (!hd->align)
		hd->align = hd->table == TABLE_NONE ? 1 : SECTOR_SIZE;
	if (hd->table != TABLE_NONE && hd->align % SECTOR_SIZE)
		return config_error(config_place(image->options, "align"), err,
				    "align %" PRIu64 " is no multiple of a sector (512 bytes)",
				    hd->align);
	return 0;
}

static int read_partition(struct partition *p, const struct hdimage *hd,
			  const struct config_section *section, struct error *err)
{
	uint64_t type = config_number(section, "partition-type", 0);

	if (type > 0xff)
		return config_error(config_place(section, "partition-type"), err,
				    "partition-type %" PRIu64 " is more than 0xff", type);
	*p = (struct partition){
		.section = section,
		.name = section->title,
		.type = (uint8_t)type,
		.offset = config_size(section, "offset", 0),
		.size = config_size(section, "size", 0),
		.align = config_size(section, "align", 0),
		.image_offset = config_size(section, "imageoffset", 0),
		.bootable = config_bool(section, "bootable", false),
		.in_table =
			config_bool(section, "in-partition-table", true) && hd->table != TABLE_NONE,
	};
	if (!p->align)
		p->align = p->in_table || hd->table == TABLE_NONE ? hd->align : 1;
	if (p->in_table && p->align % hd->align)
		return config_error(config_place(section, "align"), err,
				    "partition '%s': align %" PRIu64
				    " is no multiple of the image's %" PRIu64,
				    p->name, p->align, hd->align);
	if (p->in_table && p->size % SECTOR_SIZE)
		return config_error(config_place(section, "size"), err,
				    "partition '%s': size %" PRIu64
				    " is no multiple of a sector (512 bytes)",
				    p->name, p->size);
	return 0;
}

static int read_partitions(struct hdimage *hd, const struct image *image, struct error *err)
{
	hd->part = calloc(image->section->section_count + 1, sizeof(*hd->part));
	if (!hd->part)
		return error_set(err, "out of memory");
	for (size_t i = 0; i < image->section->section_count; i++) {
		const struct config_section *section = &image->section->sections[i];

		if (strcmp(section->key, "partition") == 0 &&
		    read_partition(&hd->part[hd->count++], hd, section, err) < 0)
			return -1;
	}
	return 0;
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
	struct config_place place = config_place(image->options, "extended-partition");
	size_t number = 0, primary = 0;
	bool ended = false;

	if (start > MBR_PRIMARY_MAX)
		return config_error(place, err,
				    "extended-partition %" PRIu64 ": at most 4, or 0 to choose",
				    start);
	if (!start && count_in_table(hd) > MBR_PRIMARY_MAX)
		start = MBR_PRIMARY_MAX;
	for (size_t i = 0; i < hd->count; i++) {
		struct partition *p = &hd->part[i];
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
		p->logical = start && number >= start && !forced;
		if (p->logical && number == start)
			hd->extended_slot = (unsigned int)primary++;
		primary += !p->logical;
		if (primary > MBR_PRIMARY_MAX)
			return config_error(p->section->place, err,
					    "partition '%s' would be the fifth primary one",
					    p->name);
	}
	return 0;
}

/* --- Places --- */

static int place_child(struct partition *p, struct image *image, struct error *err)
{
	const char *name = config_text(p->section, "image", NULL);
	struct config_place place = config_place(p->section, "image");
	uint64_t room = config_bool(p->section, "autoresize", false) || p->image_offset ? 0 :
											  p->size,
		 data;

	if (!name)
		return 0;
	p->child = image_child(image, name, place, room, err);
	if (!p->child)
		return -1;
	if (p->image_offset > p->child->size)
		return config_error(config_place(p->section, "imageoffset"), err,
				    "partition '%s': imageoffset %" PRIu64
				    " is beyond the end of '%s' at %" PRIu64,
				    p->name, p->image_offset, name, p->child->size);
	data = p->child->size - p->image_offset;
	if (!p->size)
		p->size = p->in_table ? image_round_up(data, p->align) : data;
	if (data > p->size)
		return config_error(config_place(p->section, "size"), err,
				    "partition '%s' has %" PRIu64 " bytes, but '%s' needs %" PRIu64
				    ": raise size",
				    p->name, p->size, name, data);
	return 0;
}

static int autoresize(struct partition *p, const struct image *image, struct error *err)
{
	struct config_place place = config_place(p->section, "autoresize");
	uint64_t size;

	if (!config_bool(p->section, "autoresize", false))
		return 0;
	if (!image->size)
		return config_error(place, err,
				    "partition '%s': autoresize needs the size of the image '%s'",
				    p->name, image->name);
	size = image->size > p->offset ? image->size - p->offset : 0;
	size = image_round_down(size,
				p->align < SECTOR_SIZE && p->in_table ? SECTOR_SIZE : p->align);
	if (!size || size < p->size)
		return config_error(place, err,
				    "partition '%s': %" PRIu64
				    " bytes are left for it in '%s', but it needs "
				    "%" PRIu64,
				    p->name, size, image->name, p->size);
	p->size = size;
	return 0;
}

static uint8_t default_type(const struct partition *p)
{
	return p->child && strcmp(p->child->type->name, "vfat") == 0 ? 0x0c : 0x83;
}

/* Places one partition; *END is where the ones before it end. */
static int place_partition(struct hdimage *hd, struct partition *p, struct image *image,
			   uint64_t *end, struct error *err)
{
	uint64_t start = *end;

	if (p->logical)
		start += hd->align;
	if (!p->offset && (p->in_table || hd->table == TABLE_NONE))
		p->offset = image_round_up(start, p->align);
	if (p->offset != image_round_up(p->offset, p->align))
		return config_error(config_place(p->section, "offset"), err,
				    "partition '%s': offset %" PRIu64 " is no multiple of %" PRIu64,
				    p->name, p->offset, p->align);
	if (place_child(p, image, err) < 0 || autoresize(p, image, err) < 0)
		return -1;
	if (!p->size)
		return config_error(config_place(p->section, "size"), err,
				    "partition '%s' has no size: give it one, or an image",
				    p->name);
	if (p->in_table && ((p->offset + p->size) / SECTOR_SIZE > MBR_SECTORS_MAX ||
			    p->offset + p->size < p->size))
		return config_error(config_place(p->section, "size"), err,
				    "partition '%s' ends beyond the 2 TiB that an MBR can name",
				    p->name);
	if (!p->type)
		p->type = default_type(p);
	if (p->logical && p->offset < hd->align)
		return config_error(config_place(p->section, "size"), err,
				    "partition '%s' leaves no room for its boot record", p->name);
	p->boot_record = p->logical ? p->offset - hd->align : 0;
	if (p->offset + p->size > *end)
		*end = p->offset + p->size;
	return 0;
}

static void place_extended(struct hdimage *hd)
{
	uint64_t end = 0;

	for (size_t i = 0; i < hd->count; i++) {
		const struct partition *p = &hd->part[i];

		if (!p->logical)
			continue;
		if (!hd->extended_offset || p->boot_record < hd->extended_offset)
			hd->extended_offset = p->boot_record;
		if (p->offset + p->size > end)
			end = p->offset + p->size;
	}
	hd->extended_size = end - hd->extended_offset;
}

/* --- The type --- */

static int set_size(const struct hdimage *hd, struct image *image, uint64_t end, struct error *err)
{
	if (!image->size)
		image->size = hd->table == TABLE_NONE ? end : image_round_up(end, SECTOR_SIZE);
	if (end > image->size)
		return config_error(config_place(image->section, "size"), err,
				    "the partitions end at byte %" PRIu64
				    ", but image '%s' has only %" PRIu64 ": raise size",
				    end, image->name, image->size);
	return 0;
}

/*
 * From the layout and the names, unless the config gives it, so that cards of different images have
 * different ids.
 */
static int set_signature(struct hdimage *hd, const struct image *image, struct error *err)
{
	const char *text = config_text(image->options, "disk-signature", "random");
	uint64_t digest = tree_digest_bytes(TREE_DIGEST_START, image->name, strlen(image->name)),
		 number;

	if (strcmp(text, "random") != 0) {
		if (!config_read_number(text, &number) || number > UINT32_MAX)
			return config_error(config_place(image->options, "disk-signature"), err,
					    "disk-signature '%s' is no number up to 0xffffffff",
					    text);
		hd->signature = (uint32_t)number;
		return 0;
	}
	for (size_t i = 0; i < hd->count; i++) {
		const struct partition *p = &hd->part[i];

		digest = tree_digest_bytes(digest, p->name, strlen(p->name));
		digest = tree_digest_bytes(digest, &p->offset, sizeof(p->offset));
		digest = tree_digest_bytes(digest, &p->size, sizeof(p->size));
		digest = tree_digest_bytes(digest, &p->type, sizeof(p->type));
	}
	hd->signature = (uint32_t)(digest ^ digest >> 32);
	return 0;
}

static int plan_hdimage(struct image *image, struct error *err)
{
	struct hdimage *hd = calloc(1, sizeof(*hd));
	const char *size = config_text(image->section, "size", "0");
	bool percent;
	uint64_t end;

	if (!hd)
		return error_set(err, "out of memory");
	image->plan = hd;
	config_read_size(size, &image->size, &percent);
	if (percent)
		return config_error(config_place(image->section, "size"), err,
				    "a percentage has a meaning only for a file system");
	if (read_table(hd, image, err) < 0 || read_align(hd, image, err) < 0 ||
	    read_partitions(hd, image, err) < 0 || choose_logical(hd, image, err) < 0)
		return -1;
	end = hd->table == TABLE_MBR ? SECTOR_SIZE : 0;
	for (size_t i = 0; i < hd->count; i++)
		if (place_partition(hd, &hd->part[i], image, &end, err) < 0)
			return -1;
	place_extended(hd);
	if (hdimage_check(hd, image, err) < 0 || set_size(hd, image, end, err) < 0)
		return -1;
	return set_signature(hd, image, err);
}

/* An image that only partly goes in cannot be written in place: its bytes are taken from a file. */
static int write_part_of(const struct partition *p, int fd, uint64_t offset,
			 struct progress *progress, struct error *err)
{
	char *path = image_as_file(p->child, err);
	int rc;

	if (!path)
		return -1;
	rc = copy_file(path, p->image_offset, p->child->size - p->image_offset, fd, offset,
		       progress, err);
	free(path);
	return rc;
}

static int write_hdimage(const struct image *image, int fd, uint64_t offset,
			 struct progress *progress, struct error *err)
{
	const struct hdimage *hd = image->plan;
	int rc = 0;

	for (size_t i = 0; i < hd->count && rc == 0; i++) {
		const struct partition *p = &hd->part[i];

		if (!p->child)
			continue;
		if (p->image_offset)
			rc = write_part_of(p, fd, offset + p->offset, progress, err);
		else
			rc = p->child->type->write(p->child, fd, offset + p->offset, progress, err);
		if (rc < 0)
			error_prefix(err, "%s", p->child->name);
	}
	if (rc == 0 && hd->table == TABLE_MBR)
		rc = mbr_write(hd, image->size, fd, offset, err);
	return rc;
}

static json_t *report_partition(const struct partition *p)
{
	json_t *to =
		json_pack("{s:s, s:I, s:I, s:b}", "name", p->name, "offset", (json_int_t)p->offset,
			  "size", (json_int_t)p->size, "in-partition-table", p->in_table);

	if (p->in_table) {
		json_object_set_new(to, "partition-type", json_integer(p->type));
		json_object_set_new(to, "bootable", json_boolean(p->bootable));
		json_object_set_new(to, "logical", json_boolean(p->logical));
	}
	if (p->child) {
		json_object_set_new(to, "image", json_string(p->child->name));
		json_object_set_new(to, "type", json_string(p->child->type->name));
		if (p->child->type->report)
			p->child->type->report(p->child, to);
	}
	return to;
}

static void report(const struct image *image, json_t *to)
{
	const struct hdimage *hd = image->plan;
	json_t *parts = json_array();
	char signature[16];

	snprintf(signature, sizeof(signature), "0x%08x", hd->signature);
	json_object_set_new(to, "partition-table-type",
			    json_string(hd->table == TABLE_MBR ? "mbr" : "none"));
	if (hd->table == TABLE_MBR)
		json_object_set_new(to, "disk-signature", json_string(signature));
	for (size_t i = 0; i < hd->count; i++)
		json_array_append_new(parts, report_partition(&hd->part[i]));
	json_object_set_new(to, "partitions", parts);
}

static void release(struct image *image)
{
	struct hdimage *hd = image->plan;

	if (!hd)
		return;
	free(hd->part);
	free(hd);
	image->plan = NULL;
}

const struct config_key hdimage_keys[] = {
	{ "align", CONFIG_SIZE, NULL },
	{ "disk-signature", CONFIG_TEXT, NULL },
	{ "partition-table-type", CONFIG_TEXT, NULL },
	{ "partition-table", CONFIG_BOOL, NULL },
	{ "extended-partition", CONFIG_NUMBER, NULL },
	{ "fill", CONFIG_BOOL, NULL },
	{ "disk-uuid", CONFIG_LATER, NULL },
	{ "gpt", CONFIG_LATER, NULL },
	{ "gpt-location", CONFIG_LATER, NULL },
	{ "gpt-no-backup", CONFIG_LATER, NULL },
	{ 0 },
};

const struct image_type image_hdimage = { "hdimage", plan_hdimage, write_hdimage, report, release };
