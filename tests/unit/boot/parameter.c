// SPDX-License-Identifier: GPL-2.0-only
/*
 * Every documented form of a devicetree parameter ends up in the tree with its value, and a
 * malformed one is refused.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "boot/parameter.h"
#include "boot/parameter-target.h"
#include "dts.h"

/* clang-format off */
static const char source[] =
	"/dts-v1/;\n"
	"/ {\n"
	"	other: other { };\n"
	"	test: test@5 {\n"
	"		string = \"hello\"; status = \"disabled\"; reg = <5>;\n"
	"		bytes = /bits/ 8 <0x67 0x89>; u16s = /bits/ 16 <0xabcd 0xef01>;\n"
	"		u32s = <0xfedcba98 0x76543210>;\n"
	"		u64s = /bits/ 64 <0xaaaaa5a55a5a5555 0x111122223333>;\n"
	"		bool1; ref = <&other>; bootargs = \"quiet\";\n"
	"	};\n"
	"	fragment@1 { __overlay__ { }; };\n"
	"	fragment-2 { __dormant__ { }; };\n"
	"	__overrides__ {\n"
	"		string = <&test>,\"string\"; enable = <&test>,\"status\";\n"
	"		new = <&test>,\"new:8\";\n"
	"		byte_1 = <&test>,\"bytes.1\"; u16_1 = <&test>,\"u16s;2\";\n"
	"		u32_1 = <&test>,\"u32s:4\";\n"
	"		u64_1 = <&test>,\"u64s#8\"; bool1 = <&test>,\"bool1!\";\n"
	"		bool2 = <&test>,\"bool2?\";\n"
	"		mac = <&test>,\"mac[\";\n"
	"		lit = <&test>,\"string=literal\",<&test>,\"u32s:0=42\";\n"
	"		cell = <&test>,\"ref:0=\",<&test>,<&test>,\"next:0\";\n"
	"		follow = <&test>,\"string=\",\"/a/path\",<&test>,\"n:0\";\n"
	"		bytelit = <&test>,\"mac[=b8:27:eb:01:23:45\";\n"
	"		empty = <&test>,\"string=\";\n"
	"		phonetic = <&test>,\"string{a=alpha,b=bravo,c,='tango uniform'}\";\n"
	"		strict = <&test>,\"string{a=alpha}\";\n"
	"		keep = <&test>,\"string{a=alpha,}\";\n"
	"		bus = <&test>,\"ref:0{0=\",<&other>,\"1=\",<&test>,\"}\";\n"
	"		both = <0>,\"+2-1\"; only = <0>,\"=2!1\"; args = <&test>,\"bootargs\";\n"
	"		reg = <&test>,\"reg:0\"; named = <&test>,\"name\";\n"
	"		offreg = <&other>,\"reg:0\";\n"
	"		cut = [00 00]; dangling = <77>,\"x\";\n"
	"		open = <&test>,\"string{a=alpha\";\n"
	"		tail = <&test>,\"string{a=b}c\";\n"
	"		quote = <&test>,\"string{a='b}\";\n"
	"		offset = <&test>,\"u32s:x\";\n"
	"		huge = <&test>,\"u32s:9999999\";\n"
	"		nofrag = <0>,\"+9\";\n"
	"		badfrag = <0>,\"*1\"; noname = <&test>,\":4\";\n"
	"		nocell = <&test>,\"u32s:0=\";\n"
	"	};\n"
	"};\n";
/* clang-format on */

static struct devicetree tree;
static struct error err;

static int setup(void **state)
{
	dts_open(&tree, source);
	return 0;
}

static int teardown(void **state)
{
	devicetree_close(&tree);
	return 0;
}

static void set(const char *name, const char *value)
{
	err.text[0] = '\0';
	if (parameter_set(&tree, name, value, &err) != 1)
		fail_msg("%s=%s: %s", name, value, err.text);
}

/* The value is refused with a text that holds WHY. */
static void refused(const char *name, const char *value, const char *why)
{
	err.text[0] = '\0';
	assert_int_equal(parameter_set(&tree, name, value, &err), -1);
	if (!strstr(err.text, why))
		fail_msg("%s=%s: '%s' does not say '%s'", name, value, err.text, why);
}

