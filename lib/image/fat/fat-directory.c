// SPDX-License-Identifier: GPL-2.0-only
/*
 * Directories that the FAT writer makes: the short names of all entries in a directory, and the
 * entries as they are on disk. "FAT Directory Structure" and "FAT Long Directory Entries" in the
 * specification.
 */
#include "image/fat/fat-plan.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define TAIL_MAX  999999u
#define BASIS_LEN 6 /* characters of a base that stay before the shortest tail */

/* A map from short names to numbers: open addressing, at most half full. */
struct name_map {
	struct name_slot {
		uint8_t name[FAT_SHORT_LEN];
		bool used;
		uint32_t number;
	} * slot;
	uint32_t mask;
};

static int map_init(struct name_map *map, uint32_t names, struct error *err)
{
	uint32_t slots = 16;

	while (slots < names * 2)
		slots *= 2;
	map->mask = slots - 1;
	map->slot = calloc(slots, sizeof(*map->slot));
	return map->slot ? 0 : error_set(err, "out of memory");
}

/* The slot that holds NAME, or the free one where it belongs. */
static struct name_slot *map_find(const struct name_map *map, const uint8_t *name)
{
	uint32_t at = 2166136261u;

	for (int i = 0; i < FAT_SHORT_LEN; i++)
		at = (at ^ name[i]) * 16777619u;
	while (map->slot[at & map->mask].used &&
	       memcmp(map->slot[at & map->mask].name, name, FAT_SHORT_LEN) != 0)
		at++;
	return &map->slot[at & map->mask];
}

static void map_put(struct name_slot *slot, const uint8_t *name)
{
	memcpy(slot->name, name, FAT_SHORT_LEN);
	slot->used = true;
}

/*
 * Gives NODE the first short name with a numeric tail that TAKEN has not. NEXT remembers where to
 * go on for names that begin alike, so that thousands of them do not search from ~1 each.
 */
static int take_tail(struct name_map *taken, struct name_map *next, struct fat_node *node,
		     struct error *err)
{
	uint8_t basis[FAT_SHORT_LEN], prefix[FAT_SHORT_LEN];
	struct name_slot *counter, *slot;

	memcpy(basis, node->short_name, sizeof(basis));
	memcpy(prefix, basis, sizeof(prefix));
	memset(prefix + BASIS_LEN, ' ', 8 - BASIS_LEN);
	counter = map_find(next, prefix);
	map_put(counter, prefix);
	do {
		if (++counter->number > TAIL_MAX)
			return error_set(err, "too many names that begin with '%.6s'",
					 (const char *)prefix);
		fat_short_tail(basis, counter->number, node->short_name);
		slot = map_find(taken, node->short_name);
	} while (slot->used);
	map_put(slot, node->short_name);
	return 0;
}

static int by_name(const void *a, const void *b)
{
	const struct fat_node *const *x = a, *const *y = b;

	return fat_name_compare((*x)->tree->name, (*y)->tree->name);
}

/* Finds two names that differ only in case. */
static int check_clashes(const struct fat_node *child, uint32_t children, struct error *err)
{
	const struct fat_node **sorted = calloc(children + 1, sizeof(struct fat_node *));
	char path[512];
	int ret = 0;

	if (!sorted)
		return error_set(err, "out of memory");
	for (uint32_t i = 0; i < children; i++)
		sorted[i] = &child[i];
	qsort(sorted, children, sizeof(struct fat_node *), by_name);
	for (uint32_t i = 1; i < children && !ret; i++) {
		if (!by_name(&sorted[i - 1], &sorted[i]))
			ret = error_set(err,
					"%s: FAT cannot tell this name from '%s' beside it: rename "
					"one of them",
					tree_path(sorted[i]->tree, path, sizeof(path)),
					sorted[i - 1]->tree->name);
	}
	free(sorted);
	return ret;
}

/*
 * Names that are short names as they stand come first; then the others get tails that none of those
 * has.
 */
static int name_short(struct name_map *taken, struct name_map *next, struct fat_node *child,
		      uint32_t children, struct error *err)
{
	uint16_t units[FAT_NAME_UNITS_MAX];
	char path[512];

	for (uint32_t i = 0; i < children; i++) {
		struct fat_node *node = &child[i];

		if (fat_name_to_utf16(node->tree->name, units, err) < 0)
			return error_prefix(err, "%s", tree_path(node->tree, path, sizeof(path)));
		if (fat_short_name(node->tree->name, node->short_name, &node->case_flags,
				   &node->needs_long))
			map_put(map_find(taken, node->short_name), node->short_name);
	}
	for (uint32_t i = 0; i < children; i++) {
		struct fat_node *node = &child[i];
		uint8_t exact[FAT_SHORT_LEN];

		if (!node->needs_long ||
		    fat_short_name(node->tree->name, exact, &node->case_flags, &node->needs_long))
			continue;
		if (take_tail(taken, next, node, err) < 0)
			return error_prefix(err, "%s", tree_path(node->tree, path, sizeof(path)));
	}
	return 0;
}

int fat_name_children(struct fat_plan *plan, const struct fat_node *dir, struct error *err)
{
	struct fat_node *child = plan->node + dir->first_child;
	struct name_map taken = { 0 }, next = { 0 };
	int ret = -1;

	if (!dir->children)
		return 0;
	if (map_init(&taken, dir->children, err) == 0 && map_init(&next, dir->children, err) == 0)
		ret = name_short(&taken, &next, child, dir->children, err);
	free(taken.slot);
	free(next.slot);
	return ret < 0 ? ret : check_clashes(child, dir->children, err);
}

