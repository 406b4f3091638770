// SPDX-License-Identifier: GPL-2.0-only
/*
 * ports/bare/core/bare-property.c: properties, children and references of the board's table and of
 * a devicetree, and which of the two comes first.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include <ferry/clock.h>
#include <ferry/regulator.h>
#include <ferry/reset.h>

#include "../../../ports/bare/core/bare-devicetree.c"
#include "../../../ports/bare/core/bare-property.c"
#include "../../../ports/common/property.c"
#include "../../../ports/bare/core/bare-resource.c"

static int switched = -1;

static int switch_clock(bool on)
{
	switched = on;
	return 0;
}

const struct bare_device bare_devices[] = {
	{
		.name = "table",
		.properties =
			(const struct bare_property[]){
				BARE_FLAG("set"),
				BARE_CELLS("list", BARE_CELL(1), BARE_CELL(0xfffefdfc)),
				BARE_CELLS("wide", BARE_CELL(1), BARE_CELL(2)),
				BARE_TEXT("texts", "one\0two"),
				BARE_TEXT("other", "second"),
				BARE_TEXT("nobody", "third"),
				{ 0 },
			},
		.children =
			(const struct bare_child[]){
				{ .name = "a",
				  .properties =
					  (const struct bare_property[]){
						  BARE_CELLS("number", BARE_CELL(7)), { 0 } } },
				{ .name = "b" },
				{ 0 },
			},
	},
	{
		.name = "second",
		.resources =
			(const struct bare_resource[]){
				{ FY_RESOURCE_CLOCK, "core", 250000000, switch_clock },
				{ FY_RESOURCE_RESET, NULL, 0, NULL },
				{ 0 },
			},
	},
	{ 0 },
};

static uint8_t blob[8192] __attribute__((aligned(8)));
static struct devicetree tree;

const struct devicetree *bare_firmware_tree(void)
{
	return &tree;
}

bool bare_text_equal(const char *a, const char *b)
{
	return !strcmp(a, b);
}

static int open_tree(void **state)
{
	FILE *dtc = popen("dtc -q -I dts -O dtb tests/unit/port/tree.dts", "r");
	uint32_t size;

	assert_non_null(dtc);
	size = (uint32_t)fread(blob, 1, sizeof(blob), dtc);
	assert_int_equal(pclose(dtc), 0);
	assert_true(devicetree_open(&tree, blob, size));
	return 0;
}

static void the_boards_table_has_all_kinds(void **state)
{
	struct fy_device dev = { .node = bare_devices };
	struct fy_reference reference;
	struct fy_node node, child;
	uint32_t list[2], number;
	const char *text;
	uint64_t wide;

	assert_true(fy_property_present(&dev, "set"));
	assert_false(fy_property_present(&dev, "missing"));
	assert_int_equal(fy_property_u32_list(&dev, "list", list, 2), 2);
	assert_int_equal(list[0], 1);
	assert_int_equal(list[1], 0xfffefdfc);
	assert_int_equal(fy_property_u64(&dev, "wide", &wide), 0);
	assert_int_equal(wide, 0x100000002);
	assert_int_equal(fy_property_text(&dev, "texts", 1, &text), 0);
	assert_string_equal(text, "two");
	assert_int_equal(fy_property_text(&dev, "texts", 2, &text), FY_ERR_NOT_FOUND);
	assert_int_equal(fy_property_u32(&dev, "list", &number), FY_ERR_INVALID);
	fy_node_of(&dev, &node);
	assert_int_equal(fy_node_child(&node, 0, &child), 0);
	assert_string_equal(fy_node_name(&child), "a");
	assert_int_equal(fy_node_u32(&child, "number", &number), 0);
	assert_int_equal(number, 7);
	assert_int_equal(fy_node_child(&node, 1, &child), 0);
	assert_int_equal(fy_node_u32(&child, "number", &number), FY_ERR_NOT_FOUND);
	assert_int_equal(fy_node_child(&node, 2, &child), FY_ERR_NOT_FOUND);
	assert_int_equal(fy_node_child(&child, 0, &child), FY_ERR_NOT_FOUND);
	assert_int_equal(fy_node_reference(&node, "other", NULL, 0, &reference), 0);
	assert_string_equal(fy_node_name(&reference.node), "second");
	assert_int_equal(fy_node_reference(&node, "nobody", NULL, 0, &reference), FY_ERR_INVALID);
}

static void a_node_of_the_devicetree_has_them_too(void **state)
{
	struct fy_device dev = { .tree_node = devicetree_find(&tree, "x,settings") };
	struct fy_reference reference;
	struct fy_node node, child;
	uint32_t number;

	fy_node_of(&dev, &node);
	assert_string_equal(fy_node_name(&node), "settings@5");
	/* one of the three children is disabled */
	assert_int_equal(fy_node_child(&node, 0, &child), 0);
	assert_string_equal(fy_node_name(&child), "one");
	assert_int_equal(fy_node_child(&node, 1, &child), 0);
	assert_string_equal(fy_node_name(&child), "three@3");
	assert_int_equal(fy_node_u32(&child, "number", &number), 0);
	assert_int_equal(number, 3);
	assert_int_equal(fy_node_child(&node, 2, &child), FY_ERR_NOT_FOUND);
	assert_int_equal(fy_node_reference(&node, "other", "#other-cells", 0, &reference), 0);
	assert_int_equal(reference.count, 2);
	assert_int_equal(reference.numbers[1], 9);
	assert_int_equal(fy_node_reference(&node, "other", "#other-cells", 1, &reference), 0);
	assert_int_equal(reference.numbers[0], 10);
	assert_string_equal(fy_node_name(&reference.node), "target");
	assert_int_equal(fy_node_reference(&node, "other", "#other-cells", 2, &reference),
			 FY_ERR_NOT_FOUND);
	assert_int_equal(fy_node_reference(&node, "other", "#no-cells", 0, &reference),
			 FY_ERR_INVALID);
	assert_int_equal(fy_node_reference(&node, "cut", "#other-cells", 0, &reference),
			 FY_ERR_INVALID);
}

