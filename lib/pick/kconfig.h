/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The symbols that a tree's Kconfig files define. All architectures are read together: what only
 * one of them defines depends on that architecture, `ARCH = arm`. Nothing of the tree is run: a
 * `$(shell ...)` or `$(cc-option,...)` stands in expressions as it is written, and counts as y.
 */
#ifndef LIB_PICK_KCONFIG_H
#define LIB_PICK_KCONFIG_H

#include "pick/expr.h"
#include "pick/files.h"
#include "pick/names.h"

enum pick_type {
	PICK_UNKNOWN, /* used, and never defined */
	PICK_BOOL,
	PICK_TRISTATE,
	PICK_INT,
	PICK_HEX,
	PICK_STRING,
};

/* A default, select, imply or prompt, with its `if`. */
struct pick_property {
	struct pick_property *next;
	enum pick_property_kind { PICK_DEFAULT, PICK_SELECT, PICK_IMPLY, PICK_RANGE } kind;
	const struct expr *value;
	const struct expr *condition; /* NULL: always */
};

/* A menu, a choice, or an `if`: what encloses definitions. */
struct pick_menu {
	const struct pick_menu *parent;
	const char *title;	    /* NULL for an `if` */
	const struct expr *depends; /* with those of what encloses it */
	const struct expr *visible; /* likewise */
};

/* One `config NAME` in a file; a symbol may have several. */
struct pick_entry {
	struct pick_entry *next;
	const struct pick_menu *menu;
	const char *file;
	unsigned line;
	const char *prompt; /* or NULL */
	const struct expr *prompt_if;
	const struct expr *depends; /* with those of what encloses it; NULL: none */
	struct pick_property *properties;
	const char *help; /* the text as it is in the file, indented, or NULL */
	size_t help_len;
};

struct pick_symbol {
	const char *name;
	enum pick_type type;
	struct pick_entry *entries, *last_entry;
	const struct expr *selected_by; /* the symbols that select it, each with its condition */
	struct pick_symbol *next;	/* of all, as they were first named */
};

struct kconfig {
	struct arena *arena;
	struct names by_name;
	struct pick_symbol *first, *last;
	size_t defined; /* how many symbols have a definition */
	size_t files;	/* how many files were read, a file read twice counted once */
	struct names seen;
	/* What is odd in the tree and did not stop the reading: FILE:LINE: TEXT. */
	struct strbuf notes;
};

/*
 * Reads the file ROOT ("Kconfig") and all that it sources. ARCH is an architecture (a folder of
 * arch/), or NULL for all of them. Returns 0, or -1 with ERR set, FILE:LINE in front: not the
 * language, a file that includes itself, out of memory.
 */
int kconfig_read(struct kconfig *kconfig, const struct tree_files *files, const char *root,
		 const char *arch, struct arena *arena, struct error *err);
/* The symbol NAME without CONFIG_, or NULL. */
struct pick_symbol *kconfig_find(const struct kconfig *kconfig, const char *name, size_t len);
/* Frees what is not the arena's. */
void kconfig_free(struct kconfig *kconfig);

/* "bool", "tristate", "int", "hex", "string" or "unknown". */
const char *pick_type_name(enum pick_type type);
/* What any of its definitions depends on; NULL: nothing. From ARENA. */
const struct expr *pick_symbol_depends(const struct pick_symbol *symbol, struct arena *arena);
/* The first prompt of its definitions, or NULL. */
const char *pick_symbol_prompt(const struct pick_symbol *symbol);
/* Adds its help without the indentation; nothing where it has none. */
void pick_symbol_help(const struct pick_symbol *symbol, struct strbuf *text);

#endif
