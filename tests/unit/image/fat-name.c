// SPDX-License-Identifier: GPL-2.0-only
/*
 * Long names become UTF-16 and come back; those that FAT cannot hold are refused, and case makes no
 * difference.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "image/fat/fat-name.h"

static void utf8_becomes_utf16_and_comes_back(void **state)
{
	static const struct {
		const char *utf8;
		int count;
		uint16_t units[4];
	} want[] = {
		{ "a", 1, { 'a' } },
		{ "é", 1, { 0xe9 } },
		{ "€", 1, { 0x20ac } },
		{ "😀", 2, { 0xd83d, 0xde00 } },
		{ "\xf4\x8f\xbf\xbf", 2, { 0xdbff, 0xdfff } },
		{ "aЖ日z", 4, { 'a', 0x416, 0x65e5, 'z' } },
	};
	uint16_t units[FAT_NAME_UNITS_MAX];
	char back[FAT_NAME_SIZE];

	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		assert_int_equal(fat_name_to_utf16(want[i].utf8, units, NULL), want[i].count);
		assert_memory_equal(units, want[i].units, (size_t)want[i].count * sizeof(units[0]));
		fat_name_from_utf16(units, (unsigned int)want[i].count, back);
		assert_string_equal(back, want[i].utf8);
	}
}

static void half_a_surrogate_pair_is_replaced(void **state)
{
	static const uint16_t units[] = { 'a', 0xd83d, 'b', 0xde00 };
	char name[FAT_NAME_SIZE];

	fat_name_from_utf16(units, 4, name);
	assert_string_equal(name, "a\xef\xbf\xbd"
				  "b\xef\xbf\xbd");
}

static void names_that_fat_cannot_hold_are_refused_with_the_reason(void **state)
{
	static const struct {
		const char *name, *text;
	} want[] = {
		{ "", "it is empty" },
		{ "a:b", "FAT names cannot have the character :" },
		{ "what?", "FAT names cannot have the character ?" },
		{ "a\\b", "FAT names cannot have the character \\" },
		{ "tab\there", "FAT names cannot have the control character 0x09" },
		{ "dot.", "FAT names cannot end with a dot" },
		{ "space ", "FAT names cannot end with a space" },
		{ "\xff", "it is not valid UTF-8" },
		{ "cut\xe2\x82", "it is not valid UTF-8" },
		{ "\xc0\xaf", "it is not valid UTF-8" },	 /* an overlong slash */
		{ "\xed\xa0\x80", "it is not valid UTF-8" },	 /* a surrogate */
		{ "\xf4\x90\x80\x80", "it is not valid UTF-8" }, /* beyond Unicode */
	};
	uint16_t units[FAT_NAME_UNITS_MAX];

	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		struct error err = { "" };

		assert_int_equal(fat_name_to_utf16(want[i].name, units, &err), -1);
		assert_string_equal(err.text, want[i].text);
	}
}

static void names_have_at_most_255_units(void **state)
{
	uint16_t units[FAT_NAME_UNITS_MAX];
	char name[300] = "";
	struct error err;

	memset(name, 'x', 255);
	assert_int_equal(fat_name_to_utf16(name, units, NULL), 255);
	name[255] = 'x';
	assert_int_equal(fat_name_to_utf16(name, units, &err), -1);
	assert_string_equal(err.text, "FAT names have at most 255 characters");
	strcpy(name + 253, "😀"); /* two units */
	assert_int_equal(fat_name_to_utf16(name, units, NULL), 255);
	strcpy(name + 254, "😀");
	assert_int_equal(fat_name_to_utf16(name, units, NULL), -1);
}

static void case_makes_no_difference(void **state)
{
	static const char *const same[][2] = {
		{ "config.txt", "CONFIG.TXT" },
		{ "Ünï", "üNÏ" },
		{ "ŁÓDŹ", "łódź" },
		{ "ΩΣΆ", "ωσά" },
		{ "ЖЁ", "жё" },
		{ "ÿ", "Ÿ" },
		{ "", "" },
	};
	static const char *const ordered[][2] = {
		{ "a", "b" }, { "A", "b" }, { "a", "aa" }, { "ø", "÷" },
		{ "ñ", "ò" }, { "z", "é" }, { "", "a" },
	};

	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++)
		assert_int_equal(fat_name_compare(same[i][0], same[i][1]), 0);
	for (size_t i = 0; i < sizeof(ordered) / sizeof(ordered[0]); i++) {
		assert_int_equal(fat_name_compare(ordered[i][0], ordered[i][1]), -1);
		assert_int_equal(fat_name_compare(ordered[i][1], ordered[i][0]), 1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(utf8_becomes_utf16_and_comes_back),
		cmocka_unit_test(half_a_surrogate_pair_is_replaced),
		cmocka_unit_test(names_that_fat_cannot_hold_are_refused_with_the_reason),
		cmocka_unit_test(names_have_at_most_255_units),
		cmocka_unit_test(case_makes_no_difference),
	};

	return cmocka_run_group_tests_name("fat-name", tests, NULL, NULL);
}
