// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * Memory that devices' states, streams' sessions and the app are given, for good, from one block.
 * It is cleared when it is given, not with bss at the start, before the caches are on.
 */
#include <ferry/app.h>

#include "core.h"

#ifndef BARE_MEMORY_SIZE
#define BARE_MEMORY_SIZE (256 * 1024)
#endif
#define ALIGNMENT 64 /* a cache line of any of the processors */

static unsigned char block[BARE_MEMORY_SIZE] __attribute__((aligned(ALIGNMENT), section(".unset")));
static size_t used;

void *bare_memory(size_t size)
{
	unsigned char *start = block + used;

	if (size > sizeof(block) - used)
		return NULL;
	used += (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	return __builtin_memset(start, 0, size);
}

void *fy_memory(size_t size)
{
	return bare_memory(size);
}
