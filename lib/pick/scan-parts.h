/* SPDX-License-Identifier: GPL-2.0-only */
/* What the files that go over sources have of one another. */
#ifndef LIB_PICK_SCAN_PARTS_H
#define LIB_PICK_SCAN_PARTS_H

#include <string.h>

#include "pick/scan.h"

/* A source or header that is gone over. */
struct scan {
	struct scan_source *source;
	struct arena *arena;
	const char *end;
	struct scan_table **last_table;
	struct scan_include **last_include;
	struct scan_define **last_define;
	const char *module_licence;
	unsigned device_tables; /* MODULE_DEVICE_TABLE */
};

static inline bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_';
}

static inline const char *skip_blank(const char *c, const char *end)
{
	while (c < end && (*c == ' ' || *c == '\t'))
		c++;
	return c;
}

static inline bool starts(const char *at, const char *end, const char *with)
{
	size_t len = strlen(with);

	return (size_t)(end - at) >= len && !memcmp(at, with, len);
}

/* The name in an `#include` line, or NULL. */
const char *scan_included(const char *line, const char *end, size_t *len, bool *quotes);
/* Takes the headers that are included at the left margin, those of use. */
void scan_includes(struct scan *s, const char *text);
/* Takes those macros of the source that its tables may use, and those that these use. */
void scan_wanted_macros(struct scan *s, const char *text);
/* Takes all macros of a header that may be of use. */
void scan_all_macros(struct scan *s, const char *text);
/* The bits of the services that a header offers. */
uint64_t scan_services(const char *header, size_t len);

#endif
