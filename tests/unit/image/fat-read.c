// SPDX-License-Identifier: GPL-2.0-only
/*
 * The FAT reader finds what mkfs.fat and mtools wrote, and names damage. The damaged volumes are
 * the same small one with some bytes changed: FAT12, one sector a cluster, one reserved sector.
 */
#include "fat-scratch.h"

#include "image/fat/fat-plan.h"

#define SECTOR 512

/*
 * The small volume: /config.txt (3 clusters), /overlays/ with "A long overlay name.dtbo", /empty.
 */
struct small {
	struct scratch *s;
	uint8_t *bytes;
	size_t size;
	uint8_t *table; /* the first one */
	uint8_t *root;
	uint32_t overlays; /* cluster of the directory */
	uint32_t config;   /* first cluster of the file */
	uint8_t *overlays_data;
};

static struct small *small_new(void)
{
	struct small *v = test_calloc(1, sizeof(*v));
	struct fat_options options = { .bits = 12,
				       .sectors_per_cluster = 1,
				       .root_entries = 16,
				       .label = "SMALL",
				       .serial = 7 };
	struct scratch *s = v->s = scratch_new();
	struct fat_entry entry;
	uint8_t text[3 * SECTOR];

	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = (uint8_t)(i * 7);
	scratch_file(s, s->tree, "config.txt", text, sizeof(text));
	scratch_file(s, scratch_directory(s, s->tree, "overlays"), "A long overlay name.dtbo",
		     "dtbo", 4);
	scratch_file(s, s->tree, "empty", "", 0);
	if (scratch_write(s, &options) < 0)
		fail_msg("%s", s->err.text);
	scratch_open(s);
	v->size = s->disk.size;
	v->bytes = test_malloc(v->size);
	assert_int_equal(disk_read(&s->disk, 0, v->bytes, v->size, &s->err), 0);
	assert_int_equal(fat_lookup(s->volume, "overlays", &entry, &s->err), 1);
	v->overlays = entry.cluster;
	assert_int_equal(fat_lookup(s->volume, "config.txt", &entry, &s->err), 1);
	v->config = entry.cluster;
	v->table = v->bytes + SECTOR;
	v->root = v->bytes + 3 * SECTOR;
	v->overlays_data = v->root + SECTOR + (v->overlays - 2) * SECTOR;
	return v;
}

static void small_free(struct small *v)
{
	scratch_free(v->s);
	test_free(v->bytes);
	test_free(v);
}

/* Sets an entry of the table. */
static void link_cluster(struct small *v, uint32_t cluster, uint32_t next)
{
	uint8_t *p = v->table + cluster * 3 / 2;

	if (cluster % 2) {
		p[0] = (uint8_t)((p[0] & 0x0f) | next << 4);
		p[1] = (uint8_t)(next >> 4);
	} else {
		p[0] = (uint8_t)next;
		p[1] = (uint8_t)((p[1] & 0xf0) | next >> 8);
	}
}

/* Opens the changed bytes. NULL with ERR set when that fails. */
static struct fat_volume *reopen(struct small *v, struct error *err)
{
	struct fat_volume *volume = NULL;
	struct disk disk;

	disk_from_memory(&disk, v->bytes, v->size, "disk");
	return fat_open(&volume, &disk, err) < 0 ? NULL : volume;
}

/* Reads PATH from the changed bytes, which must fail; returns the error. */
static const char *read_error(struct small *v, const char *path)
{
	static struct error err;
	struct fat_volume *volume = reopen(v, &err);
	struct fat_entry entry;
	uint8_t *data;
	size_t len;
	int found;

	if (!volume)
		return err.text;
	found = fat_lookup(volume, path, &entry, &err);
	if (found > 0)
		assert_int_equal(fat_read(volume, &entry, UINT32_MAX, &data, &len, &err), -1);
	else
		assert_int_equal(found, -1);
	fat_close(volume);
	return err.text;
}

static int take_name(const struct fat_entry *entry, void *arg)
{
	strcpy(arg, entry->name);
	return 1;
}

