// SPDX-License-Identifier: GPL-2.0-only
/*
 * ports/bare/core/bare-devicetree.c finds memory, nodes and properties of a tree that dtc made, the
 * one in the fuzzer's corpus; one that is cut off is none.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>

#include "../../../ports/bare/core/bare-devicetree.c"

static uint8_t blob[4096] __attribute__((aligned(8)));
static uint32_t blob_size;

static int read_blob(void **state)
{
	FILE *file = fopen("fuzz/corpus/devicetree/board.dtb", "rb");

	assert_non_null(file);
	blob_size = (uint32_t)fread(blob, 1, sizeof(blob), file);
	assert_int_equal(fclose(file), 0);
	return 0;
}

static void all_memory_nodes_rows_are_added(void **state)
{
	struct devicetree tree;

	assert_true(devicetree_open(&tree, blob, blob_size));
	assert_int_equal(devicetree_memory(&tree), 0x3b400000ull + 0x80000000ull);
}

static void a_node_is_found_by_any_of_its_strings(void **state)
{
	struct devicetree tree;
	const uint8_t *reg;
	uint32_t len = 0, node;

	assert_true(devicetree_open(&tree, blob, blob_size));
	node = devicetree_find(&tree, "arm,pl061");
	assert_int_not_equal(node, 0);
	assert_int_equal(devicetree_find(&tree, "brcm,x"), node);
	assert_int_equal(devicetree_find(&tree, "brcm,"), 0);
	reg = devicetree_property(&tree, node, "reg", &len);
	assert_non_null(reg);
	assert_int_equal(len, 16);
	assert_int_equal(devicetree_cell(reg + 4), 1);
	assert_int_equal(devicetree_cell(reg + 12), 2);
}

static void a_property_of_a_child_is_not_the_nodes(void **state)
{
	struct devicetree tree;
	uint32_t len;

	assert_true(devicetree_open(&tree, blob, blob_size));
	assert_null(
		devicetree_property(&tree, devicetree_find(&tree, "simple-bus"), "on-ms", &len));
	assert_non_null(
		devicetree_property(&tree, devicetree_find(&tree, "ferry,blink"), "on-ms", &len));
}

static void a_tree_that_is_cut_off_is_none(void **state)
{
	struct devicetree tree;

	assert_false(devicetree_open(&tree, blob, blob_size - 1));
	assert_false(devicetree_open(&tree, blob, 8));
	assert_false(devicetree_open(&tree, blob + 4, blob_size - 4));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_memory_nodes_rows_are_added),
		cmocka_unit_test(a_node_is_found_by_any_of_its_strings),
		cmocka_unit_test(a_property_of_a_child_is_not_the_nodes),
		cmocka_unit_test(a_tree_that_is_cut_off_is_none),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, read_blob, NULL);
}
