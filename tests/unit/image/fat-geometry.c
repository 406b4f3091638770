// SPDX-License-Identifier: GPL-2.0-only
/*
 * FAT type and cluster size are mkfs.fat's, right up to the boundaries between types, and what
 * cannot be is refused with the reason.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "image/fat/fat-geometry.h"

#define KIB 1024ull
#define MIB (1024 * KIB)
#define GIB (1024 * MIB)

static const struct fat_contents nothing = { 0 };

/*
 * With clusters of one sector and 512 root entries: 33 sectors beside the tables and clusters, of
 * FAT32 32.
 */
static void types_change_at_the_specified_cluster_counts(void **state)
{
	static const struct {
		uint32_t sectors;
		int bits;
		uint32_t clusters, used_sectors;
	} want[] = {
		{ 33 + 2 * 12 + 4083, 12, 4083, 33 + 2 * 12 + 4083 },
		{ 33 + 2 * 12 + 4084, 12, 4084, 33 + 2 * 12 + 4084 },
		/* too few for FAT16's larger tables */
		{ 33 + 2 * 12 + 4085, 12, 4084, 33 + 2 * 12 + 4084 },
		{ 33 + 2 * 16 + 4084, 12, 4084, 33 + 2 * 13 + 4084 },
		{ 33 + 2 * 16 + 4085, 16, 4085, 33 + 2 * 16 + 4085 },
		{ 33 + 2 * 256 + 65523, 16, 65523, 33 + 2 * 256 + 65523 },
		{ 33 + 2 * 256 + 65524, 16, 65524, 33 + 2 * 256 + 65524 },
		{ 33 + 2 * 256 + 65525, 16, 65524, 33 + 2 * 256 + 65524 },
		{ 32 + 2 * 512 + 65524, 16, 65524, 33 + 2 * 258 + 65524 },
		{ 32 + 2 * 512 + 65525, 32, 65525, 32 + 2 * 512 + 65525 },
		{ 32 + 2 * 512 + 65526, 32, 65526, 32 + 2 * 512 + 65526 },
	};

	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		struct fat_options options = { .size = want[i].sectors * 512ull,
					       .sectors_per_cluster = 1 };
		struct fat_geometry g;

		assert_int_equal(fat_geometry_choose(&g, &nothing, &options, NULL), 0);
		assert_int_equal(g.bits, want[i].bits);
		assert_int_equal(g.clusters, want[i].clusters);
		assert_int_equal(g.total_sectors, want[i].used_sectors);
	}
}

static void cluster_sizes_are_those_of_mkfs_fat(void **state)
{
	static const struct {
		uint64_t size;
		int asked_bits, bits;
		uint32_t cluster;
	} want[] = {
		{ 4 * MIB, 0, 12, 2048 },   { 16 * MIB, 0, 16, 2048 },
		{ 64 * MIB, 0, 16, 2048 },  { 200 * MIB, 0, 16, 4096 },
		{ 256 * MIB, 0, 16, 4096 }, { 500 * MIB, 0, 16, 8192 },
		{ 512 * MIB, 0, 32, 4096 }, { 4 * GIB, 0, 32, 4096 },
		{ 8 * GIB, 0, 32, 4096 },   { 16 * GIB, 0, 32, 8192 },
		{ 64 * GIB, 0, 32, 32768 }, { 64 * MIB, 32, 32, 512 },
		{ 260 * MIB, 32, 32, 512 }, { 300 * MIB, 32, 32, 4096 },
		{ 2 * GIB, 16, 16, 65536 }, { 64 * MIB, 12, 12, 32768 },
	};

	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		struct fat_options options = { .size = want[i].size, .bits = want[i].asked_bits };
		struct fat_geometry g;

		assert_int_equal(fat_geometry_choose(&g, &nothing, &options, NULL), 0);
		assert_int_equal(g.bits, want[i].bits);
		assert_int_equal(fat_cluster_size(&g), want[i].cluster);
		assert_int_equal(fat_data_sector(&g) % g.cluster_sectors, 0);
	}
}

