/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Lines of a Kconfig file and the words in them: what is below the grammar. A line is joined with
 * those behind a backslash; comments are gone. kconfig.c alone uses this.
 */
#ifndef LIB_PICK_KCONFIG_LINE_H
#define LIB_PICK_KCONFIG_LINE_H

#include <stdbool.h>

#include "base/error.h"
#include "pick/kconfig.h"

enum kconfig_word_kind {
	KWORD_END, /* of the line */
	KWORD_NAME,
	KWORD_TEXT,  /* in quotes, which are gone */
	KWORD_MACRO, /* $(...), which stays as it is */
	KWORD_SIGN,  /* an operator, or any other character */
};

struct kconfig_word {
	enum kconfig_word_kind kind;
	const char *text; /* has no zero byte behind it */
	size_t len;
};

/* A file that is being read. */
struct kconfig_file {
	const struct kconfig_file *parent; /* that sources it */
	const char *path;
	const char *at, *end; /* what is left of it */
	unsigned line;	      /* of the logical line that was last read */
	unsigned next_line;
	const char *text, *text_end; /* what is left of that line */
	struct kconfig_word word;    /* the last that was taken from it */
	struct arena *arena;	     /* for lines that are joined */
};

/* Goes to the next line that is not blank. False at the end of the file. */
bool kconfig_next_line(struct kconfig_file *file);
/* Takes the next word of the line into file->word, and returns its kind. */
enum kconfig_word_kind kconfig_next_word(struct kconfig_file *file);
/* Whether the word last taken is the name, or the operator, TEXT. */
bool kconfig_is(const struct kconfig_file *file, const char *text);
/* A copy of the word last taken; NULL: no memory. */
const char *kconfig_copy_word(const struct kconfig_file *file);
/*
 * Takes the help that follows the line: its lines, up to one that is less indented than the first.
 * Returns where they begin, in the file, and their length.
 */
const char *kconfig_take_help(struct kconfig_file *file, size_t *len);
/* Sets ERR to the text with the file and line in front. Returns -1. */
int kconfig_error(const struct kconfig_file *file, struct error *err, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/*
 * The expression from the word last taken on, up to a word that cannot go on with it. Returns 0, or
 * -1 with ERR set.
 */
int kconfig_expression(struct kconfig_file *file, struct kconfig *kconfig, const struct expr **expr,
		       struct error *err);
/* The symbol of that name, which is made where it is new; NULL: no memory. */
struct pick_symbol *kconfig_symbol(struct kconfig *kconfig, const char *name, size_t len);

#endif
