// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Class memory: those that drivers offer, for the app. */
#include <ferry/app-memory.h>

#include "core.h"

enum { LINE = 16 };

struct fy_memory *fy_memory_find(const char *name)
{
	return (struct fy_memory *)bare_offer_find(name, FY_OFFER_MEMORY);
}

int fy_memory_print(const char *name, uint64_t offset, size_t len)
{
	uint8_t line[LINE];

	while (len) {
		const size_t n = len < LINE ? len : LINE;
		int rc = fy_memory_read(name, offset, line, n);

		if (rc)
			return rc;
		fy_print("%08llx:", (unsigned long long)offset);
		for (size_t i = 0; i < n; i++)
			fy_print(" %02x", line[i]);
		fy_print("\n");
		offset += n;
		len -= n;
	}
	return 0;
}
