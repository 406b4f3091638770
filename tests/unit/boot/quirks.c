// SPDX-License-Identifier: GPL-2.0-only
/*
 * What QEMU's board lacks is changed in its own devicetree and in no other: on small ones of the
 * same shape and, with FERRY_TEST_DTB naming the directory that holds them (or the packages'
 * cache), on Debian's own.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <glob.h>

#include "boot/quirks.h"
#include "dts.h"
#include "memory-files.h"

static const char zero_source[] = "/dts-v1/; / { soc { watchdog@7e100000 {"
				  " reg = <0x7e100000 0x114 0x7e00a000 0x24>; reg-names = \"pm\", "
				  "\"asb\"; system-power-controller; }; }; };";

static const char pi3_source[] = "/dts-v1/; / { soc { serial@7e201000 { status = \"okay\"; "
				 "bluetooth { max-speed = <2000000>; }; }; }; };";

static void start(struct payload *payload, const char *source)
{
	struct blob blob = dts_compile(source);

	memset(payload, 0, sizeof(*payload));
	payload->dtb = (uint8_t *)blob.data;
	payload->dtb_len = blob.len;
}

static void open_result(struct devicetree *tree, const struct payload *payload)
{
	assert_int_equal(devicetree_open(tree, payload->dtb, payload->dtb_len, NULL), 0);
}

static void rpi_zero_loses_the_asb_registers(void **state)
{
	struct payload payload;
	struct devicetree tree;

	start(&payload, zero_source);
	assert_int_equal(quirks_apply(board_find("rpi-zero"), &payload, NULL), 0);
	assert_int_equal(payload.notices.count, 1);
	assert_string_equal(payload.notices.text[0],
			    "devicetree changed in memory for what QEMU's raspi0 lacks: "
			    "power domains (ASB registers)");
	open_result(&tree, &payload);
	assert_int_equal(length(&tree, "/soc/watchdog@7e100000", "reg"), 8);
	assert_int_equal(cell(&tree, "/soc/watchdog@7e100000", "reg", 1), 0x114);
	assert_string_equal(text(&tree, "/soc/watchdog@7e100000", "reg-names"), "pm");
	assert_int_equal(length(&tree, "/soc/watchdog@7e100000", "system-power-controller"), 0);
	devicetree_close(&tree);
	assert_int_equal(quirks_apply(board_find("rpi-zero"), &payload, NULL), 0);
	assert_int_equal(payload.notices.count, 1); /* nothing is left to change */
	payload_free(&payload);
}

static void rpi_3_loses_bluetooth(void **state)
{
	struct payload payload;
	struct devicetree tree;

	start(&payload, pi3_source);
	assert_int_equal(quirks_apply(board_find("rpi-3"), &payload, NULL), 0);
	assert_true(has_notice(&payload.notices, "raspi3b lacks: Bluetooth"));
	open_result(&tree, &payload);
	assert_true(devicetree_node(&tree, "/soc/serial@7e201000/bluetooth") < 0);
	assert_string_equal(text(&tree, "/soc/serial@7e201000", "status"), "okay");
	devicetree_close(&tree);
	payload_free(&payload);
}

static void other_trees_and_boards_are_left_alone(void **state)
{
	struct payload payload;
	uint8_t before[4096];
	size_t len;

	start(&payload, zero_source);
	len = payload.dtb_len;
	memcpy(before, payload.dtb, len);
	assert_int_equal(quirks_apply(board_find("rpi-3"), &payload, NULL), 0);
	assert_int_equal(payload.dtb_len, len);
	assert_memory_equal(payload.dtb, before, len);
	assert_int_equal(payload.notices.count, 0);
	payload_free(&payload);
}

static void without_a_devicetree_nothing_happens(void **state)
{
	struct payload payload = { .dtb = NULL };

	assert_int_equal(quirks_apply(board_find("rpi-zero"), &payload, NULL), 0);
	assert_int_equal(payload.notices.count, 0);
}

