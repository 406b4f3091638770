/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reads FAT12, FAT16 and FAT32 file systems, damaged ones included: a loop, a cluster out of range
 * or a size that does not fit is an error with the place named, never a crash. Microsoft FAT
 * specification, version 1.03 ("fatgen103").
 */
#ifndef LIB_IMAGE_FAT_READ_H
#define LIB_IMAGE_FAT_READ_H

#include <stdbool.h>
#include <stdint.h>

#include "base/disk.h"
#include "base/error.h"

struct fat_volume;

struct fat_entry {
	/* UTF-8: the long name where there is one, else the short one; "" for the root */
	char name[255 * 3 + 1];
	bool directory;
	uint32_t size;	  /* bytes */
	uint32_t cluster; /* the first one, 0 for an empty file */
	int64_t mtime;	  /* seconds since the epoch, the time on disk taken as UTC */
};

/*
 * Opens the file system on DISK, which must stay open. Returns 0 with *VOLUME owned by the caller,
 * or -1 with ERR set.
 */
int fat_open(struct fat_volume **volume, const struct disk *disk, struct error *err);
void fat_close(struct fat_volume *volume);

/*
 * Looks PATH up ("overlays/x.dtbo"; "/" or "" is the root; letters without case, as FAT has it).
 * Returns 1 when it is there, 0 when it is not, -1 with ERR set when the file system is damaged.
 */
int fat_lookup(struct fat_volume *volume, const char *path, struct fat_entry *entry,
	       struct error *err);

/*
 * Reads a whole file. The caller frees *DATA, which has a zero byte after its LEN bytes. More than
 * MAX bytes is an error.
 */
int fat_read(struct fat_volume *volume, const struct fat_entry *entry, uint64_t max, uint8_t **data,
	     size_t *len, struct error *err);

/*
 * Calls EACH for every entry of a directory, without "." and "..", in disk order; a non-zero return
 * of EACH ends the walk and is returned. In a damaged volume a directory can contain itself: who
 * descends must bound the depth.
 */
int fat_list(struct fat_volume *volume, const struct fat_entry *directory,
	     int (*each)(const struct fat_entry *entry, void *arg), void *arg, struct error *err);

/* 12, 16 or 32; the volume label ("" when none) and the serial number. */
int fat_bits(const struct fat_volume *volume);
const char *fat_label(const struct fat_volume *volume);
uint32_t fat_serial(const struct fat_volume *volume);

#endif
