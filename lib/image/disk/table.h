/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A kind of partition table: what hdimage.c calls while it lays a disk out, and what writes the
 * table down.
 */
#ifndef LIB_IMAGE_TABLE_H
#define LIB_IMAGE_TABLE_H

#include "image/disk/hdimage.h"
#include "image/disk/tables.h"

/* The functions return 0, or -1 with ERR set, with the config's line where it has one. */
struct table_ops {
	const char *name;  /* in partition-table-type and in the report */
	const char *alias; /* another name for it in partition-table-type, or NULL */
	/* What `hdimage {}` and `partition NAME {}` may say that only this table knows, or NULL. */
	const struct config_key *keys, *partition_keys;
	/*
	 * Checks the values of KEYS, also where the image has another table. May be NULL.
	 */
	int (*check)(const struct image *image, struct error *err);

	/*
	 * The table has an entry for each partition whose in_table is set, and bounds of whole
	 * sectors. Without entries, none of the functions below is called, and all partitions are
	 * bytes at an offset.
	 */
	bool has_entries;
	/*
	 * All partitions have been read from the config, and none has a place. Sets HD->own, and
	 * HD->head and HD->tail, the bytes that the table takes at the start and at the end.
	 */
	int (*start)(struct hdimage *hd, const struct image *image, struct error *err);
	/* Bytes to leave free before P where the table chooses the offset. */
	uint64_t (*gap)(const struct hdimage *hd, const struct partition *p);
	/* P has its place and its child: checks and completes what its entry will say. */
	int (*place)(struct hdimage *hd, struct partition *p, struct error *err);
	/*
	 * Adds the bytes that belong to the table itself (P is NULL), or to P beside its own: no
	 * partition may lie on them.
	 */
	int (*claim)(const struct hdimage *hd, const struct image *image, const struct partition *p,
		     struct disk_ranges *ranges, struct error *err);
	/* All partitions have their places, and no two overlap. */
	int (*finish)(struct hdimage *hd, const struct image *image, struct error *err);
	/* Writes the table of an image of SIZE bytes that starts at OFFSET of FD. */
	int (*write)(const struct hdimage *hd, uint64_t size, int fd, uint64_t offset,
		     struct error *err);
	/* Adds to the report of the image, and to that of a partition with an entry. */
	void (*report)(const struct hdimage *hd, json_t *to);
	void (*report_partition)(const struct hdimage *hd, const struct partition *p, json_t *to);
};

/* clang-format off */
#define TABLE(name) extern const struct table_ops table_##name;
PARTITION_TABLES(TABLE)
#undef TABLE
/* clang-format on */

#endif
