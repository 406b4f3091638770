/* SPDX-License-Identifier: GPL-2.0-only */
/* For the FAT tests: what was written is what fsck.fat, mtools and the reader find. */
#ifndef TESTS_UNIT_IMAGE_FAT_CHECK_H
#define TESTS_UNIT_IMAGE_FAT_CHECK_H

#include "fat-scratch.h"

static inline void compare_contents(const struct tree_node *node, const uint8_t *data, size_t len)
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

static inline int compare_entry(const struct fat_entry *entry, void *arg);

static inline void compare_directory(struct scratch *s, const struct tree_node *dir,
				     const struct fat_entry *entry)
{
	struct compare compare = { .s = s, .dir = dir };

	if (fat_list(s->volume, entry, compare_entry, &compare, &s->err) != 0)
		fail_msg("%s", s->err.text);
	assert_int_equal(compare.seen, dir->children);
}

/* The writer keeps the tree's order, so the entries must be the children one by one. */
static inline int compare_entry(const struct fat_entry *entry, void *arg)
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
static inline void check_image(struct scratch *s)
{
	struct fat_entry root;

	scratch_open(s);
	assert_int_equal(fat_lookup(s->volume, "/", &root, &s->err), 1);
	compare_directory(s, s->tree, &root);
	if (scratch_run(s, "/sbin/fsck.fat -n image") != 0)
		fail_msg("fsck.fat finds fault with %s: see %s/log", s->image, s->dir);
}

/* Compares what mcopy took out of the image: names by the host's file system, contents by bytes. */
static inline void check_extracted(const struct tree_node *dir, const char *path)
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

static inline void check_mtools(struct scratch *s)
{
	char out[80];

	assert_int_equal(
		scratch_run(s, "mkdir out && LC_ALL=C.UTF-8 TZ=UTC mcopy -s -i image :: out"), 0);
	snprintf(out, sizeof(out), "%s/out", s->dir);
	check_extracted(s->tree, out);
}

#endif
