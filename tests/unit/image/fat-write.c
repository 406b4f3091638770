// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fixed and random trees that the FAT writer wrote survive fsck.fat, mtools and the reader; faults
 * are errors.
 */
#include "fat-check.h"
#include "fat-random.h"

#include <inttypes.h>
#include <sys/resource.h>

#include "image/fat/fat-plan.h"

#define MIB (1024ull * 1024)

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

static uint8_t *read_image(struct scratch *s, size_t size)
{
	uint8_t *bytes = test_malloc(size);
	FILE *file = fopen(s->image, "rb");

	assert_non_null(file);
	assert_int_equal(fread(bytes, 1, size, file), size);
	fclose(file);
	return bytes;
}

static void the_same_tree_gives_the_same_bytes(void **state)
{
	struct fat_options options = { .size = 40 * MIB, .label = "SAME", .mtime = SCRATCH_TIME };
	uint8_t *image[2];

	for (int i = 0; i < 2; i++) {
		struct dice dice = { .state = 42 };
		struct scratch *s = scratch_new(); /* another directory each time */

		random_tree(s, &dice, true, 100);
		if (scratch_write(s, &options) < 0)
			fail_msg("%s", s->err.text);
		image[i] = read_image(s, options.size);
		scratch_free(s);
	}
	assert_memory_equal(image[0], image[1], options.size);
	test_free(image[0]);
	test_free(image[1]);
}

static void the_serial_number_follows_the_contents(void **state)
{
	struct fat_options options = { 0 };
	struct scratch *s = scratch_new();
	struct tree_node *file = scratch_file(s, s->tree, "file", "abc", 3);
	struct fat_plan *plan;
	uint32_t serial[3];

	for (int i = 0; i < 3; i++) {
		file->mtime += i == 1;
		options.serial = i == 2 ? 0x1234abcd : 0;
		assert_int_equal(fat_plan(&plan, s->tree, &options, &s->err), 0);
		serial[i] = fat_plan_serial(plan);
		fat_plan_free(plan);
	}
	assert_int_not_equal(serial[0], serial[1]);
	assert_int_equal(serial[2], 0x1234abcd);
	scratch_free(s);
}

/* The cluster counts at which the type changes, as fsck.fat sees them. */
static void boundary_volumes_have_the_type_that_fsck_sees(void **state)
{
	static const struct {
		uint32_t sectors, clusters;
		int bits;
	} want[] = {
		{ 33 + 2 * 12 + 4084, 4084, 12 },
		{ 33 + 2 * 16 + 4085, 4085, 16 },
		{ 33 + 2 * 256 + 65524, 65524, 16 },
		{ 32 + 2 * 512 + 65525, 65525, 32 },
	};

	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		struct fat_options options = { .size = want[i].sectors * 512ull,
					       .sectors_per_cluster = 1 };
		struct scratch *s = scratch_new();
		char command[200];

		scratch_file(s, s->tree, "file", "abc", 3);
		assert_int_equal(scratch_write(s, &options), 0);
		snprintf(command, sizeof(command),
			 "/sbin/fsck.fat -nv image && /sbin/fsck.fat -nv image | "
			 "grep ' %d bit entries' && /sbin/fsck.fat -n image | grep '/%u clusters'",
			 want[i].bits, want[i].clusters);
		assert_int_equal(scratch_run(s, command), 0);
		check_image(s);
		assert_int_equal(fat_bits(s->volume), want[i].bits);
		scratch_free(s);
	}
}

static void three_hundred_long_names_fit_into_the_root(void **state)
{
	static const uint64_t sizes[] = { 0, 16 * MIB, 64 * MIB, 600 * MIB };

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct fat_options options = { .size = sizes[i] };
		struct scratch *s = scratch_new();
		char name[80];

		for (int n = 0; n < 300; n++) {
			snprintf(name, sizeof(name), "a name that is rather long, number %d.dtbo",
				 n);
			scratch_file(s, s->tree, name, "x", 1);
		}
		if (scratch_write(s, &options) < 0)
			fail_msg("%s", s->err.text);
		check_image(s);
		check_mtools(s);
		scratch_free(s);
	}
}

static void empty_volumes_are_valid(void **state)
{
	static const int bits[] = { 12, 16, 32 };

	for (size_t i = 0; i < 3; i++) {
		struct fat_options options = { .bits = bits[i] };
		struct scratch *s = scratch_new();

		assert_int_equal(scratch_write(s, &options), 0);
		check_image(s);
		assert_string_equal(fat_label(s->volume), "");
		scratch_free(s);
	}
}

