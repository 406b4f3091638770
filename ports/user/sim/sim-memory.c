// SPDX-License-Identifier: GPL-2.0-only
/*
 * ferry-sim: memory. A test has no use for one that is out of it. Arrays grow here, not by
 * lib/base: ferry-sim is built in people's projects, too, which have no lib/.
 */
#include <stdio.h>
#include <stdlib.h>

#include "sim.h"

/* What can only fail for want of memory: RC is the contract's. */
void sim_must(int rc)
{
	if (!rc)
		return;
	fputs("ferry-sim: out of memory\n", stderr);
	abort();
}

void *sim_memory(size_t size)
{
	void *memory = calloc(1, size);

	sim_must(memory ? 0 : FY_ERR_NO_MEMORY);
	return memory;
}

void *sim_more(void *where, size_t *room, size_t size)
{
	*room = *room ? 2 * *room : 64;
	where = reallocarray(where, *room, size);
	sim_must(where ? 0 : FY_ERR_NO_MEMORY);
	return where;
}