static void texts_replace_and_escape(void **state)
{
	set("string", "a longer text than before");
	assert_string_equal(text(&tree, "/test@5", "string"), "a longer text than before");
	set("string", "a\\tb\\x41\\101\\\\");
	assert_string_equal(text(&tree, "/test@5", "string"), "a\tbAA\\");
	refused("string", "a\\q", "bad escape");
	refused("string", "a\\", "bad escape");
	set("args", "splash");
	assert_string_equal(text(&tree, "/test@5", "bootargs"), "quiet splash");
}

static void status_takes_words(void **state)
{
	static const char *const on[] = { "on", "true", "yes", "y", "1", "okay" };
	static const char *const off[] = { "off", "false", "no", "n", "0", "disabled" };

	for (size_t i = 0; i < 6; i++) {
		set("enable", on[i]);
		assert_string_equal(text(&tree, "/test@5", "status"), "okay");
		set("enable", off[i]);
		assert_string_equal(text(&tree, "/test@5", "status"), "disabled");
	}
}

static void integers_have_four_sizes(void **state)
{
	set("byte_1", "0x1ff");
	assert_int_equal(cell(&tree, "/test@5", "u32s", 0), 0xfedcba98);
	set("u16_1", "4660");
	assert_int_equal(cell(&tree, "/test@5", "u16s", 0), 0xabcd1234);
	set("u32_1", "-1");
	assert_int_equal(cell(&tree, "/test@5", "u32s", 1), 0xffffffff);
	set("u64_1", "0x123456789abcdef0");
	assert_int_equal(cell(&tree, "/test@5", "u64s", 1), 0x5a5a5555);
	assert_int_equal(cell(&tree, "/test@5", "u64s", 2), 0x12345678);
	assert_int_equal(cell(&tree, "/test@5", "u64s", 3), 0x9abcdef0);
	assert_int_equal(length(&tree, "/test@5", "bytes"), 2);
	assert_memory_equal(fdt_getprop(tree.blob, devicetree_node(&tree, "/test@5"), "bytes",
					NULL),
			    "\x67\xff", 2);
	set("new", "on");
	assert_int_equal(length(&tree, "/test@5", "new"), 12);
	assert_int_equal(cell(&tree, "/test@5", "new", 1), 0);
	assert_int_equal(cell(&tree, "/test@5", "new", 2), 1);
	refused("u32_1", "many", "'many' is not a number");
}

static void presence_is_a_boolean(void **state)
{
	set("bool2", "true");
	assert_int_equal(length(&tree, "/test@5", "bool2"), 0);
	set("bool2", "off");
	assert_int_equal(length(&tree, "/test@5", "bool2"), -1);
	set("bool2", "off");
	set("bool1", "on");
	assert_int_equal(length(&tree, "/test@5", "bool1"), -1);
	set("bool1", "0");
	assert_int_equal(length(&tree, "/test@5", "bool1"), 0);
}

static void bytes_are_hexadecimal(void **state)
{
	int node;

	set("mac", "b8:27:EB 012345");
	node = devicetree_node(&tree, "/test@5");
	assert_int_equal(length(&tree, "/test@5", "mac"), 6);
	assert_memory_equal(fdt_getprop(tree.blob, node, "mac", NULL), "\xb8\x27\xeb\x01\x23\x45",
			    6);
	refused("mac", "b8:2", "not a row of hexadecimal bytes");
	refused("mac", "zz", "not a row of hexadecimal bytes");
	set("bytelit", "");
	assert_int_equal(length(&tree, "/test@5", "mac"), 6);
}

static void literals_take_the_place_of_the_value(void **state)
{
	set("lit", "ignored");
	assert_string_equal(text(&tree, "/test@5", "string"), "literal");
	assert_int_equal(cell(&tree, "/test@5", "u32s", 0), 42);
	set("cell", "7");
	assert_int_equal(cell(&tree, "/test@5", "ref", 0), phandle(&tree, "/test@5"));
	assert_int_equal(cell(&tree, "/test@5", "next", 0), 7);
	set("follow", "8");
	assert_string_equal(text(&tree, "/test@5", "string"), "/a/path");
	assert_int_equal(cell(&tree, "/test@5", "n", 0), 8);
	set("empty", "x");
	assert_string_equal(text(&tree, "/test@5", "string"), "");
}

