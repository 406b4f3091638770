// SPDX-License-Identifier: GPL-2.0-only
/* The firmware's part on the FAT file system of an image: see firmware.h and extlinux.h. */
#include "boot/extlinux.h"
#include "boot/firmware.h"
#include "boot/firmware-files.h"

struct fat_files {
	struct boot_files files;
	struct fat_volume *volume;
};

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

static struct fat_files open_files(struct fat_volume *volume)
{
	return (struct fat_files){
		.files = { .exists = fat_files_exists, .read = fat_files_read },
		.volume = volume,
	};
}

int firmware_load(struct payload *payload, const struct board *board, struct fat_volume *volume,
		  struct error *err)
{
	struct fat_files files = open_files(volume);

	return firmware_load_files(payload, board, &files.files, err);
}

int extlinux_is(struct fat_volume *volume, struct error *err)
{
	struct fat_files files = open_files(volume);

	return extlinux_is_in(&files.files, err);
}

int extlinux_load(struct payload *payload, const struct board *board, struct fat_volume *volume,
		  struct error *err)
{
	struct fat_files files = open_files(volume);

	return extlinux_load_files(payload, board, &files.files, err);
}
