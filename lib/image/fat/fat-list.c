// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reads directories of FAT volumes. A long name counts only when its entries are all there, in
 * order, and with the checksum of the short name that follows; else the short name is the name. See
 * fat-read.h.
 */
#include "image/fat/fat-volume.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define LONG_ENTRIES_MAX 20u

/* A long name that is being put together. */
struct long_name {
	uint32_t left;	  /* entries that are still to come before the short one */
	uint32_t entries; /* 0 when there is none */
	uint8_t checksum;
	uint16_t units[LONG_ENTRIES_MAX * FAT_LONG_UNITS];
};

/*
 * One name in a directory: what the caller sees, and the short name, by which it can be found as
 * well.
 */
struct found {
	struct fat_entry entry;
	char short_name[FAT_NAME_SIZE];
};

static void take_long_entry(struct long_name *name, const uint8_t *raw)
{
	uint32_t order = raw[FAT_LONG_ORDER] & 0x3fu;
	uint8_t checksum = raw[FAT_LONG_CHECKSUM];

	if (raw[FAT_LONG_ORDER] & FAT_LONG_LAST) {
		*name = (struct long_name){ .left = order, .entries = order, .checksum = checksum };
		if (!order || order > LONG_ENTRIES_MAX)
			name->entries = 0;
	}
	if (!name->entries || order != name->left || checksum != name->checksum) {
		name->entries = 0;
		return;
	}
	name->left--;
	for (unsigned int i = 0; i < FAT_LONG_UNITS; i++)
		name->units[name->left * FAT_LONG_UNITS + i] =
			(uint16_t)fat_get16(raw + fat_long_unit_offset(i));
}

/*
 * The long name as UTF-8 when it is whole, goes with the short name in RAW, and is a name that a
 * host can have too.
 */
static bool long_to_utf8(const struct long_name *name, const uint8_t *raw, char utf8[FAT_NAME_SIZE])
{
	uint32_t count = 0;

	if (!name->entries || name->left || name->checksum != fat_short_checksum(raw))
		return false;
	for (; count < name->entries * FAT_LONG_UNITS && name->units[count]; count++) {
		if (name->units[count] < 0x20 || name->units[count] == '/')
			return false;
	}
	if (!count || count > FAT_NAME_UNITS_MAX)
		return false;
	fat_name_from_utf16(name->units, count, utf8);
	return strcmp(utf8, ".") != 0 && strcmp(utf8, "..") != 0;
}

/* A month or day of 0, which other writers leave when they know no time, is taken for 1. */
static int64_t to_seconds(uint32_t date, uint32_t time)
{
	struct tm tm = {
		.tm_year = (int)(date >> 9) + 80,
		.tm_mon = date >> 5 & 15 ? (int)(date >> 5 & 15) - 1 : 0,
		.tm_mday = date & 31 ? (int)(date & 31) : 1,
		.tm_hour = (int)(time >> 11),
		.tm_min = (int)(time >> 5 & 63),
		.tm_sec = (int)(time & 31) * 2,
	};

	return timegm(&tm);
}

static void decode(const struct fat_volume *volume, const struct long_name *name,
		   const uint8_t *raw, struct found *found)
{
	struct fat_entry *entry = &found->entry;

	*entry = (struct fat_entry){
		.directory = raw[FAT_DIR_ATTR] & FAT_ATTR_DIRECTORY,
		.cluster = fat_get16(raw + FAT_DIR_CLUSTER_LOW),
		.mtime = to_seconds(fat_get16(raw + FAT_DIR_WRITE_DATE),
				    fat_get16(raw + FAT_DIR_WRITE_TIME)),
	};
	if (volume->bits == 32)
		entry->cluster |= (fat_get16(raw + FAT_DIR_CLUSTER_HIGH) & 0x0fffu) << 16;
	if (!entry->directory)
		entry->size = fat_get32(raw + FAT_DIR_SIZE);
	fat_short_to_utf8(raw, raw[FAT_DIR_CASE], found->short_name);
	if (!long_to_utf8(name, raw, entry->name))
		memcpy(entry->name, found->short_name, sizeof(entry->name));
}