static void a_full_root_directory_asks_for_fat32_or_more_entries(void **state)
{
	static const struct {
		uint64_t size, slots;
		int bits;
		uint32_t root_entries, asked_entries;
	} want[] = {
		{ 64 * MIB, 512, 16, 512, 0 },	 { 64 * MIB, 513, 32, 0, 0 },
		{ 16 * MIB, 512, 16, 512, 0 },	 { 16 * MIB, 513, 16, 1024, 0 },
		{ 0, 513, 12, 1024, 0 },	 { 0, 65025, 32, 0, 0 },
		{ 16 * MIB, 9000, 16, 9216, 0 }, { 512 * MIB, 10, 32, 0, 0 },
		{ 64 * MIB, 90, 16, 112, 100 },	 { 64 * MIB, 2000, 16, 2048, 2048 },
	};

	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		struct fat_contents contents = { .root_slots = want[i].slots };
		struct fat_options options = { .size = want[i].size,
					       .root_entries = want[i].asked_entries };
		struct fat_geometry g;

		assert_int_equal(fat_geometry_choose(&g, &contents, &options, NULL), 0);
		assert_int_equal(g.bits, want[i].bits);
		assert_int_equal(g.root_entries, want[i].root_entries);
	}
}

static void the_smallest_volume_holds_the_contents_exactly(void **state)
{
	static const struct {
		uint64_t file;
		int bits;
	} want[] = {
		{ 1, 12 },
		{ 2048 * 4084, 12 },
		{ 2048 * 4084 + 1, 16 },
		{ 2048 * 65524, 16 },
		{ 2048 * 65524 + 1, 16 },
		{ 400 * MIB, 16 },
		{ 600 * MIB, 32 },
		{ 4 * GIB - 1, 32 },
	};

	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		struct fat_contents contents = { .bytes = &want[i].file, .count = 1 };
		struct fat_options options = { 0 };
		struct fat_geometry g, again;
		uint64_t needed;

		assert_int_equal(fat_geometry_choose(&g, &contents, &options, NULL), 0);
		assert_int_equal(g.bits, want[i].bits);
		needed = (want[i].file + fat_cluster_size(&g) - 1) / fat_cluster_size(&g) +
			 (g.bits == 32);
		assert_int_equal(g.clusters, needed);
		/* The same size when it is asked for holds it too; a sector less does not. */
		options.size = (uint64_t)g.total_sectors * 512;
		assert_int_equal(fat_geometry_choose(&again, &contents, &options, NULL), 0);
		options.size -= 512;
		options.bits = g.bits;
		options.sectors_per_cluster = g.cluster_sectors;
		assert_int_equal(fat_geometry_choose(&again, &contents, &options, NULL), -1);
	}
}

static uint64_t needed_size(const struct error *err)
{
	const char *needs = strstr(err->text, "needs ");
	uint64_t size;

	if (!needs || sscanf(needs, "needs %" SCNu64 ": raise the size", &size) != 1)
		fail_msg("no size in: %s", err->text);
	return size;
}

static void the_size_that_an_error_names_is_enough(void **state)
{
	for (uint64_t file = 1; file < 3 * GIB; file = file * 5 / 4 + 700) {
		for (uint64_t size = 20 * KIB; size < 4 * GIB; size = size * 3 / 2 / 512 * 512) {
			struct fat_contents contents = { .root_slots = file % 1000,
							 .bytes = &file,
							 .count = 1 };
			struct fat_options options = { .size = size };
			struct fat_geometry g;
			struct error err;

			if (fat_geometry_choose(&g, &contents, &options, &err) == 0)
				continue;
			options.size = needed_size(&err);
			assert_true(options.size > size);
			if (fat_geometry_choose(&g, &contents, &options, &err) < 0)
				fail_msg("file %" PRIu64 ", size %" PRIu64 ": %s", file, size,
					 err.text);
		}
	}
}

