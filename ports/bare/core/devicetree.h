/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reading a flattened devicetree where it lies (Devicetree Specification 0.4, section 5). Everything is checked against the
 * tree's size: a damaged one ends early, and is never read beyond its end.
 */
#ifndef PORTS_BARE_CORE_DEVICETREE_H
#define PORTS_BARE_CORE_DEVICETREE_H

#include <stdbool.h>
#include <stdint.h>

struct devicetree {
	const uint8_t *start;
	uint32_t struct_at, struct_end;		/* offsets */
	uint32_t strings_at, strings_end;
};

/* Returns whether a devicetree of at most MAX bytes begins at START, which is a multiple of 4. */
bool devicetree_open(struct devicetree *tree, const void *start, uint32_t max);
/* The first node that has COMPATIBLE among its strings, or 0: there is none. */
uint32_t devicetree_find(const struct devicetree *tree, const char *compatible);
/* The node's property NAME, and its length in bytes; NULL: it has none. */
const uint8_t *devicetree_property(const struct devicetree *tree, uint32_t node, const char *name, uint32_t *len);
/* The bytes of all memory that the nodes of device_type "memory" describe; 0: none. */
uint64_t devicetree_memory(const struct devicetree *tree);
/* A big-endian cell of a property. */
uint32_t devicetree_cell(const uint8_t *at);

#endif
