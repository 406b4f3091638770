// SPDX-License-Identifier: GPL-2.0-only
/*
 * Whatever a FAT volume is, the reader stays inside it and ends: it opens the input as a volume,
 * walks all of it, reads its files and looks names up again. Then once more with zeros after the
 * input, so that a volume in the corpus need not bring its free clusters along.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/disk.h"
#include "image/fat/fat-read.h"

#define DEPTH_MAX   6	 /* a damaged directory can contain itself */
#define ENTRIES_MAX 2000 /* of the whole walk */
#define PADDED_SIZE (4u << 20)

struct walk {
	struct fat_volume *volume;
	struct error err;
	int depth;
	int entries;
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int visit(const struct fat_entry *entry, void *arg)
{
	struct walk *walk = arg;
	uint8_t *contents;
	size_t len;

	if (++walk->entries > ENTRIES_MAX)
		return 1;
	if (!*entry->name || strchr(entry->name, '/') || !strcmp(entry->name, ".") ||
	    !strcmp(entry->name, ".."))
		abort(); /* no host could have the name */
	if (!entry->directory) {
		if (fat_read(walk->volume, entry, 1 << 20, &contents, &len, &walk->err) == 0) {
			if (len != entry->size || contents[len])
				abort();
			free(contents);
		} else if (!*walk->err.text) {
			abort(); /* an error without a text */
		}
	} else if (walk->depth < DEPTH_MAX) {
		walk->depth++;
		fat_list(walk->volume, entry, visit, walk, &walk->err);
		walk->depth--;
	}
	return 0;
}

static int first_name(const struct fat_entry *entry, void *arg)
{
	strcpy(arg, entry->name);
	return 1;
}

static void try_volume(const uint8_t *data, size_t size)
{
	struct walk walk = { 0 };
	struct fat_entry entry;
	char name[sizeof(entry.name)] = "";
	struct disk disk;

	disk_from_memory(&disk, data, size, "input");
	if (fat_open(&walk.volume, &disk, &walk.err) < 0) {
		if (!*walk.err.text)
			abort();
		return;
	}
	if (fat_lookup(walk.volume, "/", &entry, &walk.err) == 1) {
		fat_list(walk.volume, &entry, visit, &walk, &walk.err);
		/* What is listed is found. */
		if (fat_list(walk.volume, &entry, first_name, name, &walk.err) == 1 &&
		    fat_lookup(walk.volume, name, &entry, &walk.err) != 1)
			abort();
	}
	fat_lookup(walk.volume, "overlays/ferry-beeper.dtbo", &entry, &walk.err);
	fat_close(walk.volume);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static uint8_t padded[PADDED_SIZE];

	try_volume(data, size);
	if (size < sizeof(padded)) {
		memcpy(padded, data, size);
		try_volume(padded, sizeof(padded));
		memset(padded, 0, size);
	}
	return 0;
}
