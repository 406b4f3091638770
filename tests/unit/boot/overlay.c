// SPDX-License-Identifier: GPL-2.0-only
/*
 * An overlay changes the base as the firmware's does, its references and labels are resolved, and
 * damage is an error.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "boot/overlay.h"
#include "boot/parameter.h"
#include "dts.h"

/* clang-format off */
static const char base_source[] =
	"/dts-v1/;\n"
	"/ {\n"
	"	aliases { serial0 = &uart0; };\n"
	"	chosen { bootargs = \"quiet\"; };\n"
	"	soc {\n"
	"		gpio: gpio { gpio-controller; };\n"
	"		uart0: serial { status = \"disabled\"; clocks = <&clk>; };\n"
	"		nophandle: i2c { };\n"
	"		clk: clock { user = <&uart0>; };\n"
	"	};\n"
	"};\n";
/* clang-format on */

static struct devicetree base;
static struct error err;

static int setup(void **state)
{
	dts_open(&base, base_source);
	err.text[0] = '\0';
	return 0;
}

static int teardown(void **state)
{
	devicetree_close(&base);
	return 0;
}

/*
 * Applies an overlay with the body BODY and up to one parameter. Returns what overlay_merge() does,
 * or -2.
 */
static int apply(const char *body, const char *name, const char *value)
{
	char source[2048];
	struct overlay overlay;
	struct blob blob;
	int rc;

	snprintf(source, sizeof(source), "/dts-v1/; /plugin/; / { %s };", body);
	blob = dts_compile(source);
	rc = overlay_open(&overlay, &base, blob.data, blob.len, &err);
	free(blob.data);
	if (rc <= 0)
		return rc < 0 ? -2 : -3;
	if (name)
		assert_int_equal(parameter_set(&overlay.tree, name, value, &err), 1);
	rc = overlay_merge(&overlay, &base, &err);
	overlay_close(&overlay);
	assert_int_equal(fdt_check_full(base.blob, base.size), 0);
	return rc;
}

static void a_fragment_changes_its_target(void **state)
{
	assert_int_equal(apply("fragment@0 { target = <&uart0>; __overlay__ { status = \"okay\"; "
			       "child { x = <7>; }; }; };",
			       NULL, NULL),
			 0);
	assert_string_equal(text(&base, "/soc/serial", "status"), "okay");
	assert_int_equal(cell(&base, "/soc/serial/child", "x", 0), 7);
	assert_int_equal(length(&base, "/soc/serial", "clocks"), 4);
}

static void target_path_names_the_target(void **state)
{
	assert_int_equal(apply("fragment@0 { target-path = \"/soc/gpio\"; __overlay__ { x; }; };",
			       NULL, NULL),
			 0);
	assert_int_equal(length(&base, "/soc/gpio", "x"), 0);
}

static void references_point_at_the_same_nodes_afterwards(void **state)
{
	uint32_t uart = phandle(&base, "/soc/serial");

	assert_int_equal(
		apply("fragment@0 { target-path = \"/\"; __overlay__ {"
		      " led: led { gpios = <&gpio 17 0>; peer = <&button>; };"
		      " button: button { peers = <1 &led &button>; i2c = <&nophandle>; }; }; };",
		      NULL, NULL),
		0);
	assert_int_equal(cell(&base, "/led", "gpios", 0), phandle(&base, "/soc/gpio"));
	assert_int_equal(cell(&base, "/led", "gpios", 1), 17);
	assert_int_equal(cell(&base, "/led", "peer", 0), phandle(&base, "/button"));
	assert_int_equal(cell(&base, "/button", "peers", 0), 1);
	assert_int_equal(cell(&base, "/button", "peers", 1), phandle(&base, "/led"));
	assert_int_equal(cell(&base, "/button", "peers", 2), phandle(&base, "/button"));
	assert_true(phandle(&base, "/soc/i2c") != 0);
	assert_int_equal(cell(&base, "/button", "i2c", 0), phandle(&base, "/soc/i2c"));
	assert_int_equal(phandle(&base, "/soc/serial"), uart);
	assert_true(phandle(&base, "/led") != phandle(&base, "/soc/gpio"));
}