static void tables_translate_the_value(void **state)
{
	static const char *const want[][2] = {
		{ "a", "alpha" },	  { "b", "bravo" },	   { "c", "c" },
		{ "t", "tango uniform" }, { "", "tango uniform" },
	};

	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		set("phonetic", want[i][0]);
		assert_string_equal(text(&tree, "/test@5", "string"), want[i][1]);
	}
	set("keep", "zulu");
	assert_string_equal(text(&tree, "/test@5", "string"), "zulu");
	set("keep", "a");
	assert_string_equal(text(&tree, "/test@5", "string"), "alpha");
	set("bus", "1");
	assert_int_equal(cell(&tree, "/test@5", "ref", 0), phandle(&tree, "/test@5"));
	set("bus", "0");
	assert_int_equal(cell(&tree, "/test@5", "ref", 0), phandle(&tree, "/other"));
	refused("strict", "b", "'b' is not one of its values");
	refused("bus", "2", "'2' is not one of its values");
}

static int active(const char *path)
{
	return fdt_subnode_offset(tree.blob, devicetree_node(&tree, path), "__overlay__") >= 0;
}

static void fragments_wake_and_sleep(void **state)
{
	set("both", "true");
	assert_false(active("/fragment@1"));
	assert_true(active("/fragment-2"));
	set("only", "off");
	assert_true(active("/fragment@1"));
	assert_false(active("/fragment-2"));
	set("only", "anything");
	assert_false(active("/fragment@1"));
	assert_true(active("/fragment-2"));
}

static void nodes_are_renamed(void **state)
{
	set("reg", "0x4a");
	assert_int_equal(cell(&tree, "/test@4a", "reg", 0), 0x4a);
	set("offreg", "3");
	assert_int_equal(length(&tree, "/other", "reg"), -1);
	set("named", "led@1");
	assert_string_equal(text(&tree, "/led@1", "string"), "hello");
	refused("named", "a/b", "cannot be the name");
	refused("named", "", "cannot be the name");
}

static void an_unknown_parameter_is_no_error(void **state)
{
	assert_int_equal(parameter_set(&tree, "strin", "x", &err), 0);
	assert_int_equal(parameter_set(&tree, "", "x", &err), 0);
}

static void malformed_declarations_are_refused(void **state)
{
	refused("cut", "1", "ends within a number");
	refused("dangling", "1", "is not in the tree");
	refused("open", "a", "no closing brace");
	refused("tail", "a", "followed by other text");
	refused("quote", "a", "open quote");
	refused("offset", "1", "bad offset");
	refused("huge", "1", "bad offset");
	refused("nofrag", "1", "switches fragment 9");
	refused("badfrag", "1", "malformed");
	refused("noname", "1", "names no property");
	refused("nocell", "1", "ends within a number");
	assert_int_equal(fdt_check_full(tree.blob, tree.size), 0);
}

static void a_value_that_is_too_long_is_refused(void **state)
{
	char value[PARAMETER_VALUE + 1];

	memset(value, 'x', sizeof(value));
	value[PARAMETER_VALUE] = '\0';
	refused("string", value, "longer than 1023 characters");
	value[PARAMETER_VALUE - 1] = '\0';
	set("string", value);
	assert_int_equal(length(&tree, "/test@5", "string"), PARAMETER_VALUE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(texts_replace_and_escape),
		TEST(status_takes_words),
		TEST(integers_have_four_sizes),
		TEST(presence_is_a_boolean),
		TEST(bytes_are_hexadecimal),
		TEST(literals_take_the_place_of_the_value),
		TEST(tables_translate_the_value),
		TEST(fragments_wake_and_sleep),
		TEST(nodes_are_renamed),
		TEST(an_unknown_parameter_is_no_error),
		TEST(malformed_declarations_are_refused),
		TEST(a_value_that_is_too_long_is_refused),
	};

	return cmocka_run_group_tests_name("parameter", tests, NULL, NULL);
}
