// SPDX-License-Identifier: GPL-2.0-only
/*
 * The image type hdimage: partitions are given their places by genimage's rules, and then every
 * byte range must have one owner. What the partition table has to say in it: table.h.
 */
#include "image/disk/hdimage.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "image/copy.h"
#include "image/disk/table.h"

/* --- The config --- */

#define TABLE(name) &table_##name,
static const struct table_ops *const tables[] = { PARTITION_TABLES(TABLE) NULL };
#undef TABLE

static const struct table_ops *find_table(const char *name)
{
	for (size_t i = 0; tables[i]; i++)
		if (strcmp(name, tables[i]->name) == 0 ||
		    (tables[i]->alias && strcmp(name, tables[i]->alias) == 0))
			return tables[i];
	return NULL;
}

static int unknown_table(const char *name, struct config_place place, struct error *err)
{
	bool later = strcmp(name, "gpt") == 0 || strcmp(name, "hybrid") == 0;
	struct strbuf known = STRBUF_INIT;

	for (size_t i = 0; tables[i]; i++)
		strbuf_addf(&known, "%s%s",
			    !i		  ? "" :
			    tables[i + 1] ? ", " :
					    " and ",
			    tables[i]->name);
	config_error(place, err, "partition-table-type '%s'%s: known are %s", name,
		     later ? " is not supported" : "", known.buf ? known.buf : "");
	strbuf_free(&known);
	return -1;
}

static int read_table(struct hdimage *hd, const struct image *image, struct error *err)
{
	const char *name = config_text(image->options, "partition-table-type", "mbr");

	hd->table = find_table(name);
	if (!hd->table)
		return unknown_table(name, config_place(image->options, "partition-table-type"),
				     err);
	/* genimage's older name for it. */
	if (config_value(image->options, "partition-table"))
		hd->table = config_bool(image->options, "partition-table", true) ? &table_mbr :
										   &table_none;
	return 0;
}

static int read_align(struct hdimage *hd, const struct image *image, struct error *err)
{
	hd->align = config_size(image->options, "align", 0);
	if (!hd->align)
		hd->align = hd->table->has_entries ? SECTOR_SIZE : 1;
	if (hd->table->has_entries && hd->align % SECTOR_SIZE)
		return config_error(config_place(image->options, "align"), err,
				    "align %" PRIu64 " is no multiple of a sector (512 bytes)",
				    hd->align);
	return 0;
}

/* Whether P follows the partition before it where the config gives no offset. */
static bool is_in_order(const struct hdimage *hd, const struct partition *p)
{
	return p->in_table || !hd->table->has_entries;
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
			config_bool(section, "in-partition-table", true) && hd->table->has_entries,
	};
	if (!p->align)
		p->align = is_in_order(hd, p) ? hd->align : 1;
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

static int autoresize(const struct hdimage *hd, struct partition *p, const struct image *image,
		      struct error *err)
{
	struct config_place place = config_place(p->section, "autoresize");
	uint64_t size;