/* A time as FAT has it, in UTC, and within its years 1980 to 2107. */
struct fat_time {
	uint16_t date, time;
	uint8_t tenths; /* 10 ms units beyond the even second */
};

static struct fat_time fat_time(int64_t seconds)
{
	const int64_t first = 315532800; /* 1980-01-01 00:00:00 */
	const int64_t last = 4354819199; /* 2107-12-31 23:59:59 */
	time_t clamped = (time_t)(seconds < first ? first : seconds > last ? last : seconds);
	struct tm tm;

	gmtime_r(&clamped, &tm);
	return (struct fat_time){
		.date = (uint16_t)((tm.tm_year - 80) << 9 | (tm.tm_mon + 1) << 5 | tm.tm_mday),
		.time = (uint16_t)(tm.tm_hour << 11 | tm.tm_min << 5 | tm.tm_sec / 2),
		.tenths = (uint8_t)(tm.tm_sec % 2 * 100),
	};
}

/* A directory without a time of its own gets the volume's. */
static int64_t node_mtime(const struct fat_plan *plan, const struct fat_node *node)
{
	return node->tree->mtime || !fat_is_directory(node) ? node->tree->mtime : plan->mtime;
}

static uint8_t *put_entry(uint8_t *to, const uint8_t *name, uint8_t attributes, int64_t mtime,
			  uint32_t cluster)
{
	struct fat_time when = fat_time(mtime);

	memcpy(to, name, FAT_SHORT_LEN);
	to[FAT_DIR_ATTR] = attributes;
	to[FAT_DIR_CREATE_TENTHS] = when.tenths;
	fat_put16(to + FAT_DIR_CREATE_TIME, when.time);
	fat_put16(to + FAT_DIR_CREATE_DATE, when.date);
	fat_put16(to + FAT_DIR_ACCESS_DATE, when.date);
	fat_put16(to + FAT_DIR_WRITE_TIME, when.time);
	fat_put16(to + FAT_DIR_WRITE_DATE, when.date);
	fat_put16(to + FAT_DIR_CLUSTER_HIGH, cluster >> 16);
	fat_put16(to + FAT_DIR_CLUSTER_LOW, cluster & 0xffff);
	return to + FAT_DIR_ENTRY_SIZE;
}

/* The entries of a long name, its end first. */
static uint8_t *put_long_name(uint8_t *to, const char *name, uint8_t checksum)
{
	uint16_t units[FAT_NAME_UNITS_MAX];
	int count = fat_name_to_utf16(name, units, NULL);
	int entries = (count + (int)FAT_LONG_UNITS - 1) / (int)FAT_LONG_UNITS;

	for (int order = entries; order > 0; order--) {
		to[FAT_LONG_ORDER] = (uint8_t)(order | (order == entries ? FAT_LONG_LAST : 0));
		to[FAT_DIR_ATTR] = FAT_ATTR_LONG_NAME;
		to[FAT_LONG_CHECKSUM] = checksum;
		for (int i = 0; i < (int)FAT_LONG_UNITS; i++) {
			int at = (order - 1) * (int)FAT_LONG_UNITS + i;

			fat_put16(to + fat_long_unit_offset((unsigned int)i), at < count ?
										      units[at] :
									      at == count ? 0 :
											    0xffff);
		}
		to += FAT_DIR_ENTRY_SIZE;
	}
	return to;
}

static uint8_t *put_dots(const struct fat_plan *plan, const struct fat_node *dir, uint8_t *to)
{
	const struct fat_node *parent = &plan->node[dir->parent];
	uint32_t up = dir->parent ? parent->cluster : 0; /* the root is 0 here, on FAT32 as well */

	to = put_entry(to, (const uint8_t *)".          ", FAT_ATTR_DIRECTORY,
		       node_mtime(plan, dir), dir->cluster);
	return put_entry(to, (const uint8_t *)"..         ", FAT_ATTR_DIRECTORY,
			 node_mtime(plan, parent), up);
}

void fat_encode_directory(const struct fat_plan *plan, const struct fat_node *dir, uint8_t *to)
{
	memset(to, 0, (size_t)dir->slots * FAT_DIR_ENTRY_SIZE);
	if (dir != plan->node)
		to = put_dots(plan, dir, to);
	else if (plan->has_label)
		to = put_entry(to, plan->label, FAT_ATTR_VOLUME, plan->mtime, 0);
	for (uint32_t i = 0; i < dir->children; i++) {
		const struct fat_node *node = &plan->node[dir->first_child + i];
		bool directory = fat_is_directory(node);
		uint8_t *entry;

		if (node->needs_long)
			to = put_long_name(to, node->tree->name,
					   fat_short_checksum(node->short_name));
		entry = to;
		to = put_entry(to, node->short_name,
			       directory ? FAT_ATTR_DIRECTORY : FAT_ATTR_ARCHIVE,
			       node_mtime(plan, node), node->cluster);
		entry[FAT_DIR_CASE] = node->case_flags;
		if (!directory)
			fat_put32(entry + FAT_DIR_SIZE, (uint32_t)fat_content(node)->size);
	}
}
