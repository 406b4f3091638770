// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the firmware tells: a devicetree, or ATAGs ("Booting ARM Linux", section 4) where there is none, or nothing. Then the
 * board's table is all there is.
 */
#include <ferry/app.h>

#include "core.h"
#include "devicetree.h"

#define ATAG_CORE 0x54410001
#define ATAG_MEM  0x54410002
#define ATAGS_MAX 64

static struct devicetree tree;
static bool has_tree;
static uint64_t memory_size;

/* How many bytes of memory there are from ADDRESS to the end of its region; 0: it is not in memory. */
static uint32_t readable(uintptr_t address)
{
	for (const struct bare_region *r = bare_regions; r->size; r++)
		if (!r->device && address - r->start < r->size)
			return (uint32_t)(r->size - (address - r->start));
	return 0;
}

/* A tag is: its size in words, what it is, and its contents. */
static uint64_t atags_memory(const uint32_t *tag)
{
	uint64_t total = 0;

	if (tag[1] != ATAG_CORE)
		return 0;
	for (int i = 0; i < ATAGS_MAX && tag[0] >= 2 && tag[0] < ATAGS_MAX; i++, tag += tag[0])
		if (tag[1] == ATAG_MEM)
			total += tag[2];
	return total;
}

void bare_firmware_init(uintptr_t address)
{
	uint32_t max = address % 4 ? 0 : readable(address);

	if (address && devicetree_open(&tree, (const void *)address, max)) {
		has_tree = true;
		memory_size = devicetree_memory(&tree);
	} else if (address && max >= ATAGS_MAX * ATAGS_MAX * sizeof(uint32_t)) {
		memory_size = atags_memory((const uint32_t *)address);
	}
	for (const struct bare_region *r = bare_regions; !memory_size && r->size; r++)
		memory_size = r->device ? 0 : r->size;
}

int bare_firmware_property(const char *compatible, const char *name, uint32_t *value)
{
	uint32_t node = has_tree ? devicetree_find(&tree, compatible) : 0, len;
	const uint8_t *found = node ? devicetree_property(&tree, node, name, &len) : NULL;

	if (!found)
		return FY_ERR_NOT_FOUND;
	if (len != sizeof(*value))
		return FY_ERR_INVALID;
	*value = devicetree_cell(found);
	return 0;
}

uint64_t fy_memory_size(void)
{
	return memory_size;
}

const void *fy_devicetree(void)
{
	return has_tree ? tree.start : NULL;
}
