// SPDX-License-Identifier: GPL-2.0-only
/*
 * A devicetree and overlays that the user gives take effect, with their parameters; what does not
 * suit is an error that says why, and changes nothing.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "boot/given-tree.h"
#include "dts.h"

static char dir[] = "/tmp/given-tree-XXXXXX";
static struct payload payload;
static struct error err;

static void put(const char *name, const char *source)
{
	struct blob blob = dts_compile(source);
	char path[64];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	f = fopen(path, "w");
	assert_non_null(f);
	assert_int_equal(fwrite(blob.data, 1, blob.len, f), blob.len);
	assert_int_equal(fclose(f), 0);
	free(blob.data);
}

static const char *in_dir(const char *name)
{
	static char path[128];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	return path;
}

static int make_files(void **state)
{
	assert_non_null(mkdtemp(dir));
	put("base.dtb", "/dts-v1/; / { i2c: i2c { status = \"disabled\"; }; };");
	put("sensor.dtbo", "/dts-v1/; /plugin/; / {"
			   " fragment@0 { target = <&i2c>; __overlay__ { status = \"okay\";"
			   " sensor: sensor { reg = <0x48>; }; }; };"
			   " __overrides__ { addr = <&sensor>, \"reg:0\"; }; };");
	put("other.dtbo", "/dts-v1/; /plugin/; / {"
			  " fragment@0 { target = <&spi>; __overlay__ { }; }; };");
	return 0;
}

static int remove_files(void **state)
{
	char command[64];

	snprintf(command, sizeof(command), "rm -r %s", dir);
	return system(command);
}

static int setup(void **state)
{
	err.text[0] = '\0';
	assert_int_equal(given_tree_load(&payload, in_dir("base.dtb"), &err), 0);
	return 0;
}

static int teardown(void **state)
{
	payload_free(&payload);
	return 0;
}

static uint32_t reg(void)
{
	struct devicetree tree;
	uint32_t value;

	assert_int_equal(devicetree_open(&tree, payload.dtb, payload.dtb_len, &err), 0);
	assert_string_equal(text(&tree, "/i2c", "status"), "okay");
	value = cell(&tree, "/i2c/sensor", "reg", 0);
	devicetree_close(&tree);
	return value;
}

static void the_devicetree_takes_the_others_place(void **state)
{
	assert_string_equal(payload.dtb_name, "base.dtb");
	assert_int_equal(given_tree_load(&payload, in_dir("base.dtb"), &err), 0);
	assert_int_equal(given_tree_overlay(&payload, in_dir("sensor.dtbo"), &err), 0);
	assert_int_equal(reg(), 0x48);
}

static void a_parameter_is_set(void **state)
{
	assert_int_equal(given_tree_overlay(&payload, in_dir("sensor.dtbo,addr=0x49"), &err), 0);
	assert_int_equal(reg(), 0x49);
}

static void expect_error(const char *text, const char *message)
{
	size_t before = payload.dtb_len;

	assert_int_equal(given_tree_overlay(&payload, text, &err), -1);
	if (!strstr(err.text, message))
		fail_msg("'%s' is not in: %s", message, err.text);
	assert_int_equal(payload.dtb_len, before);
}

static void what_does_not_suit_is_an_error(void **state)
{
	expect_error(in_dir("sensor.dtbo,address=0x49"), "it has no parameter 'address'");
	expect_error(in_dir("sensor.dtbo,addr=here"), "sensor.dtbo: ");
	expect_error(in_dir("other.dtbo"), "spi");
	expect_error(in_dir("missing.dtbo"), "missing.dtbo: cannot open");
	assert_int_equal(given_tree_load(&payload, "/dev/null", &err), -1);
	assert_string_equal(payload.dtb_name, "base.dtb");
}

static void without_a_devicetree_there_is_nothing_to_change(void **state)
{
	payload_free(&payload);
	expect_error(in_dir("sensor.dtbo"), "there is no devicetree that the overlay could change");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_devicetree_takes_the_others_place, setup,
						teardown),
		cmocka_unit_test_setup_teardown(a_parameter_is_set, setup, teardown),
		cmocka_unit_test_setup_teardown(what_does_not_suit_is_an_error, setup, teardown),
		cmocka_unit_test_setup_teardown(without_a_devicetree_there_is_nothing_to_change,
						setup, teardown),
	};

	return cmocka_run_group_tests(tests, make_files, remove_files);
}