static bool is_long_entry(const uint8_t *raw)
{
	return (raw[FAT_DIR_ATTR] & FAT_ATTR_LONG_MASK) == FAT_ATTR_LONG_NAME;
}

/*
 * Calls EACH for every name in a directory, without "." and "..". What EACH returns, other than 0,
 * ends the walk.
 */
static int walk(struct fat_volume *volume, const struct fat_entry *directory,
		int (*each)(const struct found *found, void *arg), void *arg, struct error *err)
{
	struct long_name name = { 0 };
	struct found found;
	uint32_t entries;
	uint8_t *data;
	int ret = 0;

	if (fat_directory_read(volume, directory, &data, &entries, err) < 0)
		return -1;
	for (uint32_t i = 0; i < entries && !ret; i++) {
		const uint8_t *raw = data + (size_t)i * FAT_DIR_ENTRY_SIZE;

		if (raw[0] == FAT_DIR_END)
			break;
		if (raw[0] != FAT_DIR_DELETED && is_long_entry(raw)) {
			take_long_entry(&name, raw);
			continue;
		}
		if (raw[0] != FAT_DIR_DELETED && !(raw[FAT_DIR_ATTR] & FAT_ATTR_VOLUME)) {
			decode(volume, &name, raw, &found);
			if (*found.short_name && strcmp(found.short_name, ".") != 0 &&
			    strcmp(found.short_name, "..") != 0)
				ret = each(&found, arg);
		}
		name.entries = 0;
	}
	free(data);
	return ret;
}

struct list {
	int (*each)(const struct fat_entry *entry, void *arg);
	void *arg;
};

static int list_one(const struct found *found, void *arg)
{
	struct list *list = arg;

	return list->each(&found->entry, list->arg);
}

int fat_list(struct fat_volume *volume, const struct fat_entry *directory,
	     int (*each)(const struct fat_entry *entry, void *arg), void *arg, struct error *err)
{
	struct list list = { .each = each, .arg = arg };

	return walk(volume, directory, list_one, &list, err);
}

struct lookup {
	char name[FAT_NAME_SIZE];
	struct fat_entry *entry;
};

static int lookup_one(const struct found *found, void *arg)
{
	struct lookup *lookup = arg;

	if (fat_name_compare(found->entry.name, lookup->name) != 0 &&
	    fat_name_compare(found->short_name, lookup->name) != 0)
		return 0;
	*lookup->entry = found->entry;
	return 1;
}

int fat_lookup(struct fat_volume *volume, const char *path, struct fat_entry *entry,
	       struct error *err)
{
	struct fat_entry at = { .directory = true, .cluster = volume->root_cluster };
	int ret = 1;

	for (path += strspn(path, "/"); *path && ret > 0; path += strspn(path, "/")) {
		size_t len = strcspn(path, "/");
		struct lookup lookup = { .entry = &at };
		struct fat_entry directory = at;

		if (!at.directory || len >= sizeof(lookup.name))
			return 0;
		memcpy(lookup.name, path, len);
		path += len;
		ret = walk(volume, &directory, lookup_one, &lookup, err);
	}
	if (ret > 0)
		*entry = at;
	return ret;
}

int fat_label_read(struct fat_volume *volume, struct error *err)
{
	struct fat_entry root = { .directory = true };
	uint32_t entries;
	uint8_t *data;

	if (fat_directory_read(volume, &root, &data, &entries, err) < 0)
		return -1;
	for (uint32_t i = 0; i < entries && data[(size_t)i * FAT_DIR_ENTRY_SIZE]; i++) {
		const uint8_t *raw = data + (size_t)i * FAT_DIR_ENTRY_SIZE;

		if (raw[0] == FAT_DIR_DELETED || is_long_entry(raw) ||
		    !(raw[FAT_DIR_ATTR] & FAT_ATTR_VOLUME))
			continue;
		fat_label_to_utf8(raw, volume->label);
		break;
	}
	free(data);
	return 0;
}
