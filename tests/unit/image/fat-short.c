// SPDX-License-Identifier: GPL-2.0-only
/*
 * Short names are made, numbered and summed as the specification has it, and read as others show
 * them.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "image/fat/fat-name.h"

static void short_names_are_made_as_specified(void **state)
{
	static const struct {
		const char *name, *short_name;
		bool exact, needs_long;
		uint8_t flags;
	} want[] = {
		{ "KERNEL.IMG", "KERNEL  IMG", true, false, 0 },
		{ "kernel.img", "KERNEL  IMG", true, false,
		  FAT_CASE_LOWER_BASE | FAT_CASE_LOWER_EXT },
		{ "KERNEL.img", "KERNEL  IMG", true, false, FAT_CASE_LOWER_EXT },
		{ "Kernel.img", "KERNEL  IMG", true, true, 0 },
		{ "12345678.123", "12345678123", true, false, 0 },
		{ "noext", "NOEXT      ", true, false, FAT_CASE_LOWER_BASE },
		{ "123456789", "12345678   ", false, true, 0 },
		{ "a.text", "A       TEX", false, true, 0 },
		{ "two.dots.txt", "TWODOTS TXT", false, true, 0 },
		{ ".profile", "PROFILE    ", false, true, 0 },
		{ "a b.txt", "AB      TXT", false, true, 0 },
		{ "a+b.c=d", "A_B     C_D", false, true, 0 },
		{ "é日😀.txt", "___     TXT", false, true, 0 },
		{ "bcm2708-rpi-zero.dtb", "BCM2708-DTB", false, true, 0 },
	};

	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		uint8_t name[FAT_SHORT_LEN], flags;
		bool needs_long;

		assert_int_equal(fat_short_name(want[i].name, name, &flags, &needs_long),
				 want[i].exact);
		assert_memory_equal(name, want[i].short_name, FAT_SHORT_LEN);
		assert_int_equal(needs_long, want[i].needs_long);
		assert_int_equal(flags, want[i].flags);
	}
}

static void tails_replace_the_end_of_the_base(void **state)
{
	static const struct {
		const char *basis;
		uint32_t number;
		const char *short_name;
	} want[] = {
		{ "LONGNAMETXT", 1, "LONGNA~1TXT" },	  { "LONGNAMETXT", 10, "LONGN~10TXT" },
		{ "LONGNAMETXT", 999999, "L~999999TXT" }, { "AB      TXT", 1, "AB~1    TXT" },
		{ "AB      TXT", 123456, "A~123456TXT" }, { "_          ", 7, "_~7        " },
	};

	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		uint8_t name[FAT_SHORT_LEN];

		fat_short_tail((const uint8_t *)want[i].basis, want[i].number, name);
		assert_memory_equal(name, want[i].short_name, FAT_SHORT_LEN);
	}
}

/* Values from a volume that mkfs.fat and mcopy made. */
static void checksums_are_those_that_others_compute(void **state)
{
	assert_int_equal(fat_short_checksum((const uint8_t *)"ALONGN~1TXT"), 0x42);
	assert_int_equal(fat_short_checksum((const uint8_t *)"MIXEDN~1   "), 0x93);
}

static void short_names_show_code_page_437_and_case(void **state)
{
	static const struct {
		const char *raw;
		uint8_t flags;
		const char *name;
	} want[] = {
		{ "KERNEL  IMG", 0, "KERNEL.IMG" },
		{ "KERNEL  IMG", FAT_CASE_LOWER_BASE | FAT_CASE_LOWER_EXT, "kernel.img" },
		{ "KERNEL  IMG", FAT_CASE_LOWER_EXT, "KERNEL.img" },
		{ "NOEXT      ", 0, "NOEXT" },
		{ "\x05STERR  \x81  ", 0, "σSTERR.ü" },
		{ "A/B\x01    C  ", 0, "A_B_.C" },
		{ "A B     C D", 0, "A B.C D" },
	};

	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		char name[FAT_NAME_SIZE];

		fat_short_to_utf8((const uint8_t *)want[i].raw, want[i].flags, name);
		assert_string_equal(name, want[i].name);
	}
}

static void labels_lose_their_padding(void **state)
{
	char name[FAT_NAME_SIZE];

	fat_label_to_utf8((const uint8_t *)"MY BOOT    ", name);
	assert_string_equal(name, "MY BOOT");
	fat_label_to_utf8((const uint8_t *)"ELEVENCHARS", name);
	assert_string_equal(name, "ELEVENCHARS");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(short_names_are_made_as_specified),
		cmocka_unit_test(tails_replace_the_end_of_the_base),
		cmocka_unit_test(checksums_are_those_that_others_compute),
		cmocka_unit_test(short_names_show_code_page_437_and_case),
		cmocka_unit_test(labels_lose_their_padding),
	};

	return cmocka_run_group_tests_name("fat-short", tests, NULL, NULL);
}
