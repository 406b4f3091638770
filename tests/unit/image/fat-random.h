/* SPDX-License-Identifier: GPL-2.0-only */
/* For the FAT tests: trees of names, directories and files that are the same in every run. */
#ifndef TESTS_UNIT_IMAGE_FAT_RANDOM_H
#define TESTS_UNIT_IMAGE_FAT_RANDOM_H

#include "fat-scratch.h"
#include "image/fat/fat-name.h"

/* A generator of numbers that are the same in every run. */
struct dice {
	uint64_t state;
};

static inline uint32_t roll(struct dice *dice, uint32_t sides)
{
	dice->state ^= dice->state << 13;
	dice->state ^= dice->state >> 7;
	dice->state ^= dice->state << 17;
	return (uint32_t)((dice->state >> 16) % sides);
}

/*
 * Names of every sort: 8.3 in all cases, long, with signs that short names cannot have, and beyond
 * ASCII.
 */
static inline void random_name(struct dice *dice, bool astral, char *name, size_t size)
{
	static const char *const part[] = {
		"a",  "Kernel", "BOOT", "x y",	"bcm2708-rpi-zero-w", "+", "[1]", "é", "Ж", "日本",
		"..", "~1",	"_",	"name", "LONGNA~1",	      "0", "1",	  "2", "3", "4",
	};
	static const char *const ext[] = { "",	    ".txt", ".TXT", ".Txt",
					   ".dtbo", ".x",   ".é",   ".tar.gz" };
	uint32_t parts = roll(dice, 8) ? 1 + roll(dice, 4) : 1 + roll(dice, 14);
	size_t len = 0;

	for (uint32_t i = 0; i < parts; i++)
		len += (size_t)snprintf(name + len, size - len, "%s",
					part[roll(dice, sizeof(part) / sizeof(*part))]);
	if (astral && !roll(dice, 4))
		len += (size_t)snprintf(name + len, size - len, "😀");
	snprintf(name + len, size - len, "%s", ext[roll(dice, sizeof(ext) / sizeof(*ext))]);
}

static inline bool usable(const struct tree_node *dir, const char *name)
{
	uint16_t units[FAT_NAME_UNITS_MAX];

	if (fat_name_to_utf16(name, units, NULL) < 0 || !strcmp(name, ".") || !strcmp(name, ".."))
		return false;
	for (size_t i = 0; i < dir->children; i++) {
		if (!fat_name_compare(dir->child[i]->name, name))
			return false;
	}
	return true;
}

static inline void random_file(struct scratch *s, struct dice *dice, struct tree_node *dir,
			       const char *name)
{
	static const uint32_t most[] = { 2, 600, 5000, 40000, 400000 };
	size_t len = roll(dice, most[roll(dice, 5)]);
	uint8_t *data = test_malloc(len + 1);
	struct tree_node *node;

	for (size_t i = 0; i < len; i++)
		/* zeros in between become holes */
		data[i] = i / 8192 % 3 ? (uint8_t)roll(dice, 256) : 0;
	node = scratch_file(s, dir, name, data, len);
	node->mtime = 315532800 + (int64_t)roll(dice, 2000000000);
	test_free(data);
}

static inline void random_tree(struct scratch *s, struct dice *dice, bool astral, uint32_t nodes)
{
	struct tree_node *dir[40] = { s->tree };
	uint32_t dirs = 1;
	char name[256];

	while (nodes--) {
		struct tree_node *parent = dir[roll(dice, dirs)];

		random_name(dice, astral, name, sizeof(name));
		if (!usable(parent, name))
			continue;
		if (dirs < 40 && !roll(dice, 5))
			dir[dirs++] = scratch_directory(s, parent, name);
		else
			random_file(s, dice, parent, name);
	}
}

#endif