	if (!config_bool(p->section, "autoresize", false))
		return 0;
	if (!image->size)
		return config_error(place, err,
				    "partition '%s': autoresize needs the size of the image '%s'",
				    p->name, image->name);
	size = image->size > p->offset + hd->tail ? image->size - hd->tail - p->offset : 0;
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

/* Places one partition; *END is where the ones before it end. */
static int place_partition(struct hdimage *hd, struct partition *p, struct image *image,
			   uint64_t *end, struct error *err)
{
	const struct table_ops *table = hd->table;

	if (!p->offset && is_in_order(hd, p))
		p->offset = image_round_up(*end + (table->has_entries ? table->gap(hd, p) : 0),
					   p->align);
	if (p->offset != image_round_up(p->offset, p->align))
		return config_error(config_place(p->section, "offset"), err,
				    "partition '%s': offset %" PRIu64 " is no multiple of %" PRIu64,
				    p->name, p->offset, p->align);
	if (place_child(p, image, err) < 0 || autoresize(hd, p, image, err) < 0)
		return -1;
	if (!p->size)
		return config_error(config_place(p->section, "size"), err,
				    "partition '%s' has no size: give it one, or an image",
				    p->name);
	if (table->has_entries && table->place(hd, p, err) < 0)
		return -1;
	if (p->offset + p->size > *end)
		*end = p->offset + p->size;
	return 0;
}

/*
 * The size of the image where the config does not give it. END is where the last partition ends.
 */
static int set_size(const struct hdimage *hd, struct image *image, uint64_t end, struct error *err)
{
	uint64_t needed = end + hd->tail;

	if (!image->size)
		image->size = hd->table->has_entries ? image_round_up(needed, SECTOR_SIZE) : needed;
	if (needed > image->size)
		return config_error(config_place(image->section, "size"), err,
				    "the partitions end at byte %" PRIu64
				    ", but image '%s' has only %" PRIu64 ": raise size",
				    needed, image->name, image->size);
	return 0;
}

/* --- The type --- */

static int check_tables(const struct image *image, struct error *err)
{
	for (size_t i = 0; tables[i]; i++)
		if (tables[i]->check && tables[i]->check(image, err) < 0)
			return -1;
	return 0;
}

static int lay_out(struct hdimage *hd, struct image *image, struct error *err)
{
	bool has_entries = hd->table->has_entries;
	uint64_t end;

	if (has_entries && hd->table->start(hd, image, err) < 0)
		return -1;
	end = hd->head;
	for (size_t i = 0; i < hd->count; i++)
		if (place_partition(hd, &hd->part[i], image, &end, err) < 0)
			return -1;
	if (hdimage_check(hd, image, err) < 0)
		return -1;
	if (has_entries && hd->table->finish(hd, image, err) < 0)
		return -1;
	return set_size(hd, image, end, err);
}

static int plan_hdimage(struct image *image, struct error *err)
{
	struct hdimage *hd = calloc(1, sizeof(*hd));
	const char *size = config_text(image->section, "size", "0");
	bool percent;

	if (!hd)
		return error_set(err, "out of memory");
	image->plan = hd;
	config_read_size(size, &image->size, &percent);
	if (percent)
		return config_error(config_place(image->section, "size"), err,
				    "a percentage has a meaning only for a file system");
	if (read_table(hd, image, err) < 0 || read_align(hd, image, err) < 0 ||
	    read_partitions(hd, image, err) < 0 || check_tables(image, err) < 0)
		return -1;
	return lay_out(hd, image, err);
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
	if (rc == 0 && hd->table->has_entries)
		rc = hd->table->write(hd, image->size, fd, offset, err);
	return rc;
}

static json_t *report_partition(const struct hdimage *hd, const struct partition *p)
{
	json_t *to =
		json_pack("{s:s, s:I, s:I, s:b}", "name", p->name, "offset", (json_int_t)p->offset,
			  "size", (json_int_t)p->size, "in-partition-table", p->in_table);

	if (p->in_table)
		hd->table->report_partition(hd, p, to);
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

	json_object_set_new(to, "partition-table-type", json_string(hd->table->name));
	if (hd->table->has_entries)
		hd->table->report(hd, to);
	for (size_t i = 0; i < hd->count; i++)
		json_array_append_new(parts, report_partition(hd, &hd->part[i]));
	json_object_set_new(to, "partitions", parts);
}

static void release(struct image *image)
{
	struct hdimage *hd = image->plan;

	if (!hd)
		return;
	free(hd->part);
	free(hd->own);
	free(hd);
	image->plan = NULL;
}

/* clang-format off */
#define TABLE(name) { #name, CONFIG_KEYS, &table_##name.keys },
static const struct config_key hdimage_keys[] = {
	{ "align", CONFIG_SIZE, NULL },
	PARTITION_TABLES(TABLE)
	{ "partition-table-type", CONFIG_TEXT, NULL },
	{ "partition-table", CONFIG_BOOL, NULL },
	{ "fill", CONFIG_BOOL, NULL },
	/* What genimage has besides. */
	{ "disk-uuid", CONFIG_LATER, NULL },
	{ "gpt", CONFIG_LATER, NULL },
	{ "gpt-location", CONFIG_LATER, NULL },
	{ "gpt-no-backup", CONFIG_LATER, NULL },
	{ 0 },
};
#undef TABLE

#define TABLE(name) { #name, CONFIG_KEYS, &table_##name.partition_keys },
static const struct config_key partition_table[] = {
	{ "offset", CONFIG_SIZE, NULL },
	{ "size", CONFIG_SIZE, NULL },
	{ "align", CONFIG_SIZE, NULL },
	{ "partition-type", CONFIG_NUMBER, NULL },
	{ "bootable", CONFIG_BOOL, NULL },
	PARTITION_TABLES(TABLE)
	{ "fill", CONFIG_BOOL, NULL },
	{ "sparse", CONFIG_BOOL, NULL },
	{ "image", CONFIG_TEXT, NULL },
	{ "imageoffset", CONFIG_SIZE, NULL },
	{ "autoresize", CONFIG_BOOL, NULL },
	{ "in-partition-table", CONFIG_BOOL, NULL },
	/* What genimage has besides. */
	{ "read-only", CONFIG_LATER, NULL },
	{ "hidden", CONFIG_LATER, NULL },
	{ "no-automount", CONFIG_LATER, NULL },
	{ "holes", CONFIG_LATER_LIST, NULL },
	{ "partition-uuid", CONFIG_LATER, NULL },
	{ "partition-type-uuid", CONFIG_LATER, NULL },
	{ 0 },
};
/* clang-format on */
const struct config_key *const partition_keys = partition_table;

const struct image_type image_hdimage = {
	.name = "hdimage",
	.keys = hdimage_keys,
	.has_partitions = true,
	.plan = plan_hdimage,
	.write = write_hdimage,
	.report = report,
	.release = release,
};
