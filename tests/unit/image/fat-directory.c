// SPDX-License-Identifier: GPL-2.0-only
/*
 * Directories that the FAT writer makes have unique short names, no clashes, and the specified
 * bytes.
 */
#include "fat-scratch.h"

#include <time.h>

#include "image/fat/fat-plan.h"

static struct fat_plan *plan_tree(struct scratch *s)
{
	struct fat_options options = { .mtime = SCRATCH_TIME };
	struct fat_plan *plan;

	if (fat_plan(&plan, s->tree, &options, &s->err) < 0)
		fail_msg("%s", s->err.text);
	return plan;
}

static void add_empty(struct scratch *s, const char *name)
{
	if (!tree_add(s->tree, name, S_IFREG | 0644, &s->err))
		fail_msg("%s", s->err.text);
}

static int by_short_name(const void *a, const void *b)
{
	return memcmp(((const struct fat_node *)a)->short_name,
		      ((const struct fat_node *)b)->short_name, FAT_SHORT_LEN);
}

/* Sorts the nodes of the plan below its root by short name and looks at neighbours. */
static void check_unique(struct fat_plan *plan)
{
	qsort(plan->node + 1, plan->nodes - 1, sizeof(*plan->node), by_short_name);
	for (uint32_t i = 2; i < plan->nodes; i++)
		assert_int_not_equal(by_short_name(&plan->node[i - 1], &plan->node[i]), 0);
}

static void tails_go_round_names_that_are_short_as_they_stand(void **state)
{
	static const struct {
		const char *name, *short_name;
	} want[] = {
		/* as the tree sorts them */
		{ "LONGNA~2.TXT", "LONGNA~2TXT" },  { "Longname1.txt", "LONGNA~1TXT" },
		{ "Longname2.txt", "LONGNA~3TXT" }, { "longname3.txt", "LONGNA~5TXT" },
		{ "longna~4.txt", "LONGNA~4TXT" },
	};
	const size_t count = sizeof(want) / sizeof(want[0]);
	struct scratch *s = scratch_new();
	struct fat_plan *plan;

	for (size_t i = 0; i < count; i++)
		add_empty(s, want[i].name);
	plan = plan_tree(s);
	for (size_t i = 0; i < count; i++) {
		assert_string_equal(plan->node[1 + i].tree->name, want[i].name);
		assert_memory_equal(plan->node[1 + i].short_name, want[i].short_name,
				    FAT_SHORT_LEN);
	}
	fat_plan_free(plan);
	scratch_free(s);
}

static void twenty_thousand_names_that_begin_alike_get_unique_short_names_in_time(void **state)
{
	struct scratch *s = scratch_new();
	struct fat_plan *plan;
	char name[64];
	clock_t start;

	for (int i = 0; i < 20000; i++) {
		snprintf(name, sizeof(name), "sensor reading %05d.csv", i);
		add_empty(s, name);
	}
	start = clock();
	plan = plan_tree(s);
	/* searching from ~1 each would take minutes */
	assert_true(clock() - start < 20 * CLOCKS_PER_SEC);
	assert_memory_equal(plan->node[20000].short_name, "SE~20000CSV", FAT_SHORT_LEN);
	check_unique(plan);
	fat_plan_free(plan);
	scratch_free(s);
}

static void a_directory_with_too_many_entries_is_refused(void **state)
{
	struct scratch *s = scratch_new();
	struct fat_options options = { 0 };
	struct tree_node *dir = scratch_directory(s, s->tree, "many");
	struct fat_plan *plan;
	char name[64];

	for (int i = 0; i < 21846; i++) { /* of 3 entries each */
		snprintf(name, sizeof(name), "sensor reading %05d.csv", i);
		assert_non_null(tree_add(dir, name, S_IFREG | 0644, &s->err));
	}
	assert_int_equal(fat_plan(&plan, s->tree, &options, &s->err), -1);
	assert_string_equal(s->err.text,
			    "/many: its names need more than the 65536 entries of a FAT directory: "
			    "spread the files over more directories");
	scratch_free(s);
}

