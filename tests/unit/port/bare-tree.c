// SPDX-License-Identifier: GPL-2.0-only
/*
 * ports/bare/core/bare-tree.c finds addresses through buses, interrupts, pins and what is turned
 * off, as Linux would; on tree.dts.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>

#include "../../../ports/bare/core/bare-devicetree.c"
#include "../../../ports/bare/core/bare-tree.c"

static uint8_t blob[8192] __attribute__((aligned(8)));
static struct devicetree tree;

static int compile(void **state)
{
	FILE *dtc = popen("dtc -q -I dts -O dtb tests/unit/port/tree.dts", "r");
	uint32_t size;

	assert_non_null(dtc);
	size = (uint32_t)fread(blob, 1, sizeof(blob), dtc);
	assert_int_equal(pclose(dtc), 0);
	assert_true(devicetree_open(&tree, blob, size));
	return 0;
}

static struct devicetree_walk node(const char *compatible)
{
	struct devicetree_walk at;

	for (devicetree_walk(&at, &tree); devicetree_next(&at);)
		if (devicetree_has_text(&tree, at.node, "compatible", compatible))
			return at;
	fail_msg("no node %s", compatible);
	return at;
}

/* 0: it has none. */
static uint64_t address(const char *compatible)
{
	struct devicetree_walk at = node(compatible);
	uint64_t value;

	return devicetree_address(&at, &value) ? value : 0;
}

static void an_address_goes_through_the_buses(void **state)
{
	assert_int_equal(address("arm,gic-400"), 0xff840000);
	assert_int_equal(address("x,gpio"), 0x1fe200000);
	assert_int_equal(address("x,deep"), 0xfc001080);
	assert_int_equal(address("x,identity"), 0x1fe000010);
}

static void one_that_no_bus_passes_on_is_none(void **state)
{
	assert_int_equal(address("x,beyond"), 0);
	assert_int_equal(address("x,chip"), 0);
	assert_int_equal(address("x,user"), 0);
}

static void a_walk_comes_to_each_node_once(void **state)
{
	struct devicetree_walk at;
	unsigned nodes = 0, deepest = 0;

	for (devicetree_walk(&at, &tree); devicetree_next(&at); nodes++)
		deepest = at.depth > deepest ? at.depth : deepest;
	assert_int_equal(nodes, 24);
	assert_int_equal(deepest, 4);
	assert_false(devicetree_next(&at));
}

static void nodes_have_a_phandle_or_none(void **state)
{
	assert_int_equal(devicetree_by_phandle(&tree, 0x1234), node("x,gpio").node);
	assert_int_equal(devicetree_by_phandle(&tree, 0x4711), 0);
	assert_int_equal(devicetree_by_phandle(&tree, 0), 0);
}

static bool enabled(const char *compatible)
{
	struct devicetree_walk at = node(compatible);

	return devicetree_enabled(&at);
}

static void a_node_in_one_that_is_off_is_off(void **state)
{
	assert_true(enabled("x,gpio"));
	assert_true(enabled("x,user"));
	assert_false(enabled("x,off"));
	assert_false(enabled("x,chip"));
}

static void interrupts_have_the_controller_s_numbers(void **state)
{
	struct devicetree_walk at = node("x,gpio");
	int irqs[4] = { 0 };

	assert_int_equal(tree_interrupts(&at, irqs, 4), 4);
	assert_int_equal(irqs[0], 32 + 113);
	assert_int_equal(irqs[1], 16 + 11);
	assert_int_equal(irqs[3], 32 + 6);
	at = node("x,deep");
	assert_int_equal(tree_interrupts(&at, irqs, 4), 3);
	assert_int_equal(irqs[0], 64 + 7);
	assert_int_equal(irqs[1], 31);
	assert_int_equal(irqs[2], 32);
	at = node("x,identity");
	assert_int_equal(tree_interrupts(&at, irqs, 4), 1);
	assert_int_equal(irqs[0], 96 + 3);
}

static void one_of_a_controller_that_is_not_known_is_none(void **state)
{
	struct devicetree_walk at = node("x,chip");
	int irqs[4] = { 0 };

	assert_int_equal(tree_interrupts(&at, irqs, 4), 0);
	at = node("x,user");
	assert_int_equal(tree_interrupts(&at, irqs, 4), 0);
	assert_int_equal(irqs[0], 0);
}