/* The name of the one file in /overlays. */
static const char *overlay_name(struct small *v)
{
	static char name[sizeof(((struct fat_entry *)0)->name)];
	struct error err;
	struct fat_volume *volume = reopen(v, &err);
	struct fat_entry entry;

	strcpy(name, "");
	assert_non_null(volume);
	assert_int_equal(fat_lookup(volume, "overlays", &entry, &err), 1);
	fat_list(volume, &entry, take_name, name, &err);
	fat_close(volume);
	return name;
}

static void lookups_know_no_case_and_both_names(void **state)
{
	static const struct {
		const char *path;
		int found;
	} want[] = {
		{ "", 1 },
		{ "/", 1 },
		{ "config.txt", 1 },
		{ "/CONFIG.TXT", 1 },
		{ "overlays", 1 },
		{ "overlays/", 1 },
		{ "Overlays//a LONG overlay NAME.dtbo", 1 },
		{ "overlays/ALONGO~1.DTB", 1 },
		{ "overlays/none", 0 },
		{ "config.txt/x", 0 },
		{ "config", 0 },
		{ "none/x", 0 },
		{ "empty", 1 },
		{ "SMALL", 0 },
	};
	struct small *v = small_new();
	struct fat_entry entry;
	uint8_t *data;
	size_t len;

	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++)
		assert_int_equal(fat_lookup(v->s->volume, want[i].path, &entry, &v->s->err),
				 want[i].found);
	assert_int_equal(fat_lookup(v->s->volume, "overlays/alongo~1.dtb", &entry, &v->s->err), 1);
	assert_string_equal(entry.name, "A long overlay name.dtbo");
	assert_int_equal(entry.mtime, SCRATCH_TIME);
	assert_int_equal(fat_read(v->s->volume, &entry, 4, &data, &len, &v->s->err), 0);
	assert_int_equal(len, 4);
	assert_string_equal((char *)data, "dtbo");
	free(data);
	assert_int_equal(fat_read(v->s->volume, &entry, 3, &data, &len, &v->s->err), -1);
	assert_non_null(strstr(v->s->err.text, "has 4 bytes, more than the 3 that are read"));
	assert_string_equal(fat_label(v->s->volume), "SMALL");
	assert_int_equal(fat_serial(v->s->volume), 7);
	assert_int_equal(fat_bits(v->s->volume), 12);
	small_free(v);
}

static void damaged_chains_are_named(void **state)
{
	struct small *v = small_new();
	uint32_t c = v->config;

	link_cluster(v, c + 1, c);
	assert_string_equal(read_error(v, "config.txt"),
			    "file 'config.txt': disk: damaged FAT file system: the chain from "
			    "cluster 3 has a loop at 3");
	link_cluster(v, c + 1, c + 1);
	assert_non_null(strstr(read_error(v, "config.txt"), "has a loop at 4"));
	link_cluster(v, c + 1, 0x123);
	assert_non_null(strstr(read_error(v, "config.txt"),
			       "refers to cluster 291, but has clusters 2 to"));
	link_cluster(v, c + 1, 1);
	assert_non_null(strstr(read_error(v, "config.txt"), "refers to cluster 1, but"));
	link_cluster(v, c + 1, 0xff7);
	assert_non_null(strstr(read_error(v, "config.txt"), "refers to cluster 4087, but"));
	link_cluster(v, c + 1, 0);
	assert_non_null(
		strstr(read_error(v, "config.txt"), "cluster 4 is in use, but marked as free"));
	link_cluster(v, c + 1, 0xfff);
	assert_non_null(strstr(read_error(v, "config.txt"),
			       "'config.txt' has 1536 bytes, but only 2 clusters of 512"));
	link_cluster(v, v->overlays, v->overlays);
	assert_non_null(strstr(read_error(v, "overlays/x"), "directory 'overlays': disk: damaged"));
	small_free(v);
}

static void damaged_entries_are_errors(void **state)
{
	struct small *v = small_new();
	uint8_t *config = v->root + FAT_DIR_ENTRY_SIZE; /* after the label */

	fat_put32(config + FAT_DIR_SIZE, 0xffffffff);
	assert_non_null(
		strstr(read_error(v, "config.txt"), "has 4294967295 bytes, but only 3 clusters"));
	fat_put16(config + FAT_DIR_CLUSTER_LOW, 0);
	assert_non_null(strstr(read_error(v, "config.txt"), "refers to cluster 0, but"));
	config[FAT_DIR_ATTR] = FAT_ATTR_DIRECTORY;
	assert_non_null(
		strstr(read_error(v, "config.txt/x"), "directory 'config.txt': disk: damaged"));
	small_free(v);
}

