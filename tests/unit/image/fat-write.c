// SPDX-License-Identifier: GPL-2.0-only
/* The FAT writer against fsck.fat, mtools and the reader: fixed trees, random trees, and faults. */
#include "fat-scratch.h"

#include <inttypes.h>

#include "image/fat-name.h"

#define MIB (1024ull * 1024)

/* A generator of numbers that are the same in every run. */
struct dice {
	uint64_t state;
};

static uint32_t roll(struct dice *dice, uint32_t sides)
{
	dice->state ^= dice->state << 13;
	dice->state ^= dice->state >> 7;
	dice->state ^= dice->state << 17;
	return (uint32_t)((dice->state >> 16) % sides);
}

/* Names of every sort: 8.3 in all cases, long, with signs that short names cannot have, and beyond ASCII. */
static void random_name(struct dice *dice, bool astral, char *name, size_t size)
{
	static const char *const part[] = {
		"a", "Kernel", "BOOT", "x y", "bcm2708-rpi-zero-w", "+", "[1]", "é", "Ж", "日本", "..", "~1", "_", "name",
		"LONGNA~1", "0", "1", "2", "3", "4",
	};
	static const char *const ext[] = { "", ".txt", ".TXT", ".Txt", ".dtbo", ".x", ".é", ".tar.gz" };
	uint32_t parts = roll(dice, 8) ? 1 + roll(dice, 4) : 1 + roll(dice, 14);
	size_t len = 0;

	for (uint32_t i = 0; i < parts; i++)
		len += (size_t)snprintf(name + len, size - len, "%s", part[roll(dice, sizeof(part) / sizeof(*part))]);
	if (astral && !roll(dice, 4))
		len += (size_t)snprintf(name + len, size - len, "😀");
	snprintf(name + len, size - len, "%s", ext[roll(dice, sizeof(ext) / sizeof(*ext))]);
}

static bool usable(const struct tree_node *dir, const char *name)
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

static void random_file(struct scratch *s, struct dice *dice, struct tree_node *dir, const char *name)
{
	static const uint32_t most[] = { 2, 600, 5000, 40000, 400000 };
	size_t len = roll(dice, most[roll(dice, 5)]);
	uint8_t *data = test_malloc(len + 1);
	struct tree_node *node;

	for (size_t i = 0; i < len; i++)
		data[i] = i / 8192 % 3 ? (uint8_t)roll(dice, 256) : 0; /* zeros in between become holes */
	node = scratch_file(s, dir, name, data, len);
	node->mtime = 315532800 + (int64_t)roll(dice, 2000000000);
	test_free(data);
}

static void random_tree(struct scratch *s, struct dice *dice, bool astral, uint32_t nodes)
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

static void compare_contents(const struct tree_node *node, const uint8_t *data, size_t len)
{
	FILE *file = fopen(node->source, "rb");
	uint8_t *want = test_malloc(len + 1);

	assert_non_null(file);
	assert_int_equal(len, node->size);
	assert_int_equal(fread(want, 1, len, file), len);
	assert_memory_equal(want, data, len);
	fclose(file);
	test_free(want);
}

struct compare {
	struct scratch *s;
	const struct tree_node *dir;
	size_t seen;
};

static int compare_entry(const struct fat_entry *entry, void *arg);

static void compare_directory(struct scratch *s, const struct tree_node *dir, const struct fat_entry *entry)
{
	struct compare compare = { .s = s, .dir = dir };

	if (fat_list(s->volume, entry, compare_entry, &compare, &s->err) != 0)
		fail_msg("%s", s->err.text);
	assert_int_equal(compare.seen, dir->children);
}

/* The writer keeps the tree's order, so the entries must be the children one by one. */
static int compare_entry(const struct fat_entry *entry, void *arg)
{
	struct compare *compare = arg;
	const struct tree_node *node = compare->dir->child[compare->seen++];
	uint8_t *data;
	size_t len;

	assert_string_equal(entry->name, node->name);
	assert_int_equal(entry->directory, S_ISDIR(node->mode));
	assert_int_equal(entry->mtime, node->mtime / 2 * 2);
	if (entry->directory) {
		compare_directory(compare->s, node, entry);
		return 0;
	}
	if (fat_read(compare->s->volume, entry, UINT32_MAX, &data, &len, &compare->s->err) < 0)
		fail_msg("%s: %s", node->name, compare->s->err.text);
	compare_contents(node, data, len);
	free(data);
	return 0;
}

/* Reads back what was written with the reader and asks fsck.fat. */
static void check_image(struct scratch *s)
{
	struct fat_entry root;

	scratch_open(s);
	assert_int_equal(fat_lookup(s->volume, "/", &root, &s->err), 1);
	compare_directory(s, s->tree, &root);
	if (scratch_run(s, "/sbin/fsck.fat -n image") != 0)
		fail_msg("fsck.fat finds fault with %s: see %s/log", s->image, s->dir);
}

/* Compares what mcopy took out of the image: names by the host's file system, contents by bytes. */
static void check_extracted(const struct tree_node *dir, const char *path)
{
	for (size_t i = 0; i < dir->children; i++) {
		const struct tree_node *node = dir->child[i];
		char *child, *data;
		struct stat st;
		FILE *file;

		assert_true(asprintf(&child, "%s/%s", path, node->name) > 0);
		if (stat(child, &st) < 0)
			fail_msg("mcopy did not extract %s", child);
		if (S_ISDIR(node->mode)) {
			check_extracted(node, child);
			free(child);
			continue;
		}
		assert_int_equal(st.st_size, node->size);
		data = test_malloc(node->size + 1);
		file = fopen(child, "rb");
		assert_non_null(file);
		assert_int_equal(fread(data, 1, node->size, file), node->size);
		fclose(file);
		compare_contents(node, (const uint8_t *)data, node->size);
		test_free(data);
		free(child);
	}
}

static void check_mtools(struct scratch *s)
{
	char out[80];

	assert_int_equal(scratch_run(s, "mkdir out && LC_ALL=C.UTF-8 TZ=UTC mcopy -s -i image :: out"), 0);
	snprintf(out, sizeof(out), "%s/out", s->dir);
	check_extracted(s->tree, out);
}

static void random_trees_survive_fsck_mtools_and_reader(void **state)
{
	static const struct fat_options options[] = {
		{ .label = "BOOT", .mtime = SCRATCH_TIME },
		{ .bits = 12, .size = 16 * MIB, .root_entries = 2048 },
		{ .bits = 16, .size = 40 * MIB, .label = "bootfs", .hidden_sectors = 8192 },
		{ .bits = 32, .size = 40 * MIB },
		{ .size = 600 * MIB, .label = "BIG" },
		{ .sectors_per_cluster = 1 },
		{ .sector_size = 4096, .size = 64 * MIB },
		{ .bits = 32 },
	};
	const size_t count = sizeof(options) / sizeof(options[0]);

	for (uint32_t seed = 1; seed <= 3 * count; seed++) {
		struct dice dice = { .state = seed * 0x9e3779b97f4a7c15 };
		struct scratch *s = scratch_new();
		bool astral = seed % 2; /* which mtools cannot name */

		random_tree(s, &dice, astral, 10 + roll(&dice, 200));
		if (scratch_write(s, &options[seed % count]) < 0)
			fail_msg("seed %u: %s", seed, s->err.text);
		check_image(s);
		if (!astral)
			check_mtools(s);
		scratch_free(s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_trees_survive_fsck_mtools_and_reader),
	};

	return cmocka_run_group_tests_name("fat-write", tests, NULL, NULL);
}
