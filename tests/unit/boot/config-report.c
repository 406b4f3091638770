// SPDX-License-Identifier: GPL-2.0-only
/* What the user is told about options of config.txt that do nothing. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "boot/config-report.h"
#include "memory-files.h"

/* The notices about TEXT as the config.txt of a Pi Zero. */
static void report(struct notices *notices, const char *text)
{
	const struct memory_file list[] = { { "config.txt", text, 0 }, { NULL, NULL, 0 } };
	struct memory_files files = MEMORY_FILES(list);
	struct config_txt config;

	*notices = (struct notices){ 0 };
	assert_int_equal(
		config_txt_read(&config, &files.files, board_find("rpi-zero"), notices, NULL), 0);
	assert_int_equal(config_report(&config, notices, NULL), 0);
	config_txt_free(&config);
}

static void idle_options_make_one_notice(void **state)
{
	struct notices notices;

	report(&notices, "gpu_mem=16\nhdmi_mode:1=4\narm_freq=1000\ngpu_mem=32\nenable_uart=1\n");
	assert_int_equal(notices.count, 1);
	assert_string_equal(
		notices.text[0],
		"config.txt: without meaning on an emulated board: gpu_mem, hdmi_mode:1, arm_freq");
	notices_free(&notices);
}

static void unknown_options_make_one_notice_with_lines_and_suggestions(void **state)
{
	struct notices notices;

	report(&notices, "kernal=a\nkernel =b\nxyzzy_plugh=1\ndtovelray=c\n");
	assert_int_equal(notices.count, 1);
	assert_string_equal(
		notices.text[0],
		"config.txt: unknown options are ignored: config.txt:1: kernal (kernel?), "
		"config.txt:2: kernel  (no space may stand before the '='), config.txt:3: "
		"xyzzy_plugh, "
		"config.txt:4: dtovelray (dtoverlay?)");
	notices_free(&notices);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(idle_options_make_one_notice),
		cmocka_unit_test(unknown_options_make_one_notice_with_lines_and_suggestions),
	};

	return cmocka_run_group_tests_name("config-report", tests, NULL, NULL);
}