static void a_directory_inside_itself_can_be_looked_through(void **state)
{
	struct small *v = small_new();
	/* after ".", ".." and two long entries */
	uint8_t *file = v->overlays_data + 4 * FAT_DIR_ENTRY_SIZE;
	struct fat_entry entry;
	struct fat_volume *volume;
	struct error err;

	assert_memory_equal(file, "ALONGO~1DTB", FAT_SHORT_LEN);
	file[FAT_DIR_ATTR] = FAT_ATTR_DIRECTORY;
	fat_put16(file + FAT_DIR_CLUSTER_LOW, v->overlays);
	volume = reopen(v, &err);
	assert_non_null(volume);
	assert_int_equal(fat_lookup(volume, "overlays/alongo~1.dtb/alongo~1.dtb/alongo~1.dtb",
				    &entry, &err),
			 1);
	assert_int_equal(entry.cluster, v->overlays);
	fat_close(volume);
	small_free(v);
}

static void broken_long_names_give_way_to_short_ones(void **state)
{
	struct small *v = small_new();
	uint8_t *first = v->overlays_data + 2 * FAT_DIR_ENTRY_SIZE; /* with the end of the name */
	uint8_t *second = first + FAT_DIR_ENTRY_SIZE;

	assert_string_equal(overlay_name(v), "A long overlay name.dtbo");
	first[FAT_LONG_CHECKSUM] ^= 1; /* one entry's checksum */
	assert_string_equal(overlay_name(v), "ALONGO~1.DTB");
	second[FAT_LONG_CHECKSUM] ^= 1; /* of both, but not the short name's */
	assert_string_equal(overlay_name(v), "ALONGO~1.DTB");
	first[FAT_LONG_CHECKSUM] ^= 1;
	second[FAT_LONG_CHECKSUM] ^= 1;
	second[FAT_LONG_ORDER] = 2; /* twice the same place */
	assert_string_equal(overlay_name(v), "ALONGO~1.DTB");
	second[FAT_LONG_ORDER] = 1;
	first[FAT_LONG_ORDER] = 0x40 | 21; /* longer than names can be */
	assert_string_equal(overlay_name(v), "ALONGO~1.DTB");
	first[FAT_LONG_ORDER] = 0x40 | 3; /* an entry is missing */
	assert_string_equal(overlay_name(v), "ALONGO~1.DTB");
	first[FAT_LONG_ORDER] = 0x40 | 2;
	second[3] = '/'; /* no host could have it */
	assert_string_equal(overlay_name(v), "ALONGO~1.DTB");
	second[3] = ' ';
	assert_string_equal(overlay_name(v), "A long overlay name.dtbo");
	small_free(v);
}

static void bad_boot_sectors_are_refused(void **state)
{
	static const struct {
		unsigned int offset;
		uint32_t value;
		unsigned int bytes;
		const char *text;
	} want[] = {
		{ FAT_BOOT_SIGNATURE, 0, 2, "the signature 0" },
		{ FAT_BOOT_SECTOR_SIZE, 0, 2, "the sector size 0" },
		{ FAT_BOOT_SECTOR_SIZE, 513, 2, "the sector size 513" },
		{ FAT_BOOT_SECTOR_SIZE, 8192, 2, "the sector size 8192" },
		{ FAT_BOOT_CLUSTER_SECTORS, 0, 1, "the cluster size 0" },
		{ FAT_BOOT_CLUSTER_SECTORS, 3, 1, "the cluster size 3" },
		{ FAT_BOOT_RESERVED, 0, 2, "the number of reserved sectors 0" },
		{ FAT_BOOT_FATS, 0, 1, "the number of tables 0" },
		{ FAT_BOOT_ROOT_ENTRIES, 0, 2, "the number of root directory entries 0" },
		{ FAT_BOOT_FAT_SECTORS16, 0, 2, "the number of root directory entries 16" },
		{ FAT_BOOT_FAT_SECTORS16, 0xffff, 2,
		  "its 9 sectors end before its data at sector 131072" },
		{ FAT_BOOT_RESERVED, 0xffff, 2, "sectors end before its data" },
		{ FAT_BOOT_TOTAL16, 0xffff, 2, "the image is cut short" },
		{ FAT_BOOT_TOTAL16, 0, 2, "sectors end before its data" },
		{ FAT_BOOT_TOTAL16, 4, 2, "its 4 sectors end before its data at sector 4" },
	};
	struct small *v = small_new();

	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		uint8_t saved[2];
		struct error err = { "" };

		memcpy(saved, v->bytes + want[i].offset, 2);
		if (want[i].bytes == 1)
			v->bytes[want[i].offset] = (uint8_t)want[i].value;
		else
			fat_put16(v->bytes + want[i].offset, want[i].value);
		assert_null(reopen(v, &err));
		if (!strstr(err.text, want[i].text))
			fail_msg("'%s' is not in: %s", want[i].text, err.text);
		memcpy(v->bytes + want[i].offset, saved, 2);
	}
	small_free(v);
}

