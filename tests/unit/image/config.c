// SPDX-License-Identifier: GPL-2.0-only
/*
 * Values of an image config keep their places, lists grow, the last value counts, and sizes and
 * words are read as genimage's (image/config/config.h).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "image/config/config.h"

static const struct config_key inner_table[] = {
	{ "files", CONFIG_LIST, NULL },
	{ "size", CONFIG_SIZE, NULL },
	{ 0 },
};
static const struct config_key *const inner_keys = inner_table;

static const struct config_key thing_table[] = {
	{ "name", CONFIG_TEXT, NULL },
	{ "flag", CONFIG_BOOL, NULL },
	{ "number", CONFIG_NUMBER, NULL },
	{ "later", CONFIG_LATER, NULL },
	{ "inner", CONFIG_SECTION, &inner_keys },
	{ 0 },
};
static const struct config_key *const thing_keys = thing_table;

/* One that has the keys of others among its own. */
static const struct config_key *const no_keys;
static const struct config_key sum_table[] = {
	{ "first", CONFIG_TEXT, NULL },	      { "inner", CONFIG_KEYS, &inner_keys },
	{ "nothing", CONFIG_KEYS, &no_keys }, { "size", CONFIG_LATER, NULL },
	{ "last", CONFIG_TEXT, NULL },	      { 0 },
};
static const struct config_key *const sum_keys = sum_table;

static const struct config_key keys[] = {
	{ "thing", CONFIG_TITLED, &thing_keys },
	{ "sum", CONFIG_SECTION, &sum_keys },
	{ 0 },
};

static int parse(struct config *config, const char *text, struct error *err)
{
	return config_parse(config, text, strlen(text), "t.cfg", NULL, keys, err);
}

static void values_keep_their_places(void **state)
{
	struct config config;
	struct error err;
	const struct config_section *thing, *inner;

	assert_int_equal(parse(&config,
			       "# comment\n/* two\n lines */ thing a { # more\n\n\tname = \"x y\"\n"
			       "\tinner {\n\t\tsize = 4k }\n}\nthing b { }\n",
			       &err),
			 0);
	assert_int_equal(config.root.section_count, 2);
	thing = &config.root.sections[0];
	assert_string_equal(thing->title, "a");
	assert_int_equal(thing->place.line, 3);
	assert_string_equal(thing->place.file, "t.cfg");
	assert_string_equal(config_text(thing, "name", ""), "x y");
	assert_int_equal(config_place(thing, "name").line, 5);
	assert_int_equal(config_place(thing, "flag").line, 3);
	inner = config_section(thing, "inner");
	assert_int_equal(inner->place.line, 6);
	assert_int_equal(config_place(inner, "size").line, 7);
	assert_int_equal(config_size(inner, "size", 0), 4096);
	assert_int_equal(config.root.sections[1].place.line, 9);
	config_free(&config);
}

static void lists_can_grow_and_start_anew(void **state)
{
	struct config config;
	struct error err;
	const struct config_section *inner;
	const struct config_value *v = NULL;

	assert_int_equal(
		parse(&config,
		      "thing a { inner {\nfiles = { old }\nfiles = { a,\n b }\nfiles += { c }\n} }",
		      &err),
		0);
	inner = config_section(&config.root.sections[0], "inner");
	v = config_next(inner, "files", v);
	assert_string_equal(v->text, "a");
	assert_int_equal(v->place.line, 3);
	v = config_next(inner, "files", v);
	assert_string_equal(v->text, "b");
	assert_int_equal(v->place.line, 4);
	v = config_next(inner, "files", v);
	assert_string_equal(v->text, "c");
	assert_int_equal(v->place.line, 5);
	assert_null(config_next(inner, "files", v));
	config_free(&config);
}

static void the_last_value_counts(void **state)
{
	struct config config;
	struct error err;

	assert_int_equal(parse(&config, "thing a { number = 1\n number = 0x10 flag = yes }", &err),
			 0);
	assert_int_equal(config_number(&config.root.sections[0], "number", 0), 16);
	assert_true(config_bool(&config.root.sections[0], "flag", false));
	assert_int_equal(config_number(&config.root.sections[0], "absent", 7), 7);
	assert_int_equal(config_number(NULL, "number", 8), 8);
	config_free(&config);
}

