// SPDX-License-Identifier: GPL-2.0-only
/*
 * config.txt is read as the firmware reads it (sections, include, cut lines), and the user is told
 * what has no effect.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "boot/config-txt.h"
#include "memory-files.h"

struct fixture {
	struct config_txt config;
	struct notices notices;
	struct error err;
	int rc;
};

/* Reads TEXT as the config.txt of BOARD; EXTRA is what "extra.txt" holds. */
static void read_text(struct fixture *f, const char *board, const char *text, const char *extra)
{
	const struct memory_file list[] = {
		{ "config.txt", text, 0 },
		{ "extra.txt", extra, 0 },
		{ "loop.txt", "include loop.txt\n", 0 },
		{ NULL, NULL, 0 },
	};
	struct memory_files files = MEMORY_FILES(list);

	memset(f, 0, sizeof(*f));
	f->rc = config_txt_read(&f->config, &files.files, board_find(board), &f->notices, &f->err);
}

static void end(struct fixture *f)
{
	config_txt_free(&f->config);
	notices_free(&f->notices);
}

static const char *value(const char *board, const char *text)
{
	static char result[128];
	struct fixture f;

	read_text(&f, board, text, "");
	assert_int_equal(f.rc, 0);
	strcpy(result, config_txt_text(&f.config, "kernel", "(none)"));
	end(&f);
	return result;
}

static void the_last_value_counts(void **state)
{
	assert_string_equal(value("rpi-zero", "kernel=a\nkernel=b\n"), "b");
	assert_string_equal(value("rpi-zero", "kernel=a"), "a");
	assert_string_equal(value("rpi-zero", "kernel=a\r\n"), "a");
	assert_string_equal(value("rpi-zero", " kernel=a=b \t\n"), "a=b");
	assert_string_equal(value("rpi-zero", "#kernel=a\n # kernel=b\n"), "(none)");
	assert_string_equal(value("rpi-zero", "kernel=\n"), "");
	assert_string_equal(value("rpi-zero", ""), "(none)");
}

static void sections_of_models_replace_each_other(void **state)
{
	assert_string_equal(
		value("rpi-zero", "[pi0]\nkernel=a\n[pi3]\nkernel=b\n[pi4]\nkernel=c\n"), "a");
	assert_string_equal(value("rpi-3", "[pi0]\nkernel=a\n[pi3]\nkernel=b\n[pi4]\nkernel=c\n"),
			    "b");
	assert_string_equal(value("rpi-4", "[pi0]\nkernel=a\n[pi3]\nkernel=b\n[pi4]\nkernel=c\n"),
			    "c");
	assert_string_equal(value("rpi-zero", "[pi0w]\nkernel=a\n"), "(none)");
	assert_string_equal(value("rpi-3", "[pi3+]\nkernel=a\n"), "(none)");
	assert_string_equal(value("rpi-4", "[cm4]\nkernel=a\n[pi400]\nkernel=b\n"), "(none)");
	assert_string_equal(value("rpi-zero", "[none]\nkernel=a\n"), "(none)");
	assert_string_equal(value("rpi-zero", "[none]\n[all]\nkernel=a\n"), "a");
}

static void a_board_type_is_a_number(void **state)
{
	assert_string_equal(value("rpi-zero", "[board-type=0x9]\nkernel=a\n"), "a");
	assert_string_equal(value("rpi-zero", "[board-type=0x09]\nkernel=a\n"), "a");
	assert_string_equal(value("rpi-4", "[board-type=17]\nkernel=a\n"), "a");
	assert_string_equal(value("rpi-4", "[board-type=0x14]\nkernel=a\n"), "(none)");
	assert_string_equal(value("rpi-4", "[board-type=]\nkernel=a\n"), "(none)");
}

static void sections_of_different_kinds_must_all_match(void **state)
{
	assert_string_equal(value("rpi-zero", "[EDID=VSC-TD2220]\n[pi0]\nkernel=a\n"), "(none)");
	assert_string_equal(value("rpi-zero", "[EDID=VSC-TD2220]\n[pi0]\n[all]\nkernel=a\n"), "a");
	assert_string_equal(value("rpi-zero", "[HDMI:1]\n[pi0]\nkernel=a\n"), "a");
	assert_string_equal(value("rpi-zero", "[0x12345678]\nkernel=a\n"), "(none)");
	assert_string_equal(value("rpi-zero", "[0x0]\nkernel=a\n"), "a");
	assert_string_equal(value("rpi-zero", "[gpio4=1]\nkernel=a\n"), "(none)");
	assert_string_equal(value("rpi-zero", "[gpio4=1]\n[gpio5=0]\nkernel=a\n"), "a");
	assert_string_equal(value("rpi-zero", "[tryboot]\nkernel=a\n"), "(none)");
}

static void an_unknown_section_does_not_match_and_is_told(void **state)
{
	struct fixture f;

	read_text(&f, "rpi-zero", "\n[pi9]\nkernel=a\n[pi0\nkernel=b\n", "");
	assert_int_equal(f.rc, 0);
	assert_int_equal(f.config.count, 0);
	assert_true(has_notice(&f.notices, "config.txt:2: section [pi9] is not known"));
	assert_true(has_notice(&f.notices, "config.txt:4: '[pi0' has no closing bracket"));
	end(&f);
}

