/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * As much of the C preprocessor as tables of devices need: macros with and without parameters,
 * `##`, numbers, and texts in quotes. Conditions of the preprocessor are not evaluated: all that a
 * source has is taken.
 */
#ifndef LIB_PICK_MACRO_H
#define LIB_PICK_MACRO_H

#include <stdbool.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "pick/ids.h"

enum {
	MACRO_DEPTH = 24,	  /* macros in macros */
	MACRO_LENGTH = 256 << 10, /* bytes that one may become */
};

struct macros {
	const struct scan_source *source;
	const char *folder, *module;
	struct headers *headers;
	struct names own; /* the source's macros; its own arena's and the stack's */
	size_t budget;	  /* bytes that may still be made */
	bool failed;	  /* no memory */
};

int macros_open(struct macros *macros, const struct scan_source *source, const char *folder,
		const char *module, struct headers *headers);
void macros_close(struct macros *macros);
/* The macro of that name, or NULL. */
const struct scan_define *macro_find(struct macros *macros, const char *name, size_t len);
/* What the file that a table includes has, without comments; NULL: it is not there. */
const char *macro_included(struct macros *macros, const char *name, size_t len, size_t *text_len);
/* Calls FOUND for each table of the headers that the source includes itself. */
void macro_tables(struct macros *macros, void (*found)(void *arg, const struct scan_table *table),
		  void *arg);
/*
 * Adds what NAME(ARGS) becomes, one step. ARGS is NULL for a macro that is used without. False:
 * there is no such macro, or it takes other arguments.
 */
bool macro_expand(struct macros *macros, struct strbuf *out, const char *name, size_t name_len,
		  const char *args, size_t args_len);
/* The value of an expression of numbers and macros. False: it is none. */
bool macro_number(struct macros *macros, const char *text, size_t len, uint64_t *value);
/* Adds the text of string literals and macros that are such. False: it is none. */
bool macro_text(struct macros *macros, const char *text, size_t len, struct strbuf *out);

/*
 * Takes the next of the parts of [*AT, END) that commas separate, outside brackets and quotes,
 * without blanks around it. False: no more.
 */
bool macro_part(const char **at, const char *end, const char **part, size_t *len);

#endif