static void faults_name_file_and_line(void **state)
{
	static const struct {
		const char *text, *message;
	} faults[] = {
		{ "thing a {\n nme = 1 }", "t.cfg:2: no such option 'nme' in thing a; known here: "
					   "name, flag, number, inner" },
		{ "\n\nthing a { flag = 2 }",
		  "t.cfg:3: '2' is no value for 'flag', which takes yes or no" },
		{ "thing a { later = 2 }",
		  "t.cfg:1: 'later' is an option of genimage that ferry does not support" },
		{ "thing a {\n inner {}\n inner {}\n}",
		  "t.cfg:3: a second section 'inner'; the first is at line 2" },
		{ "thing a {\n", "t.cfg:1: this `{` has no `}`" },
		{ "thing a { name = \"\\777\" }", "t.cfg:1: a bad escape sequence: `\\` and up to "
						  "three octal digits, at most \\377" },
		{ "thing a { name \n b }", "t.cfg:2: missing equal sign after option 'name'" },
		{ "thing a { name += b }", "t.cfg:1: attempt to append to non-list option 'name'" },
		{ "thing a {\n name = }", "t.cfg:2: unexpected token '}'" },
		{ "thing a { inner { files = { b c } } }", "t.cfg:1: unexpected token 'c'" },
		{ "thing a { inner { files = { , } } }", "t.cfg:1: unexpected token ','" },
		{ "thing a { inner { files += += } }", "t.cfg:1: unexpected token '+='" },
		{ "thing { }", "t.cfg:1: missing title for section 'thing'" },
		{ "thing a b", "t.cfg:1: missing opening brace for section 'thing'" },
		{ "thing a\n", "t.cfg:2: premature end of file" },
		{ "thing a {}\nthing a\n{}", "t.cfg:3: found duplicate title 'a'" },
		/* A path into another section, for libconfuse. */
		{ "thing a { inner {} inner|size = 1 }",
		  "t.cfg:1: no such option 'inner|size' in thing a; known here: name, flag, "
		  "number, inner" },
	};

	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		struct config config;
		struct error err;

		assert_int_equal(parse(&config, faults[i].text, &err), -1);
		assert_string_equal(err.text, faults[i].message);
	}
}

static void keys_of_another_table_stand_in_its_place(void **state)
{
	struct config config;
	struct error err;

	assert_int_equal(parse(&config, "sum { size = 1k last = a }", &err), 0);
	assert_int_equal(config_size(config_section(&config.root, "sum"), "size", 0), 1024);
	config_free(&config);
	assert_int_equal(parse(&config, "sum { inner {} }", &err), -1);
	assert_string_equal(err.text, "t.cfg:1: no such option 'inner' in this section; known "
				      "here: first, files, size, last");
}

static void a_section_stands_where_it_opens(void **state)
{
	struct config config;
	struct error err;

	assert_int_equal(parse(&config, "thing a\n{\n}\nthing\nb {\n\tflag = on\n}", &err), 0);
	assert_int_equal(config.root.sections[0].place.line, 2);
	assert_int_equal(config.root.sections[1].place.line, 5);
	config_free(&config);
}

static void zero_bytes_are_refused(void **state)
{
	struct config config;
	struct error err;

	assert_int_equal(config_parse(&config, "thing a {}\0 }", 13, "t.cfg", NULL, keys, &err),
			 -1);
	assert_string_equal(err.text, "t.cfg:1: a zero byte in it: this is no text file");
}

static void sizes_are_genimages(void **state)
{
	static const struct {
		const char *text;
		uint64_t value;
		bool percent;
	} good[] = {
		{ "0", 0, false },	    { "512", 512, false },
		{ "0x200", 512, false },    { "3s", 1536, false },
		{ "2k", 2048, false },	    { "2K", 2048, false },
		{ "64M", 67108864, false }, { "2G", UINT64_C(2147483648), false },
		{ "150%", 150, true },
	};
	static const char *const bad[] = {
		"", "k", "-1", "1.5M", "64MB", "1 M", "99999999999999999999", "9999999999G"
	};
	uint64_t value;
	bool percent;

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		assert_true(config_read_size(good[i].text, &value, &percent));
		assert_int_equal(value, good[i].value);
		assert_int_equal(percent, good[i].percent);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(config_read_size(bad[i], &value, &percent));
}

static void words_of_truth(void **state)
{
	static const char *const yes[] = { "yes", "true", "on", "YES", "True" };
	static const char *const no[] = { "no", "false", "off" };
	bool value;

	for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++) {
		assert_true(config_read_bool(yes[i], &value));
		assert_true(value);
	}
	for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++) {
		assert_true(config_read_bool(no[i], &value));
		assert_false(value);
	}
	assert_false(config_read_bool("1", &value));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_keep_their_places),
		cmocka_unit_test(lists_can_grow_and_start_anew),
		cmocka_unit_test(the_last_value_counts),
		cmocka_unit_test(faults_name_file_and_line),
		cmocka_unit_test(keys_of_another_table_stand_in_its_place),
		cmocka_unit_test(a_section_stands_where_it_opens),
		cmocka_unit_test(zero_bytes_are_refused),
		cmocka_unit_test(sizes_are_genimages),
		cmocka_unit_test(words_of_truth),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