static void tables_always_cover_all_clusters(void **state)
{
	for (uint64_t sectors = 100; sectors < 5000000; sectors = sectors * 101 / 100 + 1) {
		for (uint32_t cluster = 0; cluster <= 128; cluster = cluster ? cluster * 2 : 1) {
			struct fat_options options = { .size = sectors * 512,
						       .sectors_per_cluster = cluster };
			struct fat_geometry g;

			if (fat_geometry_choose(&g, &nothing, &options, NULL) < 0)
				continue;
			assert_true((uint64_t)g.fat_sectors * 512 * 8 >=
				    (g.clusters + 2ull) * (uint32_t)g.bits);
			assert_true(fat_data_sector(&g) +
					    (uint64_t)g.clusters * g.cluster_sectors <=
				    sectors);
			assert_true(g.clusters <= (g.bits == 12 ? 4084u :
						   g.bits == 16 ? 65524u :
								  0x0ffffff4u));
			assert_true(g.clusters >= (g.bits == 12 ? 1u :
						   g.bits == 16 ? 4085u :
								  65525u));
		}
	}
}

static void impossible_options_are_refused_with_the_reason(void **state)
{
	static const struct {
		struct fat_options options;
		uint64_t file, slots;
		const char *text;
	} want[] = {
		{ { .bits = 20 }, 0, 0, "there is no FAT20: use 12, 16 or 32" },
		{ { .sector_size = 100 },
		  0,
		  0,
		  "a sector of 100 bytes is not possible: use 512, 1024, 2048 or 4096" },
		{ { .sectors_per_cluster = 3 },
		  0,
		  0,
		  "3 sectors per cluster are not possible: use a power of two, up to 128" },
		{ { .sectors_per_cluster = 32, .sector_size = 4096 },
		  0,
		  0,
		  "32 sectors per cluster are not possible: use a power of two, up to 16" },
		{ { .root_entries = 65521 },
		  0,
		  0,
		  "65521 root directory entries are not possible: use up to 65520" },
		{ { .size = 100000 },
		  0,
		  0,
		  "a size of 100000 bytes is not a multiple of the sector size 512" },
		{ { .size = 4 * 1024 * GIB },
		  0,
		  0,
		  "FAT has at most 4294967295 sectors of 512 bytes: choose a smaller size" },
		{ { .root_entries = 112 },
		  0,
		  113,
		  "the root directory needs 113 entries but has 112: raise or drop root-entries" },
		{ { .bits = 12, .size = MIB },
		  2 * MIB,
		  0,
		  "the size is 1048576 bytes but FAT12 with these files needs 2119680: raise the "
		  "size" },
		{ { .bits = 16, .size = 2 * MIB },
		  0,
		  0,
		  "the size is 2097152 bytes but FAT16 with these files needs 8400896: raise the "
		  "size" },
		{ { .bits = 12, .sectors_per_cluster = 1, .size = 64 * MIB },
		  0,
		  0,
		  "FAT12 does not go with a size of 67108864 bytes and these sectors per cluster: "
		  "leave the type open" },
		{ { .bits = 12 }, GIB, 0, "the files need more clusters than FAT12 can have" },
		{ { .bits = 16, .size = 64 * MIB },
		  0,
		  65026,
		  "the root directory needs 65026 entries, more than FAT16 has: use FAT32" },
	};

	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		struct fat_contents contents = { .root_slots = want[i].slots,
						 .bytes = &want[i].file,
						 .count = 1 };
		struct fat_geometry g;
		struct error err = { "" };

		assert_int_equal(fat_geometry_choose(&g, &contents, &want[i].options, &err), -1);
		assert_string_equal(err.text, want[i].text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(types_change_at_the_specified_cluster_counts),
		cmocka_unit_test(cluster_sizes_are_those_of_mkfs_fat),
		cmocka_unit_test(a_full_root_directory_asks_for_fat32_or_more_entries),
		cmocka_unit_test(the_smallest_volume_holds_the_contents_exactly),
		cmocka_unit_test(the_size_that_an_error_names_is_enough),
		cmocka_unit_test(tables_always_cover_all_clusters),
		cmocka_unit_test(impossible_options_are_refused_with_the_reason),
	};

	return cmocka_run_group_tests_name("fat-geometry", tests, NULL, NULL);
}