static void the_devicetree_comes_before_the_table(void **state)
{
	struct fy_device dev = { .node = bare_devices,
				 .tree_node = devicetree_find(&tree, "x,settings") };
	struct fy_node node, child;
	uint32_t list[2];

	assert_int_equal(fy_property_u32_list(&dev, "list", list, 2), 1);
	assert_int_equal(list[0], 5);
	assert_true(fy_property_present(&dev, "set"));
	fy_node_of(&dev, &node);
	assert_int_equal(fy_node_child(&node, 0, &child), 0);
	assert_string_equal(fy_node_name(&child), "one");
	assert_int_equal(fy_node_child(&node, 2, &child), FY_ERR_NOT_FOUND);
}

static void the_table_has_clocks_and_resets(void **state)
{
	struct fy_device dev = { .node = bare_devices + 1 };
	struct fy_clock clock;
	struct fy_reset reset;
	struct fy_regulator supply;

	assert_int_equal(fy_clock_get(&dev, "other", &clock), FY_ERR_NOT_FOUND);
	assert_int_equal(fy_clock_enable(&clock), 0);
	assert_int_equal(switched, -1);
	assert_int_equal(fy_clock_get(&dev, "core", &clock), 0);
	assert_int_equal(fy_clock_rate(&clock), 250000000);
	assert_int_equal(fy_clock_set_rate(&clock, 1), FY_ERR_UNSUPPORTED);
	assert_int_equal(fy_clock_enable(&clock), 0);
	assert_int_equal(fy_clock_enable(&clock), 0);
	assert_int_equal(switched, 1);
	fy_clock_disable(&clock);
	assert_int_equal(switched, 1);
	fy_clock_disable(&clock);
	assert_int_equal(switched, 0);
	assert_int_equal(fy_reset_get(&dev, NULL, &reset), 0);
	assert_int_equal(fy_regulator_get(&dev, "vdd", &supply), FY_ERR_NOT_FOUND);
	assert_int_equal(fy_regulator_voltage(&supply), 0);
}

static void the_devicetree_has_fixed_clocks_and_supplies(void **state)
{
	struct fy_device dev = { .tree_node = devicetree_find(&tree, "x,settings") };
	struct fy_clock clock;
	struct fy_regulator supply;

	assert_int_equal(fy_clock_get(&dev, "second", &clock), 0);
	assert_int_equal(fy_clock_rate(&clock), 12000000);
	assert_int_equal(fy_clock_get(&dev, NULL, &clock), FY_ERR_NOT_FOUND);
	assert_int_equal(fy_clock_get(&dev, "third", &clock), FY_ERR_NOT_FOUND);
	assert_int_equal(fy_regulator_get(&dev, "vdd", &supply), 0);
	assert_int_equal(fy_regulator_voltage(&supply), 3300000);
	assert_int_equal(fy_regulator_set_voltage(&supply, 3000000, 3600000), 0);
	assert_int_equal(fy_regulator_set_voltage(&supply, 1000000, 1200000), FY_ERR_UNSUPPORTED);
	assert_int_equal(fy_regulator_get(&dev, "vio", &supply), FY_ERR_NOT_FOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_boards_table_has_all_kinds),
		cmocka_unit_test(a_node_of_the_devicetree_has_them_too),
		cmocka_unit_test(the_devicetree_comes_before_the_table),
		cmocka_unit_test(the_table_has_clocks_and_resets),
		cmocka_unit_test(the_devicetree_has_fixed_clocks_and_supplies),
	};

	return cmocka_run_group_tests(tests, open_tree, NULL);
}
