// SPDX-License-Identifier: GPL-2.0-only
/*
 * The entry of extlinux.conf that U-Boot would take is loaded, and each fault is told with its
 * line.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "boot/extlinux.h"
#include "memory-files.h"

static struct payload payload;
static struct extlinux conf;
static struct error err;

static int clean_up(void **state)
{
	extlinux_free(&conf);
	payload_free(&payload);
	return 0;
}

static int parse(const char *text)
{
	clean_up(NULL);
	err.text[0] = '\0';
	return extlinux_parse(&conf, "x.conf", text, strlen(text), &payload.notices, &err);
}

static void refuses(const char *text, const char *message)
{
	assert_int_equal(parse(text), -1);
	assert_string_equal(err.text, message);
}

static void an_entry_says_what_to_boot(void **state)
{
	assert_int_equal(parse("# a comment\n"
			       "  LABEL one two \r\n"
			       "\tlinux /vmlinuz\n"
			       "\tInitrd\t/a.img,/b.img\n"
			       "\tfdt board.dtb\n"
			       "\tappend root=/dev/vda2  rw quiet   \n"),
			 0);
	assert_int_equal(conf.count, 1);
	assert_string_equal(conf.chosen->label, "one two");
	assert_int_equal(conf.chosen->line, 2);
	assert_string_equal(conf.chosen->kernel, "/vmlinuz");
	assert_string_equal(conf.chosen->initrd, "/a.img,/b.img");
	assert_string_equal(conf.chosen->devicetree, "board.dtb");
	assert_string_equal(conf.chosen->append, "root=/dev/vda2  rw quiet");
	assert_int_equal(payload.notices.count, 0);
}

static void the_default_entry_is_taken(void **state)
{
	assert_int_equal(parse("label a\nkernel k\nlabel b\nkernel k\n"), 0);
	assert_string_equal(conf.chosen->label, "a");
	assert_int_equal(parse("label a\nkernel k\nlabel b\nmenu default\nkernel k\n"), 0);
	assert_string_equal(conf.chosen->label, "b");
	assert_int_equal(parse("label a\nmenu label default\nlabel b\n"), 0);
	assert_string_equal(conf.chosen->label, "a");
	assert_int_equal(parse("default c\nlabel a\nlabel b\nmenu default\nlabel c\n"), 0);
	assert_string_equal(conf.chosen->label, "c");
	assert_int_equal(parse("label a\nlabel b\ndefault b"), 0);
	assert_string_equal(conf.chosen->label, "b");
}

static void said_twice_the_last_one_counts(void **state)
{
	assert_int_equal(parse("label a\nkernel one\nlinux two\nappend x\nappend\n"), 0);
	assert_string_equal(conf.chosen->kernel, "two");
	assert_string_equal(conf.chosen->append, "");
}

static void faults_have_their_line(void **state)
{
	refuses("", "x.conf: has no label, so nothing to boot");
	refuses("timeout 3\n", "x.conf: has no label, so nothing to boot");
	refuses("\nkernel k\nlabel a\n",
		"x.conf:2: 'kernel' belongs to a label, and none begins above it");
	refuses("label a\nlabel b\nlabel a\n", "x.conf:3: label 'a' is there already, in line 1");
	refuses("label a\n\nkernel\n", "x.conf:3: 'kernel' wants a value");
	refuses("label\n", "x.conf:1: 'label' wants a value");
	refuses("label a\ndefault b\n", "x.conf:2: there is no label 'b'");
	clean_up(NULL);
	assert_int_equal(extlinux_parse(&conf, "x.conf", "label a\0", 8, &payload.notices, &err),
			 -1);
	assert_string_equal(err.text, "x.conf: has a zero byte: it is no text");
}

static void what_is_left_out_is_told(void **state)
{
	assert_int_equal(
		parse("label a\nfdtdir /dtbs\nkernal k\ntimeout 3\nmenu title x\nprompt 1\n"), 0);
	assert_int_equal(payload.notices.count, 2);
	assert_true(has_notice(&payload.notices, "x.conf:2: 'fdtdir' is left out"));
	assert_true(has_notice(&payload.notices,
			       "x.conf:3: 'kernal' is no word that is known here: ignored"));
}

/* What follows loads files of a boot partition in memory. */

static char kernel_arm64[64], kernel_x86[0x210];

