// SPDX-License-Identifier: GPL-2.0-only
/*
 * tests/drivers/settings.c, and so <ferry/property.h> in the user port; and several devices of a
 * driver: their numbers, and the names under which they log and offer streams.
 */
#include "../user/test.h"

#include "../../drivers/settings.c"

static struct ferry_sim_device *add(struct ferry_sim *sim, const char *name)
{
	return ferry_sim_add(sim, &fy_driver_settings, name, NULL);
}

static void each_kind_of_property_is_read(void **state)
{
	static const uint8_t list[] = { 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4 };
	static const uint8_t wide[] = { 0x12, 0x34, 0x56, 0x78, 0x9a, 0xbc, 0xde, 0xf0 };
	static const char *const wanted[] = {
		"device 0 is it",
		"list: 4: 1 2 3",
		"text 0: one",
		"text 1: ",
		"text 2: three",
		"after the last text: FY_ERR_NOT_FOUND",
		"wide: 0x123456789abcdef0 0x7: no error",
		"missing: 1: FY_ERR_NOT_FOUND",
		"flags: 1 0",
		"child 0: a@1: 11 first",
		"child 1: b@2: 22 none",
		"after the last child: FY_ERR_NOT_FOUND",
		"reference 0: other (5), 0 numbers, the last is 0",
		"reference 1: FY_ERR_NOT_FOUND",
	};
	struct ferry_sim *sim = ferry_sim_new();
	struct ferry_sim_device *dev = add(sim, "it"), *other;

	other = ferry_sim_add(sim, &fy_driver_hello, "other", NULL);
	ferry_sim_set_property(other, "number", 5);
	ferry_sim_set_bytes(dev, "list", list, sizeof(list));
	ferry_sim_set_bytes(dev, "texts", "one\0\0three", 11);
	ferry_sim_set_bytes(dev, "wide", wide, sizeof(wide));
	ferry_sim_set_property(dev, "narrow", 7);
	ferry_sim_set_bytes(dev, "set", NULL, 0);
	ferry_sim_set_property(dev, "a@1/number", 11);
	ferry_sim_set_text(dev, "a@1/text", "first");
	ferry_sim_set_property(dev, "b@2/number", 22);
	ferry_sim_set_text(dev, "other", "other");
	assert_int_equal(ferry_sim_probe(sim), 0);
	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++)
		assert_int_equal(logged(sim, wanted[i]), 1);
	end_world(sim);
}

static void what_has_another_form_is_invalid(void **state)
{
	struct ferry_sim *sim = ferry_sim_new();
	struct ferry_sim_device *dev = add(sim, "it");

	ferry_sim_set_bytes(dev, "list", "12345", 5);
	ferry_sim_set_bytes(dev, "texts", "no end", 6);
	ferry_sim_set_bytes(dev, "wide", "12", 2);
	ferry_sim_set_text(dev, "other", "nobody");
	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_int_equal(logged(sim, "list: FY_ERR_INVALID"), 1);
	assert_int_equal(logged(sim, "after the last text: FY_ERR_INVALID"), 1);
	assert_int_equal(logged(sim, "wide: 0x1 0x1: FY_ERR_INVALID"), 1);
	assert_int_equal(logged(sim, "reference 0: FY_ERR_INVALID"), 1);
	end_world(sim);
}

static bool has_stream(struct ferry_sim *sim, const char *name)
{
	struct ferry_sim_writer *writer = ferry_sim_open(sim, name);

	if (writer)
		ferry_sim_close(writer);
	return writer != NULL;
}

static void the_only_device_has_the_name_alone(void **state)
{
	struct ferry_sim *sim = ferry_sim_new();

	add(sim, "it");
	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_true(has_stream(sim, "settings"));
	assert_false(has_stream(sim, "settings0"));
	end_world(sim);
}

static void several_have_numbers_or_labels(void **state)
{
	struct ferry_sim *sim = ferry_sim_new();

	add(sim, "a");
	ferry_sim_set_text(add(sim, "b"), "label", "front door");
	add(sim, "c");
	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_int_equal(logged(sim, "device 0 is a"), 1);
	assert_int_equal(logged(sim, "device 1 is front door"), 1);
	assert_int_equal(logged(sim, "device 2 is c"), 1);
	assert_true(has_stream(sim, "settings0"));
	assert_true(has_stream(sim, "front-door"));
	assert_true(has_stream(sim, "settings2"));
	assert_false(has_stream(sim, "settings"));
	assert_false(has_stream(sim, "settings1"));
	end_world(sim);
}

static void a_name_that_is_in_use_is_refused_in_one_line(void **state)
{
	struct ferry_sim *sim = ferry_sim_new();
	struct ferry_sim_device *second;

	ferry_sim_set_text(add(sim, "a"), "label", "door");
	second = add(sim, "b");
	ferry_sim_set_text(second, "label", "door");
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_BUSY);
	assert_false(ferry_sim_is_running(second));
	assert_int_equal(logged(sim, "the name 'door' is in use"), 1);
	assert_int_equal(logged(sim, "cannot offer the stream: FY_ERR_BUSY"), 1);
	end_world(sim);
}

static void names_that_are_no_files_are_invalid(void **state)
{
	static const char *const labels[] = { "", "..", "a name of more than 31 characters" };

	for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++) {
		struct ferry_sim *sim = ferry_sim_new();

		ferry_sim_set_text(add(sim, "it"), "label", labels[i]);
		assert_int_equal(ferry_sim_probe(sim), FY_ERR_INVALID);
		end_world(sim);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_kind_of_property_is_read),
		cmocka_unit_test(what_has_another_form_is_invalid),
		cmocka_unit_test(the_only_device_has_the_name_alone),
		cmocka_unit_test(several_have_numbers_or_labels),
		cmocka_unit_test(a_name_that_is_in_use_is_refused_in_one_line),
		cmocka_unit_test(names_that_are_no_files_are_invalid),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