static void cut_images_are_refused_at_every_length(void **state)
{
	struct small *v = small_new();
	size_t size = v->size;
	struct error err;

	while (v->size--)
		assert_null(reopen(v, &err));
	v->size = size;
	small_free(v);
}

/* Other writers leave deleted entries and files in pieces. */
static void fragmented_volumes_of_mtools_are_read(void **state)
{
	static const char *const make[] = {
		"/sbin/mkfs.fat -C image -F 12 -n MTOOLS 2048",
		"/sbin/mkfs.fat -C image -F 16 -n MTOOLS 16384",
		"/sbin/mkfs.fat -C image -F 32 -n MTOOLS 65536",
	};

	for (int i = 0; i < 3; i++) {
		struct scratch *s = scratch_new();
		struct fat_entry entry;
		uint8_t *data, *want;
		size_t len, want_len = 0;
		FILE *file;

		assert_int_equal(scratch_run(s, make[i]), 0);
		assert_int_equal(
			scratch_run(
				s,
				"seq 1 20000 >big; seq 1 2000 >small; for n in 1 2 3 4 5 6 7 8; do "
				"mcopy -i image small \"::/Small file $n.txt\" || exit 1; done"),
			0);
		assert_int_equal(scratch_run(s, "mdel -i image ::/*1.txt ::/*3.txt ::/*6.txt && "
						"mmd -i image ::/Dir && "
						"mcopy -i image big ::/Dir/Big.file"),
				 0);
		scratch_open(s);
		assert_int_equal(fat_bits(s->volume), i == 0 ? 12 : i == 1 ? 16 : 32);
		assert_string_equal(fat_label(s->volume), "MTOOLS");
		assert_int_equal(fat_lookup(s->volume, "small FILE 2.txt", &entry, &s->err), 1);
		assert_int_equal(fat_lookup(s->volume, "Small file 3.txt", &entry, &s->err), 0);
		assert_int_equal(fat_lookup(s->volume, "dir/big.FILE", &entry, &s->err), 1);
		assert_int_equal(fat_read(s->volume, &entry, UINT32_MAX, &data, &len, &s->err), 0);
		want = test_malloc(len);
		assert_int_equal(chdir(s->dir), 0);
		file = fopen("big", "rb");
		assert_non_null(file);
		want_len = fread(want, 1, len, file);
		assert_int_equal(want_len, len);
		assert_int_equal(fgetc(file), EOF);
		assert_memory_equal(want, data, len);
		fclose(file);
		assert_int_equal(chdir("/"), 0);
		test_free(want);
		free(data);
		scratch_free(s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lookups_know_no_case_and_both_names),
		cmocka_unit_test(damaged_chains_are_named),
		cmocka_unit_test(damaged_entries_are_errors),
		cmocka_unit_test(a_directory_inside_itself_can_be_looked_through),
		cmocka_unit_test(broken_long_names_give_way_to_short_ones),
		cmocka_unit_test(bad_boot_sectors_are_refused),
		cmocka_unit_test(cut_images_are_refused_at_every_length),
		cmocka_unit_test(fragmented_volumes_of_mtools_are_read),
	};

	return cmocka_run_group_tests_name("fat-read", tests, NULL, NULL);
}