static void fat32_has_a_backup_and_counts_its_free_clusters(void **state)
{
	struct fat_options options = {
		.bits = 32, .size = 40 * MIB, .hidden_sectors = 0x12345, .serial = 0xcafe
	};
	struct scratch *s = scratch_new();
	uint8_t *b;

	scratch_file(s, s->tree, "file", "abc", 3);
	assert_int_equal(scratch_write(s, &options), 0);
	b = read_image(s, 16 * 512);
	assert_memory_equal(b, b + 6 * 512, 512);
	assert_memory_equal(b + 512, b + 7 * 512, 512);
	assert_int_equal(fat_get32(b + FAT_BOOT_HIDDEN), 0x12345);
	assert_int_equal(fat_get32(b + FAT_BOOT_EXTENDED32 + FAT_EXTENDED_SERIAL), 0xcafe);
	assert_int_equal(b[FAT_BOOT_MEDIA], 0xf8);
	assert_memory_equal(b + FAT_BOOT_EXTENDED32 + FAT_EXTENDED_TYPE, "FAT32   ", 8);
	/* The clusters of 40 MiB in sectors of 512 bytes, less the root directory and the file. */
	assert_int_equal(fat_get32(b + 512 + 488),
			 (40 * MIB / 512 - 32 - 2 * fat_get32(b + FAT_BOOT_FAT_SECTORS32)) - 2);
	assert_int_equal(fat_get32(b + 512 + 492), 4);
	test_free(b);
	scratch_free(s);
}

static void hard_links_become_copies(void **state)
{
	struct fat_options options = { 0 };
	struct scratch *s = scratch_new();
	struct tree_node *first = scratch_file(s, s->tree, "first", "contents", 8);
	struct tree_node *second = tree_add(s->tree, "second", S_IFREG | 0644, &s->err);
	struct fat_entry entry;
	uint8_t *data;
	size_t len;

	second->hardlink = first;
	assert_int_equal(scratch_write(s, &options), 0);
	scratch_open(s);
	assert_int_equal(fat_lookup(s->volume, "second", &entry, &s->err), 1);
	assert_int_equal(fat_read(s->volume, &entry, 100, &data, &len, &s->err), 0);
	assert_string_equal((char *)data, "contents");
	free(data);
	assert_int_equal(scratch_run(s, "/sbin/fsck.fat -n image"), 0);
	scratch_free(s);
}

static void what_fat_cannot_hold_is_refused(void **state)
{
	static const struct {
		mode_t mode;
		uint64_t size;
		const char *name, *label, *text;
	} want[] = {
		{ S_IFLNK | 0777, 0, "link", NULL,
		  "/link: FAT has no symbolic links: put a copy of the file there" },
		{ S_IFCHR | 0600, 0, "tty", NULL,
		  "/tty: FAT has only files and directories: leave it out" },
		{ S_IFREG | 0644, 1ull << 32, "big", NULL,
		  "/big: FAT files are smaller than 4 GiB: leave it out or split it" },
		{ S_IFREG | 0644, 0, "a:b", NULL, "/a:b: FAT names cannot have the character :" },
		{ S_IFREG | 0644, 0, "ok", "TWELVE CHARS",
		  "the label 'TWELVE CHARS' is longer than 11 characters" },
		{ S_IFREG | 0644, 0, "ok", "A*B",
		  "the label 'A*B' has a character that FAT labels cannot have: "
		  "use letters, digits, space, - and _" },
		{ S_IFREG | 0644, 0, "ok", " AB", "the label ' AB' begins with a space" },
	};

	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		struct fat_options options = { .label = want[i].label };
		struct scratch *s = scratch_new();
		struct tree_node *node = tree_add(s->tree, want[i].name, want[i].mode, &s->err);
		struct fat_plan *plan;

		node->size = want[i].size;
		node->source = strdup("/dev/null");
		assert_int_equal(fat_plan(&plan, s->tree, &options, &s->err), -1);
		assert_string_equal(s->err.text, want[i].text);
		scratch_free(s);
	}
}

