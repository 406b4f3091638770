// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * What the firmware passes: a devicetree, or ATAGs ("Booting ARM Linux", section 4) where there is
 * none, or nothing. Then the board's table is all there is.
 */
#include <ferry/app.h>

#include "core.h"

#define ATAG_CORE 0x54410001
#define ATAG_MEM  0x54410002
#define ATAGS_MAX 64
#define PAGE_SIZE 4096u

static struct devicetree tree;
static bool has_tree;
static uint64_t memory_size;

/* A tag is: its size in words, what it is, and its contents. They are in the MAX words at TAG. */
static uint64_t atags_memory(const volatile uint32_t *tag, uint32_t max)
{
	uint64_t total = 0;

	if (max < 2 || tag[1] != ATAG_CORE)
		return 0;
	for (int i = 0; i < ATAGS_MAX && max >= 3 && tag[0] >= 2 && tag[0] <= max; i++) {
		if (tag[1] == ATAG_MEM)
			total += tag[2];
		max -= tag[0];
		tag += tag[0];
	}
	return total;
}

uintptr_t bare_firmware_early(uintptr_t address)
{
	if (address >= PAGE_SIZE)
		return address;
	if (address && address % 4 == 0)
		memory_size = atags_memory((const volatile uint32_t *)address,
					   (PAGE_SIZE - (uint32_t)address) / 4);
	return 0;
}

/*
 * How many bytes of memory there are from ADDRESS to the end of its region; 0: it is not in memory.
 */
static uint32_t readable(uintptr_t address)
{
	for (const struct bare_region *r = bare_regions; r->size; r++)
		if (!r->device && address - r->start < r->size)
			return (uint32_t)(r->size - (address - r->start));
	return 0;
}

void bare_firmware_init(uintptr_t address)
{
	uint32_t max;

	if (!address)
		address = bare_board.devicetree;
	max = address % 4 ? 0 : readable(address);
	has_tree = address && devicetree_open(&tree, (const void *)address, max);
	if (has_tree)
		memory_size = devicetree_memory(&tree);
	else if (address)
		memory_size = atags_memory((const volatile uint32_t *)address, max / 4);
	for (const struct bare_region *r = bare_regions; !memory_size && r->size; r++)
		memory_size = r->device ? 0 : r->size;
}

const struct devicetree *bare_firmware_tree(void)
{
	return has_tree ? &tree : NULL;
}

bool bare_firmware_says(const char *compatible, const char *name, const char *text)
{
	uint32_t node = has_tree ? devicetree_find(&tree, compatible) : 0;

	return node && devicetree_has_text(&tree, node, name, text);
}

uint64_t fy_memory_size(void)
{
	return memory_size;
}

const void *fy_devicetree(void)
{
	return has_tree ? tree.start : NULL;
}
