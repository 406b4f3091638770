// SPDX-License-Identifier: GPL-2.0-only
/* Checks a disk's layout: every byte has one owner. See hdimage.h. */
#include "image/disk/hdimage.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/array.h"
#include "image/disk/table.h"

int disk_ranges_add(struct disk_ranges *ranges, const struct disk_range *range, struct error *err)
{
	struct disk_range *added = ARRAY_ADD(ranges->range, ranges->count);

	if (!added)
		return error_set(err, "out of memory");
	*added = *range;
	return 0;
}

/* The table's, and then those of each partition. */
static int list_ranges(const struct hdimage *hd, const struct image *image,
		       struct disk_ranges *ranges, struct error *err)
{
	const struct table_ops *table = hd->table;

	if (table->has_entries && table->claim(hd, image, NULL, ranges, err) < 0)
		return -1;
	for (size_t i = 0; i < hd->count; i++) {
		const struct partition *p = &hd->part[i];
		const struct disk_range range = { p->offset, p->size, "partition", p->name,
						  p->section->place };

		if (disk_ranges_add(ranges, &range, err) < 0)
			return -1;
		if (table->has_entries && table->claim(hd, image, p, ranges, err) < 0)
			return -1;
	}
	return 0;
}

static int by_offset(const void *a, const void *b)
{
	const struct disk_range *x = a, *y = b;

	return (x->offset > y->offset) - (x->offset < y->offset);
}

static int report_overlap(const struct disk_range *a, const struct disk_range *b, struct error *err)
{
	/* Named at the one that the config has later. */
	const struct disk_range *later = b->place.line >= a->place.line ? b : a;
	const struct disk_range *other = later == a ? b : a;

	return config_error(later->place, err,
			    "%s '%s' (bytes %" PRIu64 " to %" PRIu64
			    ") overlaps %s '%s' (bytes %" PRIu64 " to %" PRIu64 ")",
			    later->what, later->name, later->offset, later->offset + later->size,
			    other->what, other->name, other->offset, other->offset + other->size);
}

static int find_overlap(const struct disk_ranges *ranges, struct error *err)
{
	const struct disk_range *r = ranges->range, *last = r;

	for (size_t i = 1; i < ranges->count; i++) {
		if (r[i].offset < last->offset + last->size)
			return report_overlap(last, &r[i], err);
		if (r[i].offset + r[i].size > last->offset + last->size)
			last = &r[i];
	}
	return 0;
}

int hdimage_check(const struct hdimage *hd, const struct image *image, struct error *err)
{
	struct disk_ranges ranges = { 0 };
	int rc = list_ranges(hd, image, &ranges, err);

	if (rc == 0 && ranges.count) {
		qsort(ranges.range, ranges.count, sizeof(*ranges.range), by_offset);
		rc = find_overlap(&ranges, err);
	}
	free(ranges.range);
	return rc;
}