static void a_pin_is_a_controller_a_number_and_a_sense(void **state)
{
	uint32_t user = node("x,user").node;
	struct tree_pin pin;

	assert_int_equal(tree_pin(&tree, user, "led", 0, &pin), 0);
	assert_int_equal(pin.controller, node("x,gpio").node);
	assert_int_equal(pin.pin, 47);
	assert_true(pin.active_low);
	assert_int_equal(tree_pin(&tree, user, "button", 0, &pin), 0);
	assert_int_equal(pin.pin, 3);
	assert_false(pin.active_low);
	assert_int_equal(pin.flags, 0);
}

static void a_property_may_have_several_pins(void **state)
{
	struct tree_pin pin;

	assert_int_equal(tree_pin(&tree, node("x,user").node, "two", 1, &pin), 0);
	assert_int_equal(pin.pin, 4);
	assert_int_equal(tree_pin(&tree, node("x,user").node, "two", 2, &pin), FY_ERR_NOT_FOUND);
	assert_int_equal(tree_pin(&tree, node("x,user").node, "half", 0, &pin), FY_ERR_INVALID);
}

static void a_pin_s_flags_say_how_it_drives_and_pulls(void **state)
{
	static const struct {
		const char *function;
		unsigned flags;
	} pins[] = {
		{ "pulled", FY_GPIO_PULL_UP },
		{ "drain", FY_GPIO_OPEN_DRAIN | FY_GPIO_PULL_DOWN },
		{ "source", FY_GPIO_OPEN_SOURCE | FY_GPIO_NO_PULL },
	};
	struct tree_pin pin;

	for (size_t i = 0; i < sizeof(pins) / sizeof(pins[0]); i++) {
		assert_int_equal(tree_pin(&tree, node("x,user").node, pins[i].function, 0, &pin),
				 0);
		assert_int_equal(pin.flags, pins[i].flags);
	}
}

static void what_is_no_pin_is_an_error(void **state)
{
	static const struct {
		const char *function;
		int error;
	} wrong[] = {
		{ "none", FY_ERR_NOT_FOUND },
		{ "a-name-that-is-longer-than-any-property-may-be", FY_ERR_NOT_FOUND },
		{ "nobody", FY_ERR_INVALID },
		{ "zero", FY_ERR_INVALID },
		{ "wrong", FY_ERR_INVALID },
	};
	struct tree_pin pin;

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_int_equal(tree_pin(&tree, node("x,user").node, wrong[i].function, 0, &pin),
				 wrong[i].error);
}

static void each_window_of_a_node_is_found(void **state)
{
	struct devicetree_walk at = node("x,gpio");
	uint64_t start = 1, size = 1;

	assert_int_equal(devicetree_window(&at, 0, &start, &size), DEVICETREE_WINDOW);
	assert_int_equal(start, 0x1fe200000);
	assert_int_equal(size, 0xb4);
	assert_int_equal(devicetree_window(&at, 1, &start, &size), DEVICETREE_WINDOW);
	assert_int_equal(start, 0x1fe201000);
	assert_int_equal(size, 0x10);
	/* no range of the bus has it */
	assert_int_equal(devicetree_window(&at, 2, &start, &size), DEVICETREE_UNREACHABLE);
	assert_int_equal(start, 0x1fe201000);
	assert_int_equal(devicetree_window(&at, 3, &start, &size), DEVICETREE_NO_WINDOW);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_address_goes_through_the_buses),
		cmocka_unit_test(one_that_no_bus_passes_on_is_none),
		cmocka_unit_test(a_walk_comes_to_each_node_once),
		cmocka_unit_test(nodes_have_a_phandle_or_none),
		cmocka_unit_test(a_node_in_one_that_is_off_is_off),
		cmocka_unit_test(interrupts_have_the_controller_s_numbers),
		cmocka_unit_test(one_of_a_controller_that_is_not_known_is_none),
		cmocka_unit_test(a_pin_is_a_controller_a_number_and_a_sense),
		cmocka_unit_test(a_property_may_have_several_pins),
		cmocka_unit_test(a_pin_s_flags_say_how_it_drives_and_pulls),
		cmocka_unit_test(each_window_of_a_node_is_found),
		cmocka_unit_test(what_is_no_pin_is_an_error),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, compile, NULL);
}
