/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Reading a flattened devicetree where it lies (Devicetree Specification 0.4, section 5).
 * Everything is checked against the tree's size: a damaged one ends early, and is never read beyond
 * its end.
 */
#ifndef PORTS_BARE_CORE_DEVICETREE_H
#define PORTS_BARE_CORE_DEVICETREE_H

#include <stdbool.h>
#include <stdint.h>

struct devicetree {
	const uint8_t *start;
	uint32_t struct_at, struct_end; /* offsets */
	uint32_t strings_at, strings_end;
};

/* Returns whether a devicetree of at most MAX bytes begins at START, which is a multiple of 4. */
bool devicetree_open(struct devicetree *tree, const void *start, uint32_t max);

/*
 * A walk over the nodes, in their order, from the root. One that is deeper than DEVICETREE_DEPTH
 * ends it.
 */
#define DEVICETREE_DEPTH 16
struct devicetree_walk {
	const struct devicetree *tree;
	uint32_t node;
	/* the nodes that NODE is in, from the root, and NODE */
	uint32_t path[DEVICETREE_DEPTH];
	unsigned depth; /* how many these are */
	uint32_t next;	/* offset of what is to be looked at next */
};
void devicetree_walk(struct devicetree_walk *walk, const struct devicetree *tree);
/* On to the next node. Returns false: there is none. */
bool devicetree_next(struct devicetree_walk *walk);

/* The first node that has COMPATIBLE among its strings, or 0: there is none. */
uint32_t devicetree_find(const struct devicetree *tree, const char *compatible);
/* The node with that phandle, or 0: there is none. */
uint32_t devicetree_by_phandle(const struct devicetree *tree, uint32_t phandle);

/*
 * The node's child number INDEX, from 0, those that their `status` disables not counted; 0: there
 * are fewer.
 */
uint32_t devicetree_child(const struct devicetree *tree, uint32_t node, unsigned index);

/* The node's property NAME, and its length in bytes; NULL: it has none. */
const uint8_t *devicetree_property(const struct devicetree *tree, uint32_t node, const char *name,
				   uint32_t *len);
/* The node's name with its unit address: "i2c@7e804000"; "" is the root's. */
const char *devicetree_name(const struct devicetree *tree, uint32_t node);
/* A property that is one cell; OTHERWISE: it has none, or not such a one. */
uint32_t devicetree_u32(const struct devicetree *tree, uint32_t node, const char *name,
			uint32_t otherwise);
/* Whether the property NAME, a list of texts, has TEXT. */
bool devicetree_has_text(const struct devicetree *tree, uint32_t node, const char *name,
			 const char *text);

/*
 * Whether neither the node's `status` nor that of one that it is in says that it is not to be used.
 */
bool devicetree_enabled(const struct devicetree_walk *at);
/*
 * The first address of the node's `reg`, as the processor sees it. Returns false: it has none that
 * the processor sees.
 */
bool devicetree_address(const struct devicetree_walk *at, uint64_t *address);
/*
 * The number that a node has on a bus whose addresses are not of memory, such as I2C: its parent
 * says that they have one cell and no size. Returns false: it is on no such bus, or has none.
 */
bool devicetree_number(const struct devicetree_walk *at, uint32_t *value);
/*
 * Window number INDEX, from 0, of the node's `reg`, as the processor sees it, and its size in
 * bytes. Both are set only with DEVICETREE_WINDOW.
 */
enum devicetree_window {
	DEVICETREE_WINDOW,
	DEVICETREE_NO_WINDOW,
	DEVICETREE_UNREACHABLE, /* by the processor */
};
enum devicetree_window devicetree_window(const struct devicetree_walk *at, unsigned index,
					 uint64_t *address, uint64_t *size);
/* The bytes of all memory that the nodes of device_type "memory" describe; 0: none. */
uint64_t devicetree_memory(const struct devicetree *tree);
/* A big-endian cell of a property. */
uint32_t devicetree_cell(const uint8_t *at);

#endif