static int load(const char *board, const char *text, const char *initrd)
{
	const struct memory_file list[] = {
		{ "extlinux/extlinux.conf", text, 0 },
		{ "arm64", kernel_arm64, sizeof(kernel_arm64) },
		{ "extlinux/x86", kernel_x86, sizeof(kernel_x86) },
		{ "one", "1", 0 },
		{ "two", initrd, 0 },
		{ "noise", "noise", 0 },
		{ NULL, NULL, 0 },
	};
	struct memory_files files = MEMORY_FILES(list);

	memcpy(kernel_arm64 + 56, "ARM\x64", 4);
	memcpy(kernel_x86 + 0x202, "HdrS", 4);
	clean_up(NULL);
	return extlinux_load(&payload, board_find(board), &files.files, &err);
}

static void does_not_load(const char *board, const char *text, const char *message)
{
	assert_int_equal(load(board, text, "2"), -1);
	assert_string_equal(err.text, message);
}

static void files_are_loaded(void **state)
{
	assert_int_equal(load("virt", "label a\nkernel /arm64\ninitrd /one,,//two\nappend quiet\n",
			      "22"),
			 0);
	assert_string_equal(payload.kernel_name, "arm64");
	assert_int_equal(payload.kernel_len, sizeof(kernel_arm64));
	assert_true(payload.aarch64);
	assert_int_equal(payload.initrd_len, 3);
	assert_memory_equal(payload.initrd, "122", 3);
	assert_string_equal(payload.cmdline, "quiet");
	assert_null(payload.dtb);
}

static void paths_start_at_the_configuration(void **state)
{
	assert_int_equal(load("pc", "label a\nkernel x86\n", "2"), 0);
	assert_string_equal(payload.kernel_name, "extlinux/x86");
	assert_false(payload.aarch64);
	assert_string_equal(payload.cmdline, "");
}

static void what_cannot_be_loaded_is_told(void **state)
{
	does_not_load("virt", "label a\nkernel /none\n",
		      "extlinux/extlinux.conf:1: label 'a': none: its kernel is not there");
	does_not_load("virt", "label a\nkernel /arm64\ninitrd /one,/none\n",
		      "extlinux/extlinux.conf:1: label 'a': none: its initramfs is not there");
	does_not_load("virt", "label a\nkernel /arm64\nfdt /none\n",
		      "extlinux/extlinux.conf:1: label 'a': none: its devicetree is not there");
	does_not_load("virt", "label a\nkernel /arm64\nfdt /noise\n",
		      "devicetree noise: is not a sound flattened devicetree (FDT_ERR_BADMAGIC)");
	does_not_load("pc", "label a\nkernel x86\nfdt /noise\n",
		      "extlinux/extlinux.conf:1: label 'a': QEMU's PC (q35) has no devicetree");
	does_not_load("virt", "\nlabel a\nappend x\n",
		      "extlinux/extlinux.conf:2: label 'a' names no kernel");
	does_not_load(
		"pc", "label a\nlocalboot 0\n",
		"extlinux/extlinux.conf:1: label 'a' starts what is on a local disk, not a kernel");
}

static void a_kernel_for_another_board_is_refused(void **state)
{
	does_not_load("virt", "label a\nkernel x86\n",
		      "kernel extlinux/x86 is a kernel for PCs, which does not run on QEMU's virt "
		      "machine");
	does_not_load("pc", "label a\nkernel /arm64\n",
		      "kernel arm64 is a 64-bit ARM kernel, which does not run on QEMU's PC (q35)");
	does_not_load(
		"pc", "label a\nkernel /noise\n",
		"kernel noise is no kernel that is known, which does not run on QEMU's PC (q35)");
}

static void no_configuration_is_told(void **state)
{
	const struct memory_file list[] = { { NULL, NULL, 0 } };
	struct memory_files files = MEMORY_FILES(list);

	clean_up(NULL);
	assert_int_equal(extlinux_load(&payload, board_find("pc"), &files.files, &err), -1);
	assert_string_equal(err.text, "the boot partition has no extlinux/extlinux.conf, which "
				      "tells what to start on QEMU's PC (q35)");
	assert_int_equal(extlinux_is(&files.files, &err), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(an_entry_says_what_to_boot, clean_up),
		cmocka_unit_test_teardown(the_default_entry_is_taken, clean_up),
		cmocka_unit_test_teardown(said_twice_the_last_one_counts, clean_up),
		cmocka_unit_test_teardown(faults_have_their_line, clean_up),
		cmocka_unit_test_teardown(what_is_left_out_is_told, clean_up),
		cmocka_unit_test_teardown(files_are_loaded, clean_up),
		cmocka_unit_test_teardown(paths_start_at_the_configuration, clean_up),
		cmocka_unit_test_teardown(what_cannot_be_loaded_is_told, clean_up),
		cmocka_unit_test_teardown(a_kernel_for_another_board_is_refused, clean_up),
		cmocka_unit_test_teardown(no_configuration_is_told, clean_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