/*
 * libfdt 1.6's own fdt_overlay_apply() gives the target a new phandle here, and /soc/clock's
 * reference dangles.
 */
static void a_labelled_fragment_leaves_its_targets_phandle(void **state)
{
	uint32_t uart = phandle(&base, "/soc/serial");

	assert_int_equal(apply("fragment@0 { target = <&uart0>; frag: __overlay__ { }; };"
			       " __overrides__ { speed = <&frag>,\"speed:0\"; };",
			       "speed", "9600"),
			 0);
	assert_int_equal(cell(&base, "/soc/serial", "speed", 0), 9600);
	assert_int_equal(phandle(&base, "/soc/serial"), uart);
	assert_int_equal(cell(&base, "/soc/clock", "user", 0), uart);
}

static void a_parameter_can_write_a_reference(void **state)
{
	static const char body[] = "frag: fragment@0 { target = <&uart0>; __overlay__ { hit; }; };"
				   " __overrides__ { bus = "
				   "<&frag>,\"target:0{0=\",<&uart0>,\"1=\",<&nophandle>,\"}\"; };";

	assert_int_equal(apply(body, "bus", "1"), 0);
	assert_int_equal(length(&base, "/soc/i2c", "hit"), 0);
	assert_int_equal(length(&base, "/soc/serial", "hit"), -1);
}

static void dormant_fragments_are_left_out(void **state)
{
	static const char body[] = "fragment@0 { target = <&uart0>; __overlay__ { a; }; };"
				   " fragment@1 { target = <&uart0>; __dormant__ { b; }; };"
				   " __overrides__ { swap = <0>,\"-0+1\"; };";

	assert_int_equal(apply(body, NULL, NULL), 0);
	assert_int_equal(length(&base, "/soc/serial", "a"), 0);
	assert_int_equal(length(&base, "/soc/serial", "b"), -1);
	fdt_delprop(base.blob, devicetree_node(&base, "/soc/serial"), "a");
	assert_int_equal(apply(body, "swap", "true"), 0);
	assert_int_equal(length(&base, "/soc/serial", "a"), -1);
	assert_int_equal(length(&base, "/soc/serial", "b"), 0);
}

static void fragments_for_fragments_come_first(void **state)
{
	assert_int_equal(
		apply("fragment@0 { target-path = \"/\"; __overlay__ { led: led { a = <1>; }; }; };"
		      " fragment@1 { target = <&led>; __overlay__ { a = <2>; b = <3>; }; };",
		      NULL, NULL),
		0);
	assert_int_equal(cell(&base, "/led", "a", 0), 2);
	assert_int_equal(cell(&base, "/led", "b", 0), 3);
}

/* As in the ads1115 overlay: a fragment adds to what another one puts into a third. */
static void fragments_for_fragments_may_be_stacked(void **state)
{
	assert_int_equal(
		apply("fragment@0 { target = <&bus>; __overlay__ { adc: adc { }; }; };"
		      " fragment@1 { target = <&adc>; __overlay__ { channel { x = <5>; }; }; };"
		      " fragment@100 { target = <&nophandle>; bus: __overlay__ { y; }; };",
		      NULL, NULL),
		0);
	assert_int_equal(cell(&base, "/soc/i2c/adc/channel", "x", 0), 5);
	assert_int_equal(length(&base, "/soc/i2c", "y"), 0);
}

static void target_path_may_start_with_an_alias(void **state)
{
	assert_int_equal(
		apply("fragment@0 { target-path = \"serial0\"; __overlay__ { sub { a; }; }; };",
		      NULL, NULL),
		0);
	assert_int_equal(apply("fragment@0 { target-path = \"serial0/sub\"; __overlay__ { b; }; };",
			       NULL, NULL),
			 0);
	assert_int_equal(length(&base, "/soc/serial/sub", "a"), 0);
	assert_int_equal(length(&base, "/soc/serial/sub", "b"), 0);
	assert_int_equal(apply("fragment@0 { target-path = \"serial9\"; __overlay__ { }; };", NULL,
			       NULL),
			 -1);
	/* libfdt 1.6 recurses without end here. */
	fdt_setprop_string(base.blob, devicetree_node(&base, "/aliases"), "me", "me");
	assert_int_equal(
		apply("fragment@0 { target-path = \"me\"; __overlay__ { }; };", NULL, NULL), -1);
}

