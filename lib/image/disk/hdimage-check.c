// SPDX-License-Identifier: GPL-2.0-only
/*
 * Checks a disk's layout: every byte has one owner, and the logical partitions form a chain. See
 * hdimage.h.
 */
#include "image/disk/hdimage.h"

#include <inttypes.h>
#include <stdlib.h>

struct range {
	uint64_t offset, size;
	const char *what, *name;
	struct config_place place;
};

static int by_offset(const void *a, const void *b)
{
	const struct range *x = a, *y = b;

	return (x->offset > y->offset) - (x->offset < y->offset);
}

static size_t list_ranges(const struct hdimage *hd, const struct image *image, struct range *r)
{
	size_t n = 0;

	if (hd->table == TABLE_MBR)
		r[n++] = (struct range){ MBR_TABLE_OFFSET, MBR_TABLE_SIZE, "the partition table",
					 "MBR", image->place };
	for (size_t i = 0; i < hd->count; i++) {
		const struct partition *p = &hd->part[i];

		r[n++] = (struct range){ p->offset, p->size, "partition", p->name,
					 p->section->place };
		if (p->logical)
			r[n++] = (struct range){ p->boot_record, SECTOR_SIZE,
						 "the boot record of partition", p->name,
						 p->section->place };
	}
	return n;
}

static int check_owners(const struct hdimage *hd, const struct image *image, struct error *err)
{
	struct range *r = calloc(2 * hd->count + 1, sizeof(*r)), *last;
	size_t n;
	int rc = 0;

	if (!r)
		return error_set(err, "out of memory");
	n = list_ranges(hd, image, r);
	qsort(r, n, sizeof(*r), by_offset);
	last = r;
	for (size_t i = 1; i < n && rc == 0; i++) {
		if (r[i].offset < last->offset + last->size) {
			/* Named at the one that the config has later. */
			const struct range *later =
				r[i].place.line >= last->place.line ? &r[i] : last;
			const struct range *other = later == last ? &r[i] : last;

			rc = config_error(later->place, err,
					  "%s '%s' (bytes %" PRIu64 " to %" PRIu64
					  ") overlaps %s '%s' (bytes %" PRIu64 " to %" PRIu64 ")",
					  later->what, later->name, later->offset,
					  later->offset + later->size, other->what, other->name,
					  other->offset, other->offset + other->size);
		}
		if (r[i].offset + r[i].size > last->offset + last->size)
			last = &r[i];
	}
	free(r);
	return rc;
}

/*
 * The chain of boot records starts in the extended partition's first sector, with the first logical
 * partition.
 */
static int check_chain(const struct hdimage *hd, struct error *err)
{
	for (size_t i = 0; i < hd->count; i++) {
		const struct partition *p = &hd->part[i];

		if (!p->logical)
			continue;
		if (p->boot_record != hd->extended_offset)
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
	for (size_t i = 0; i < hd->count; i++) {
		const struct partition *p = &hd->part[i];

		if (p->in_table && !p->logical && hd->extended_size &&
		    p->offset < hd->extended_offset + hd->extended_size &&
		    hd->extended_offset < p->offset + p->size)
			return config_error(
				p->section->place, err,
				"partition '%s' is primary, but lies between the logical ones",
				p->name);
	}
	return 0;
}

int hdimage_check(const struct hdimage *hd, const struct image *image, struct error *err)
{
	if (check_owners(hd, image, err) < 0 || check_chain(hd, err) < 0)
		return -1;
	return check_extended(hd, err);
}