static void files_that_change_after_the_plan_are_an_error(void **state)
{
	static const struct {
		const char *change, *text;
	} want[] = {
		{ "echo more >>source0",
		  "had 3 bytes when the image was planned and has another size now" },
		{ ": >source0", "had 3 bytes when the image was planned and has another size now" },
		{ "rm source0", "cannot open: No such file or directory" },
		{ "rm source0; mkfifo source0", "is no longer a regular file" },
	};

	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		struct fat_options options = { 0 };
		struct scratch *s = scratch_new();
		struct fat_plan *plan;
		FILE *out = tmpfile();

		scratch_file(s, s->tree, "file", "abc", 3);
		assert_int_equal(fat_plan(&plan, s->tree, &options, &s->err), 0);
		assert_int_equal(scratch_run(s, want[i].change), 0);
		assert_int_equal(fat_write(plan, fileno(out), 0, NULL, &s->err), -1);
		if (!strstr(s->err.text, want[i].text) || !strstr(s->err.text, "source0"))
			fail_msg("%s", s->err.text);
		fat_plan_free(plan);
		fclose(out);
		scratch_free(s);
	}
}

/* At an offset, nothing before it is touched, and all of it reads back. */
static void a_volume_goes_where_it_shall(void **state)
{
	struct fat_options options = { .hidden_sectors = 3 };
	struct scratch *s = scratch_new();
	struct disk slice, whole;
	struct fat_entry entry;
	struct fat_plan *plan;
	uint8_t before[1536];
	int fd;

	scratch_file(s, s->tree, "file", "abc", 3);
	assert_int_equal(fat_plan(&plan, s->tree, &options, &s->err), 0);
	fd = open(s->image, O_RDWR | O_CREAT, 0600);
	memset(before, 0xaa, sizeof(before));
	assert_int_equal(pwrite(fd, before, sizeof(before), 0), sizeof(before));
	assert_int_equal(fat_write(plan, fd, sizeof(before), NULL, &s->err), 0);
	close(fd);
	assert_int_equal(disk_open(&whole, s->image, &s->err), 0);
	assert_int_equal(whole.size, sizeof(before) + fat_plan_size(plan));
	assert_int_equal(disk_read(&whole, 0, before, sizeof(before), &s->err), 0);
	for (size_t i = 0; i < sizeof(before); i++)
		assert_int_equal(before[i], 0xaa);
	assert_int_equal(disk_slice(&slice, &whole, sizeof(before), fat_plan_size(plan), &s->err),
			 0);
	assert_int_equal(fat_open(&s->volume, &slice, &s->err), 0);
	assert_int_equal(fat_lookup(s->volume, "file", &entry, &s->err), 1);
	s->disk = whole; /* scratch_free closes it */
	fat_plan_free(plan);
	scratch_free(s);
}

static long peak_kib(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_maxrss;
}

static void sixty_four_gib_need_little_memory_and_disk(void **state)
{
	struct fat_options options = { .size = 64 * 1024 * MIB };
	struct scratch *s = scratch_new();
	struct stat st;
	long before;

	scratch_file(s, s->tree, "file", "abc", 3);
	before = peak_kib();
	assert_int_equal(scratch_write(s, &options), 0);
	assert_true(peak_kib() - before < 4096);
	assert_int_equal(stat(s->image, &st), 0);
	assert_int_equal(st.st_size, options.size);
	assert_true(st.st_blocks * 512 <= 64 * 1024);
	scratch_open(s);
	assert_int_equal(fat_bits(s->volume), 32);
	scratch_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_trees_survive_fsck_mtools_and_reader),
		cmocka_unit_test(the_same_tree_gives_the_same_bytes),
		cmocka_unit_test(the_serial_number_follows_the_contents),
		cmocka_unit_test(boundary_volumes_have_the_type_that_fsck_sees),
		cmocka_unit_test(three_hundred_long_names_fit_into_the_root),
		cmocka_unit_test(empty_volumes_are_valid),
		cmocka_unit_test(fat32_has_a_backup_and_counts_its_free_clusters),
		cmocka_unit_test(hard_links_become_copies),
		cmocka_unit_test(what_fat_cannot_hold_is_refused),
		cmocka_unit_test(files_that_change_after_the_plan_are_an_error),
		cmocka_unit_test(a_volume_goes_where_it_shall),
		cmocka_unit_test(sixty_four_gib_need_little_memory_and_disk),
	};

	return cmocka_run_group_tests_name("fat-write", tests, NULL, NULL);
}