static void bootargs_are_added_to(void **state)
{
	assert_int_equal(apply("fragment@0 { target-path = \"/chosen\"; __overlay__ { bootargs = "
			       "\"splash\"; }; };",
			       NULL, NULL),
			 0);
	assert_string_equal(text(&base, "/chosen", "bootargs"), "quiet splash");
}

static void labels_stay_private_unless_exported(void **state)
{
	assert_int_equal(apply("fragment@0 { target-path = \"/soc\"; __overlay__ { open: a { }; "
			       "closed: b { }; }; };"
			       " __exports__ { open; };",
			       NULL, NULL),
			 0);
	assert_string_equal(text(&base, "/__symbols__", "open"), "/soc/a");
	assert_string_equal(text(&base, "/__symbols__", "closed"), "(none)");
	assert_int_equal(
		apply("fragment@0 { target = <&open>; __overlay__ { hit; }; };", NULL, NULL), 0);
	assert_int_equal(length(&base, "/soc/a", "hit"), 0);
	assert_int_equal(
		apply("fragment@0 { target = <&closed>; __overlay__ { hit; }; };", NULL, NULL), -3);
}

static void aliases_name_the_node_where_it_ends_up(void **state)
{
	assert_int_equal(
		apply("fragment@0 { target-path = \"/\"; __overlay__ { bus: i2c@0 { }; }; };"
		      " fragment@1 { target-path = \"/aliases\"; __overlay__ { i2c_gpio = &bus; "
		      "fixed = \"/soc\"; }; };",
		      NULL, NULL),
		0);
	assert_string_equal(text(&base, "/aliases", "i2c_gpio"), "/i2c@0");
	assert_string_equal(text(&base, "/aliases", "fixed"), "/soc");
	assert_string_equal(text(&base, "/aliases", "serial0"), "/soc/serial");
}

static void the_same_overlay_can_be_applied_twice(void **state)
{
	static const char body[] = "fragment@0 { target-path = \"/\"; __overlay__ { dev: dev@1 { "
				   "reg = <1>; self = <&dev>; }; }; };"
				   " __overrides__ { reg = <&dev>,\"reg:0\"; };";

	assert_int_equal(apply(body, NULL, NULL), 0);
	assert_int_equal(apply(body, "reg", "2"), 0);
	assert_int_equal(cell(&base, "/dev@1", "self", 0), phandle(&base, "/dev@1"));
	assert_int_equal(cell(&base, "/dev@2", "self", 0), phandle(&base, "/dev@2"));
	assert_true(phandle(&base, "/dev@1") != phandle(&base, "/dev@2"));
}

static void the_base_grows_as_needed(void **state)
{
	char body[1600] = "fragment@0 { target-path = \"/\"; __overlay__ { big = \"";
	size_t len = strlen(body);

	memset(body + len, 'x', 1400);
	strcpy(body + len + 1400, "\"; }; };");
	for (int i = 0; i < 20; i++) {
		assert_int_equal(apply(body, NULL, NULL), 0);
		fdt_delprop(base.blob, 0, "other");
	}
	assert_int_equal(length(&base, "/", "big"), 1401);
}

static void missing_labels_and_targets_are_errors(void **state)
{
	assert_int_equal(apply("fragment@0 { target = <&spi9>; __overlay__ { }; };", NULL, NULL),
			 -3);
	assert_string_equal(err.text, "needs label 'spi9', which the devicetree does not have");
	assert_int_equal(
		apply("fragment@0 { target-path = \"/none\"; __overlay__ { }; };", NULL, NULL), -1);
	assert_string_equal(err.text,
			    "its fragment@0 targets '/none', which the devicetree does not have");
	assert_int_equal(apply("fragment@0 { __overlay__ { }; };", NULL, NULL), -1);
	assert_string_equal(err.text, "its fragment@0 has no target");
	assert_int_equal(apply("fragment@0 { target = <999>; __overlay__ { }; };", NULL, NULL), -1);
}