static void names_that_differ_only_in_case_clash(void **state)
{
	struct scratch *s = scratch_new();
	struct fat_options options = { 0 };
	struct tree_node *dir = scratch_directory(s, s->tree, "overlays");
	struct fat_plan *plan;

	assert_non_null(tree_add(dir, "README", S_IFREG | 0644, &s->err));
	assert_non_null(tree_add(dir, "other", S_IFREG | 0644, &s->err));
	assert_non_null(tree_add(dir, "readme", S_IFDIR | 0755, &s->err));
	assert_int_equal(fat_plan(&plan, s->tree, &options, &s->err), -1);
	assert_non_null(strstr(s->err.text, "/overlays/"));
	assert_non_null(strstr(s->err.text, "beside it: rename one of them"));
	scratch_free(s);
}

static void entries_have_the_specified_bytes(void **state)
{
	struct scratch *s = scratch_new();
	struct tree_node *file = scratch_file(s, s->tree, "A long name.txt", "data", 4);
	uint8_t got[4 * FAT_DIR_ENTRY_SIZE];
	struct fat_plan *plan;
	static const uint8_t want[] = {
		/* the name's end, then its beginning, each with the checksum of ALONGN~1.TXT */
		0x42,
		'x',
		0,
		't',
		0,
		0,
		0,
		0xff,
		0xff,
		0xff,
		0xff,
		0x0f,
		0,
		0x42,
		0xff,
		0xff,
		0xff,
		0xff,
		0xff,
		0xff,
		0xff,
		0xff,
		0xff,
		0xff,
		0xff,
		0xff,
		0,
		0,
		0xff,
		0xff,
		0xff,
		0xff,
		0x01,
		'A',
		0,
		' ',
		0,
		'l',
		0,
		'o',
		0,
		'n',
		0,
		0x0f,
		0,
		0x42,
		'g',
		0,
		' ',
		0,
		'n',
		0,
		'a',
		0,
		'm',
		0,
		'e',
		0,
		0,
		0,
		'.',
		0,
		't',
		0,
		/* 2024-02-29 23:59:59 UTC: the odd second is in the tenths of the creation time */
		'A',
		'L',
		'O',
		'N',
		'G',
		'N',
		'~',
		'1',
		'T',
		'X',
		'T',
		0x20,
		0,
		100,
		0x7d,
		0xbf,
		0x5d,
		0x58,
		0x5d,
		0x58,
		0,
		0,
		0x7d,
		0xbf,
		0x5d,
		0x58,
		2,
		0,
		4,
		0,
		0,
		0,
	};

	file->mtime = 1709251199;
	plan = plan_tree(s);
	assert_int_equal(plan->node[0].slots, 3);
	fat_encode_directory(plan, &plan->node[0], got);
	assert_memory_equal(got, want, sizeof(want));
	fat_plan_free(plan);
	scratch_free(s);
}

static void times_are_clamped_to_those_that_fat_has(void **state)
{
	static const struct {
		int64_t mtime;
		uint16_t date, time;
	} want[] = {
		{ INT64_MIN, 0x0021, 0 }, /* 1980-01-01 00:00:00 */
		{ 315532800, 0x0021, 0 },	{ 315532802, 0x0021, 1 },
		{ 4354819198, 0xff9f, 0xbf7d }, /* 2107-12-31 23:59:58 */
		{ INT64_MAX, 0xff9f, 0xbf7d },
	};
	struct scratch *s = scratch_new();
	struct tree_node *file = scratch_file(s, s->tree, "F", "", 0);
	uint8_t got[FAT_DIR_ENTRY_SIZE];

	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		struct fat_plan *plan;

		file->mtime = want[i].mtime;
		plan = plan_tree(s);
		fat_encode_directory(plan, &plan->node[0], got);
		assert_int_equal(fat_get16(got + FAT_DIR_WRITE_DATE), want[i].date);
		assert_int_equal(fat_get16(got + FAT_DIR_WRITE_TIME), want[i].time);
		fat_plan_free(plan);
	}
	scratch_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tails_go_round_names_that_are_short_as_they_stand),
		cmocka_unit_test(
			twenty_thousand_names_that_begin_alike_get_unique_short_names_in_time),
		cmocka_unit_test(a_directory_with_too_many_entries_is_refused),
		cmocka_unit_test(names_that_differ_only_in_case_clash),
		cmocka_unit_test(entries_have_the_specified_bytes),
		cmocka_unit_test(times_are_clamped_to_those_that_fat_has),
	};

	return cmocka_run_group_tests_name("fat-directory", tests, NULL, NULL);
}
