/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The functions of makefiles that only work on texts and words, and what those share with the
 * others: arguments and their words. make-function.c alone uses this.
 */
#ifndef LIB_PICK_MAKE_WORDS_H
#define LIB_PICK_MAKE_WORDS_H

#include "pick/make.h"

enum { MAKE_ARGS = 12 };

/* The arguments of a call: as they are written, and expanded where that was asked for. */
struct make_args {
	size_t count;
	const char *raw[MAKE_ARGS];
	size_t raw_len[MAKE_ARGS];
	struct strbuf text[MAKE_ARGS];
};

struct make_function {
	const char *name;
	unsigned args;	 /* at most; a comma in the last one is a part of it */
	bool as_written; /* the function expands them itself */
	unsigned parts;	 /* so many of the first become parts of words, which have tags already */
	void (*run)(struct make *make, struct strbuf *out, struct make_args *a);
};

/* The words of an argument, one after the other. */
struct make_words_of {
	const char *at, *end;
	const char *tag, *word;
	size_t tag_len, len; /* LEN is the word's alone */
};

/* The text of an argument that was expanded; "" where there is none. */
const char *make_arg(const struct make_args *a, size_t i);
size_t make_arg_len(const struct make_args *a, size_t i);
struct make_words_of make_words_of(const struct make_args *a, size_t i);
/* Goes to the next word. False: there is none. */
bool make_next(struct make_words_of *w);

/* The functions on texts and words, up to one whose name is NULL. */
extern const struct make_function make_word_functions[];

#endif
