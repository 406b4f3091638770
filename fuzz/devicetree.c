// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fuzzes the bare port's devicetree reader. What libfdt finds sound must be read alike by both; anything else must not make
 * the reader look beyond the tree.
 */
#include <libfdt.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../ports/bare/core/devicetree.c"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const compatibles[] = { "ferry,blink", "arm,pl061", "simple-bus", "" };
static const char *const names[] = { "reg", "on-ms", "compatible", "#size-cells" };

static void same_property(const struct devicetree *tree, const void *blob, uint32_t node, int libfdt_node)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		int wanted_len = 0;
		uint32_t len = 0;
		const void *wanted = fdt_getprop(blob, libfdt_node, names[i], &wanted_len);
		const uint8_t *got = devicetree_property(tree, node, names[i], &len);

		if ((const void *)got != wanted || (got && len != (uint32_t)wanted_len))
			abort();
	}
}

static void compare(const struct devicetree *tree, const void *blob)
{
	for (size_t i = 0; i < sizeof(compatibles) / sizeof(compatibles[0]); i++) {
		uint32_t node = devicetree_find(tree, compatibles[i]);
		int wanted = fdt_node_offset_by_compatible(blob, -1, compatibles[i]);

		if (!*compatibles[i])
			continue;	/* libfdt's judgement of the empty text differs */
		if ((node != 0) != (wanted >= 0))
			abort();
		if (node)
			same_property(tree, blob, node, wanted);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct devicetree tree;
	uint8_t *blob = malloc(size ? size : 1);	/* of exactly this size: a byte more is noticed */
	uint32_t len;

	if (!blob)
		return 0;
	memcpy(blob, data, size);
	if (devicetree_open(&tree, blob, (uint32_t)size)) {
		uint32_t node = devicetree_find(&tree, "arm,pl061");

		if (node)
			devicetree_property(&tree, node, "reg", &len);
		devicetree_memory(&tree);
		if (!fdt_check_full(blob, size))
			compare(&tree, blob);
	}
	free(blob);
	return 0;
}
