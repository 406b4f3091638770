// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Functions' names for backtraces, from the table that the build adds (scripts/symbol-table). */
#include "bare.h"

/* Ascending; after the last function an entry without a name. */
struct symbol {
	uint32_t address;
	uint32_t name; /* bytes from the table's start */
};
extern const struct symbol bare_symbol_table[];

extern const char __text_start[], __text_end[];

const char *bare_symbol(uintptr_t pc, uintptr_t *offset)
{
	const struct symbol *found = NULL;

	if (pc < (uintptr_t)__text_start || pc >= (uintptr_t)__text_end)
		return NULL;
	for (const struct symbol *s = bare_symbol_table; s->name && s->address <= pc; s++)
		found = s;
	if (!found)
		return NULL;
	*offset = pc - found->address;
	return (const char *)bare_symbol_table + found->name;
}