static void include_reads_in_place(void **state)
{
	struct fixture f;

	read_text(&f, "rpi-zero",
		  "kernel=a\ninclude extra.txt\ndevice_tree=d\n[pi3]\ninclude missing.txt\n",
		  "kernel=b\n[pi4]\n");
	assert_int_equal(f.rc, 0);
	assert_int_equal(f.config.count, 2);
	assert_string_equal(f.config.setting[1].value, "b");
	assert_string_equal(f.config.setting[1].file, "extra.txt");
	assert_int_equal(f.config.setting[1].line, 1);
	assert_int_equal(
		f.notices.count,
		0); /* nothing from [pi3], nor from [pi4], which the included file left on */
	end(&f);
}

static void includes_without_end_are_refused(void **state)
{
	struct fixture f;

	read_text(&f, "rpi-zero", "include loop.txt\n", "");
	assert_int_equal(f.rc, -1);
	assert_string_equal(
		f.err.text,
		"loop.txt:1: include 'loop.txt' goes too deep: does a file include itself?");
	end(&f);
	read_text(&f, "rpi-zero", "include gone.txt\n", "");
	assert_int_equal(f.rc, 0);
	assert_true(has_notice(&f.notices,
			       "config.txt:1: include 'gone.txt' is not on the boot partition"));
	end(&f);
}

static void initramfs_has_a_syntax_of_its_own(void **state)
{
	struct fixture f;

	read_text(&f, "rpi-zero", "initramfs  initrd.img followkernel\n", "");
	assert_string_equal(config_txt_text(&f.config, "initramfs", ""), "initrd.img followkernel");
	assert_int_equal(f.notices.count, 0);
	end(&f);
	read_text(&f, "rpi-zero", "initramfs=initrd.img\n", "");
	assert_null(config_txt_find(&f.config, "initramfs"));
	assert_true(has_notice(&f.notices, "config.txt:1: initramfs takes a space"));
	end(&f);
}

static void lines_are_cut_at_98_characters(void **state)
{
	char line[200];
	struct fixture f;

	memset(line, 'x', sizeof(line));
	memcpy(line, "kernel=", 7);
	line[98] = '\0';
	read_text(&f, "rpi-zero", line, "");
	assert_int_equal(strlen(config_txt_text(&f.config, "kernel", "")), 91);
	assert_int_equal(f.notices.count, 0);
	end(&f);
	line[98] = 'x';
	line[99] = '\0';
	read_text(&f, "rpi-zero", line, "");
	assert_int_equal(strlen(config_txt_text(&f.config, "kernel", "")), 91);
	assert_true(has_notice(&f.notices,
			       "config.txt:1: the firmware reads only the first 98 characters"));
	end(&f);
}

static void a_line_that_is_no_setting_is_told(void **state)
{
	struct fixture f;

	read_text(&f, "rpi-zero", "hello\n=x\n", "");
	assert_true(
		has_notice(&f.notices, "config.txt:1: 'hello' is not of the form option=value"));
	assert_true(has_notice(&f.notices, "config.txt:2: '=x' is not of the form option=value"));
	end(&f);
}

static void numbers_are_decimal_or_hexadecimal(void **state)
{
	struct fixture f;

	read_text(&f, "rpi-zero", "dtdebug=0x10\narm_64bit=010\nupstream_kernel=yes\n", "");
	assert_int_equal(config_txt_number(&f.config, "dtdebug", 7), 16);
	assert_int_equal(config_txt_number(&f.config, "arm_64bit", 7), 10);
	assert_int_equal(config_txt_number(&f.config, "upstream_kernel", 7), 0);
	assert_int_equal(config_txt_number(&f.config, "kernel", 7), 7);
	end(&f);
}

static void a_binary_file_is_refused(void **state)
{
	const struct memory_file list[] = { { "config.txt", "kernel=a\0b", 10 },
					    { NULL, NULL, 0 } };
	struct memory_files files = MEMORY_FILES(list);
	struct fixture f = { .rc = 0 };

	f.rc = config_txt_read(&f.config, &files.files, board_find("rpi-zero"), &f.notices, &f.err);
	assert_int_equal(f.rc, -1);
	assert_string_equal(f.err.text, "config.txt: holds zero bytes: it is not a text file");
	end(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_last_value_counts),
		cmocka_unit_test(sections_of_models_replace_each_other),
		cmocka_unit_test(a_board_type_is_a_number),
		cmocka_unit_test(sections_of_different_kinds_must_all_match),
		cmocka_unit_test(an_unknown_section_does_not_match_and_is_told),
		cmocka_unit_test(include_reads_in_place),
		cmocka_unit_test(includes_without_end_are_refused),
		cmocka_unit_test(initramfs_has_a_syntax_of_its_own),
		cmocka_unit_test(lines_are_cut_at_98_characters),
		cmocka_unit_test(a_line_that_is_no_setting_is_told),
		cmocka_unit_test(numbers_are_decimal_or_hexadecimal),
		cmocka_unit_test(a_binary_file_is_refused),
	};

	return cmocka_run_group_tests_name("config-txt", tests, NULL, NULL);
}
