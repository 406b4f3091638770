/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * What the devicetree says of a device, beyond the one number of fy_property_u32(): flags, 64-bit
 * numbers, lists, texts; the node's children; other nodes that it refers to (phandles).
 *
 * Where no devicetree describes the device, the same comes from the board's table (bare port), or
 * from the program's options and the test (user port, ferry-sim). There a reference is a text, the
 * name of another device.
 *
 * Texts and nodes that these calls return are valid until remove, or a probe that failed, returns.
 * Context of all: thread.
 */
#ifndef FERRY_PROPERTY_H
#define FERRY_PROPERTY_H

#include <ferry/driver.h>

/* struct fy_node, by the port: a device's node, or another one. It may be copied. */
#include <ferry/port/node.h>

#define FY_REFERENCE_NUMBERS 8 /* that follow a reference, at most */

/* Whether there is the property NAME, whatever its value: a flag, or an option. */
static inline bool fy_property_present(struct fy_device *dev, const char *name);
/*
 * A number of 64 bits: two cells, the high one first, or one. Returns 0 and sets *VALUE;
 * FY_ERR_NOT_FOUND, and *VALUE stays as it was; FY_ERR_INVALID: it has another length.
 */
static inline int fy_property_u64(struct fy_device *dev, const char *name, uint64_t *value);
/*
 * A list of 32-bit numbers: stores the first MAX of them at VALUES, which may be NULL when MAX is
 * 0. Returns how many the list has, which may be more; FY_ERR_NOT_FOUND; FY_ERR_INVALID: it is no
 * list of cells.
 */
static inline int fy_property_u32_list(struct fy_device *dev, const char *name, uint32_t *values,
				       unsigned max);
/*
 * Text number INDEX, from 0, of a list of texts; a single text has the index 0. Returns 0 and sets
 * *TEXT; FY_ERR_NOT_FOUND: there is no such property, or no such text in it, and *TEXT stays;
 * FY_ERR_INVALID: it is no text.
 */
static inline int fy_property_text(struct fy_device *dev, const char *name, unsigned index,
				   const char **text);

/* ---- Nodes ---- */

/* Sets *NODE to the device's own node. */
static inline void fy_node_of(struct fy_device *dev, struct fy_node *node);
/* The node's name with its address, if it has one: "channel@2". */
static inline const char *fy_node_name(const struct fy_node *node);
/*
 * Sets *CHILD to child number INDEX, from 0, of NODE, in the order of the devicetree; those that it
 * disables do not count. Returns 0, FY_ERR_NOT_FOUND when there are fewer, FY_ERR_NO_MEMORY.
 */
static inline int fy_node_child(const struct fy_node *node, unsigned index, struct fy_node *child);

/* As fy_property_present() and so on, for any node. */
static inline bool fy_node_present(const struct fy_node *node, const char *name);
static inline int fy_node_u32(const struct fy_node *node, const char *name, uint32_t *value);
static inline int fy_node_u64(const struct fy_node *node, const char *name, uint64_t *value);
static inline int fy_node_u32_list(const struct fy_node *node, const char *name, uint32_t *values,
				   unsigned max);
static inline int fy_node_text(const struct fy_node *node, const char *name, unsigned index,
			       const char **text);

/* A reference to another node, and the numbers that follow it: `<&other 3 1>`. */
struct fy_reference {
	struct fy_node node;
	unsigned count;
	uint32_t numbers[FY_REFERENCE_NUMBERS];
};

/*
 * Fills *REFERENCE from reference number INDEX, from 0, of the property NAME. CELLS is the property
 * of the other node that tells how many numbers follow each reference ("#sensor-cells"); NULL: none
 * do. Returns 0; FY_ERR_NOT_FOUND: there is no such property or not so many references in it;
 * FY_ERR_INVALID: it refers to nothing, or more than FY_REFERENCE_NUMBERS numbers follow;
 * FY_ERR_NO_MEMORY.
 */
static inline int fy_node_reference(const struct fy_node *node, const char *name, const char *cells,
				    unsigned index, struct fy_reference *reference);

#include <ferry/port/property.h>

/* ---- The same for every port ---- */

static inline bool fy_property_present(struct fy_device *dev, const char *name)
{
	struct fy_node node;

	fy_node_of(dev, &node);
	return fy_node_present(&node, name);
}

static inline int fy_property_u64(struct fy_device *dev, const char *name, uint64_t *value)
{
	struct fy_node node;

	fy_node_of(dev, &node);
	return fy_node_u64(&node, name, value);
}

static inline int fy_property_u32_list(struct fy_device *dev, const char *name, uint32_t *values,
				       unsigned max)
{
	struct fy_node node;

	fy_node_of(dev, &node);
	return fy_node_u32_list(&node, name, values, max);
}

static inline int fy_property_text(struct fy_device *dev, const char *name, unsigned index,
				   const char **text)
{
	struct fy_node node;

	fy_node_of(dev, &node);
	return fy_node_text(&node, name, index, text);
}

#endif