static void a_damaged_devicetree_is_an_error(void **state)
{
	struct payload payload;
	struct error err;

	start(&payload, zero_source);
	payload.dtb_len /= 2;
	assert_int_equal(quirks_apply(board_find("rpi-zero"), &payload, &err), -1);
	assert_non_null(strstr(err.text, "devicetree: is not a sound flattened devicetree"));
	payload_free(&payload);
}

/* Reads Debian's devicetree NAME, or skips the test. */
static void start_debian(struct payload *payload, const char *name)
{
	const char *directory = getenv("FERRY_TEST_DTB");
	char pattern[512];
	glob_t found;
	char *data = NULL;

	memset(payload, 0, sizeof(*payload));
	if (directory)
		snprintf(pattern, sizeof(pattern), "%s/%s", directory, name);
	else
		snprintf(pattern, sizeof(pattern), "build/cache/*/root/usr/lib/linux-image-*/%s",
			 name);
	if (glob(pattern, 0, NULL, &found) == 0) {
		assert_int_equal(
			file_read(found.gl_pathv[0], 1 << 20, &data, &payload->dtb_len, NULL), 0);
		globfree(&found);
	}
	payload->dtb = (uint8_t *)data;
	if (!data) {
		print_message("# %s: not there, make image fetches it; or set FERRY_TEST_DTB to "
			      "its directory\n",
			      pattern);
		skip();
	}
}

static void debians_rpi_zero_devicetree_is_changed(void **state)
{
	struct payload payload;
	struct devicetree tree;

	start_debian(&payload, "bcm2835-rpi-zero.dtb");
	assert_int_equal(quirks_apply(board_find("rpi-zero"), &payload, NULL), 0);
	assert_true(has_notice(&payload.notices, "ASB registers"));
	open_result(&tree, &payload);
	assert_int_equal(length(&tree, "/soc/watchdog@7e100000", "reg"), 8);
	devicetree_close(&tree);
	payload_free(&payload);
}

/* What trials on raspi4b found: the card on the old SDHCI, no display, no Bluetooth. */
static void debians_rpi_4_devicetree_is_changed(void **state)
{
	static const char *const off[] = {
		"/soc/interrupt-controller@7ef00100",
		"/soc/clock@7ef00000",
		"/soc/hdmi@7ef00700",
		"/soc/hdmi@7ef05700",
		"/soc/i2c@7ef04500",
		"/soc/i2c@7ef09500",
		"/emmc2bus/mmc@7e340000",
		"/wifi-pwrseq",
	};
	struct payload payload;
	struct devicetree tree;

	start_debian(&payload, "bcm2711-rpi-4-b.dtb");
	assert_int_equal(quirks_apply(board_find("rpi-4"), &payload, NULL), 0);
	assert_int_equal(payload.notices.count, 1);
	open_result(&tree, &payload);
	for (size_t i = 0; i < sizeof(off) / sizeof(off[0]); i++)
		assert_string_equal(text(&tree, off[i], "status"), "disabled");
	assert_string_equal(text(&tree, "/soc/mmc@7e300000", "status"), "okay");
	assert_int_equal(length(&tree, "/soc/mmc@7e300000", "non-removable"), -1);
	assert_int_equal(length(&tree, "/soc/mmc@7e300000", "broken-cd"), 0);
	assert_true(devicetree_node(&tree, "/soc/serial@7e201000/bluetooth") < 0);
	devicetree_close(&tree);
	payload_free(&payload);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rpi_zero_loses_the_asb_registers),
		cmocka_unit_test(rpi_3_loses_bluetooth),
		cmocka_unit_test(other_trees_and_boards_are_left_alone),
		cmocka_unit_test(without_a_devicetree_nothing_happens),
		cmocka_unit_test(a_damaged_devicetree_is_an_error),
		cmocka_unit_test(debians_rpi_zero_devicetree_is_changed),
		cmocka_unit_test(debians_rpi_4_devicetree_is_changed),
	};

	return cmocka_run_group_tests_name("quirks", tests, NULL, NULL);
}
