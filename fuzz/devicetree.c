// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fuzzes what the bare port reads in a devicetree: a damaged one must not make it look beyond the
 * tree's end, nor go round forever. (libfdt is no judge here: its fdt_check_full itself crashes on
 * some damaged trees.)
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../ports/bare/core/bare-devicetree.c"
#include "../ports/bare/core/bare-tree.c"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_all(const struct devicetree *tree)
{
	static const char *const compatibles[] = { "ferry,blink", "arm,pl061", "simple-bus", "" };
	static const char *const names[] = { "reg", "on-ms", "compatible", "" };

	for (size_t i = 0; i < sizeof(compatibles) / sizeof(compatibles[0]); i++) {
		uint32_t node = devicetree_find(tree, compatibles[i]), len;

		for (size_t j = 0; node && j < sizeof(names) / sizeof(names[0]); j++) {
			const uint8_t *value = devicetree_property(tree, node, names[j], &len);

			/* What it hands out lies within the tree. */
			if (value &&
			    (value < tree->start || value + len > tree->start + tree->struct_end))
				abort();
		}
	}
	devicetree_memory(tree);
}

/*
 * A tree may be made so that each node has to be looked for: the first few nodes tell as much as
 * all.
 */
static void walk_all(const struct devicetree *tree)
{
	struct devicetree_walk at;
	int irqs[4];
	struct tree_pin pin;
	uint64_t address;
	unsigned nodes = 0;

	for (devicetree_walk(&at, tree); nodes < 100 && devicetree_next(&at); nodes++) {
		unsigned count = tree_interrupts(&at, irqs, 4);

		if (at.depth < 1 || at.depth > DEVICETREE_DEPTH ||
		    at.path[at.depth - 1] != at.node || count > 4)
			abort();
		for (unsigned i = 0; i < count; i++)
			if (irqs[i] < 0 || irqs[i] > 1019)
				abort();
		devicetree_enabled(&at);
		devicetree_address(&at, &address);
		tree_pin(tree, at.node, "led", 0, &pin);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct devicetree tree;
	/* of exactly this size: a byte more is noticed */
	uint8_t *blob = malloc(size ? size : 1);

	if (!blob)
		return 0;
	memcpy(blob, data, size);
	if (devicetree_open(&tree, blob, (uint32_t)size)) {
		read_all(&tree);
		walk_all(&tree);
	}
	free(blob);
	return 0;
}
