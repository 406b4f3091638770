// SPDX-License-Identifier: GPL-2.0-only
/* Kconfig symbols: found, made, and what is asked of one, whose definitions may be several. */
#include <string.h>

#include "pick/kconfig-line.h"
#include "pick/kconfig.h"

struct pick_symbol *kconfig_find(const struct kconfig *kconfig, const char *name, size_t len)
{
	return names_find(&kconfig->by_name, name, len);
}

struct pick_symbol *kconfig_symbol(struct kconfig *kconfig, const char *name, size_t len)
{
	struct pick_symbol *symbol = kconfig_find(kconfig, name, len);
	void **place;

	if (symbol)
		return symbol;
	symbol = arena_alloc(kconfig->arena, sizeof(*symbol));
	if (!symbol)
		return NULL;
	symbol->name = arena_copy(kconfig->arena, name, len);
	place = symbol->name ? names_add(&kconfig->by_name, symbol->name, len) : NULL;
	if (!place) {
		kconfig->arena->failed = true;
		return NULL;
	}
	*place = symbol;
	if (kconfig->last)
		kconfig->last->next = symbol;
	else
		kconfig->first = symbol;
	kconfig->last = symbol;
	return symbol;
}

const char *pick_type_name(enum pick_type type)
{
	static const char *const name[] = { "unknown", "bool", "tristate", "int", "hex", "string" };

	return name[type];
}

const struct expr *pick_symbol_depends(const struct pick_symbol *symbol, struct arena *arena)
{
	const struct expr *depends = NULL;

	for (const struct pick_entry *entry = symbol->entries; entry; entry = entry->next) {
		if (!entry->depends)
			return NULL;
		depends = depends ? expr_or(arena, depends, entry->depends) : entry->depends;
	}
	return depends;
}

const char *pick_symbol_prompt(const struct pick_symbol *symbol)
{
	for (const struct pick_entry *entry = symbol->entries; entry; entry = entry->next)
		if (entry->prompt)
			return entry->prompt;
	return NULL;
}

static unsigned indent_of(const char *line, const char *end)
{
	unsigned column = 0;

	for (; line < end && (*line == ' ' || *line == '\t' || *line == '\r'); line++)
		column = *line == '\t' ? (column | 7) + 1 : column + 1;
	return line < end ? column : 0;
}

void pick_symbol_help(const struct pick_symbol *symbol, struct strbuf *text)
{
	const struct pick_entry *entry = symbol->entries;
	const char *line, *end;
	unsigned indent = 0;

	while (entry && !entry->help_len)
		entry = entry->next;
	if (!entry)
		return;
	line = entry->help;
	end = line + entry->help_len;
	while (line < end) {
		const char *newline = memchr(line, '\n', (size_t)(end - line));
		const char *line_end = newline ? newline : end;
		unsigned column = 0;

		if (!indent)
			indent = indent_of(line, line_end);
		while (line < line_end && column < indent && (*line == ' ' || *line == '\t'))
			column = *line++ == '\t' ? (column | 7) + 1 : column + 1;
		for (; column > indent; column--)
			strbuf_puts(text, " ");
		while (line_end > line && (line_end[-1] == ' ' || line_end[-1] == '\r'))
			line_end--;
		strbuf_add(text, line, (size_t)(line_end - line));
		strbuf_puts(text, "\n");
		line = newline ? newline + 1 : end;
	}
}
