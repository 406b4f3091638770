// SPDX-License-Identifier: GPL-2.0-only
/*
 * The command line is what the devicetree asks for, then the first line of cmdline.txt, with UARTs
 * named.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "boot/cmdline.h"
#include "dts.h"
#include "memory-files.h"

static const char zero[] = "/dts-v1/; / { aliases { serial0 = &pl011; serial1 = &mini; }; chosen { "
			   "bootargs = \"from dtb\"; };"
			   " pl011: uart0 { compatible = \"arm,pl011\", \"arm,primecell\"; };"
			   " mini: uart1 { compatible = \"brcm,bcm2835-aux-uart\"; }; };";

static const char swapped[] =
	"/dts-v1/; / { aliases { serial0 = &mini; serial1 = \"/gone\"; }; chosen { };"
	" mini: uart1 { compatible = \"brcm,bcm2835-aux-uart\"; }; };";

/* What comes of TEXT with the devicetree SOURCE (NULL: none). */
static void check(const char *source, const char *input, const char *want)
{
	struct notices notices = { 0 };
	struct devicetree tree;
	char *line;

	if (source)
		dts_open(&tree, source);
	line = cmdline_build(source ? &tree : NULL, input, &notices, NULL);
	assert_string_equal(line, want);
	assert_int_equal(notices.count, 0);
	free(line);
	if (source)
		devicetree_close(&tree);
}

static void the_devicetrees_part_comes_first(void **state)
{
	check(zero, "root=/dev/mmcblk0p2 rw\n", "from dtb root=/dev/mmcblk0p2 rw");
	check(swapped, "root=/dev/mmcblk0p2 rw\n", "root=/dev/mmcblk0p2 rw");
	check(NULL, "rw", "rw");
	check(zero, "", "from dtb");
	check(NULL, "", "");
}

static void space_is_cleaned_up(void **state)
{
	check(NULL, "  a\t b  c \r\n\n", "a b c");
	check(NULL, "\n\nlate\n", "late");
}

static void serial_names_become_devices(void **state)
{
	check(zero, "console=serial0,115200 console=serial1 kgdboc=serial0,9600",
	      "from dtb console=ttyAMA0,115200 console=ttyS0 kgdboc=ttyAMA0,9600");
	check(swapped, "console=serial0,115200 console=serial1",
	      "console=ttyS0,115200 console=serial1");
	check(NULL, "console=serial0", "console=serial0");
	check(zero, "console=serial2 console=serial console=serial01 xconsole=serial0 console=tty1",
	      "from dtb console=serial2 console=serial console=serial01 xconsole=serial0 "
	      "console=tty1");
}

static void further_lines_are_dropped_with_a_notice(void **state)
{
	struct notices notices = { 0 };
	char *line = cmdline_build(NULL, "one\ntwo\n", &notices, NULL);

	assert_string_equal(line, "one");
	assert_true(has_notice(&notices, "cmdline.txt: only its first line counts"));
	free(line);
	notices_free(&notices);
}

static void the_mini_uart_is_recognised(void **state)
{
	assert_true(cmdline_uses_mini_uart("a console=ttyS0,115200"));
	assert_true(cmdline_uses_mini_uart("console=ttyS1"));
	assert_false(cmdline_uses_mini_uart("console=ttyAMA0 console=tty1"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_devicetrees_part_comes_first),
		cmocka_unit_test(space_is_cleaned_up),
		cmocka_unit_test(serial_names_become_devices),
		cmocka_unit_test(further_lines_are_dropped_with_a_notice),
		cmocka_unit_test(the_mini_uart_is_recognised),
	};

	return cmocka_run_group_tests_name("cmdline", tests, NULL, NULL);
}