static void wrong_lists_of_references_are_errors(void **state)
{
	static const char *const places[] = {
		"/fragment@0:target",
		"/fragment@9:target:0",
		"/fragment@0:target:1",
		"/fragment@0:gone:0",
		"/fragment@0:target:x",
		"/fragment@0:target:4294967295",
		"fragment@0:target:0",
		"",
		":::",
	};
	char body[512];

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		snprintf(body, sizeof(body),
			 "fragment@0 { target = <1>; __overlay__ { }; };"
			 " __fixups__ { gpio = \"%s\"; };",
			 places[i]);
		assert_int_equal(apply(body, NULL, NULL), -2);
	}
	assert_int_equal(apply("fragment@0 { target = <1>; __overlay__ { }; };"
			       " __local_fixups__ { fragment@0 { target = <2>; }; };",
			       NULL, NULL),
			 -2);
	assert_int_equal(apply("fragment@0 { target = <1>; __overlay__ { }; };"
			       " __local_fixups__ { fragment@3 { target = <0>; }; };",
			       NULL, NULL),
			 -2);
}

static void a_damaged_blob_is_an_error_wherever_it_is_cut(void **state)
{
	struct blob blob = dts_compile(
		"/dts-v1/; /plugin/; / { fragment@0 { target = <&gpio>; __overlay__ { x; }; }; };");
	struct overlay overlay;

	for (size_t len = 0; len < blob.len; len++)
		assert_int_equal(overlay_open(&overlay, &base, blob.data, len, &err), -1);
	blob.data[0] ^= 1;
	assert_int_equal(overlay_open(&overlay, &base, blob.data, blob.len, &err), -1);
	assert_string_equal(err.text, "is not a sound flattened devicetree (FDT_ERR_BADMAGIC)");
	blob.data[0] ^= 1;
	for (size_t at = 0; at < blob.len; at++) { /* an error or not, but never a crash */
		blob.data[at] ^= 0x80;
		if (overlay_open(&overlay, &base, blob.data, blob.len, &err) > 0) {
			overlay_merge(&overlay, &base, &err);
			overlay_close(&overlay);
		}
		blob.data[at] ^= 0x80;
	}
	free(blob.data);
}

static void nodes_nested_too_deep_are_refused(void **state)
{
	char body[1024] = "fragment@0 { target-path = \"/\"; __overlay__ { ";

	for (int i = 0; i < 70; i++)
		strcat(body, "n { ");
	for (int i = 0; i < 70; i++)
		strcat(body, "}; ");
	strcat(body, "}; };");
	assert_int_equal(apply(body, NULL, NULL), -2);
	assert_string_equal(err.text, "nodes are nested deeper than 64");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_fragment_changes_its_target),
		TEST(target_path_names_the_target),
		TEST(references_point_at_the_same_nodes_afterwards),
		TEST(a_labelled_fragment_leaves_its_targets_phandle),
		TEST(a_parameter_can_write_a_reference),
		TEST(dormant_fragments_are_left_out),
		TEST(fragments_for_fragments_come_first),
		TEST(fragments_for_fragments_may_be_stacked),
		TEST(target_path_may_start_with_an_alias),
		TEST(bootargs_are_added_to),
		TEST(labels_stay_private_unless_exported),
		TEST(aliases_name_the_node_where_it_ends_up),
		TEST(the_same_overlay_can_be_applied_twice),
		TEST(the_base_grows_as_needed),
		TEST(missing_labels_and_targets_are_errors),
		TEST(wrong_lists_of_references_are_errors),
		TEST(a_damaged_blob_is_an_error_wherever_it_is_cut),
		TEST(nodes_nested_too_deep_are_refused),
	};

	return cmocka_run_group_tests_name("overlay", tests, NULL, NULL);
}
