// SPDX-License-Identifier: GPL-2.0-only
/* The files of a boot partition on FAT: see fat-files.h. */
#include "boot/fat-files.h"

static struct fat_volume *volume_of(struct boot_files *files)
{
	return ((struct fat_files *)files)->volume; /* FILES is its first member */
}

/* Returns 1 for a file, 0 when there is none, -1 with ERR set. */
static int look_up(struct fat_volume *volume, const char *path, struct fat_entry *entry,
		   struct error *err)
{
	int rc = fat_lookup(volume, path, entry, err);

	return rc > 0 && entry->directory ? 0 : rc;
}

static int fat_files_exists(struct boot_files *files, const char *path, struct error *err)
{
	struct fat_entry entry;

	return look_up(volume_of(files), path, &entry, err);
}

static int fat_files_read(struct boot_files *files, const char *path, size_t max, uint8_t **data,
			  size_t *len, struct error *err)
{
	struct fat_entry entry;
	int rc = look_up(volume_of(files), path, &entry, err);

	if (rc <= 0)
		return rc;
	return fat_read(volume_of(files), &entry, max, data, len, err) < 0 ?
		       error_prefix(err, "%s", path) :
		       1;
}

struct fat_files fat_files_on(struct fat_volume *volume)
{
	return (struct fat_files){
		.files = { .exists = fat_files_exists, .read = fat_files_read },
		.volume = volume,
	};
}
