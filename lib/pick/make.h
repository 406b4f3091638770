/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Makefiles of a kernel tree, read as GNU make would read them with every symbol set to its own
 * name: CONFIG_X is `@X`, so that `obj-$(CONFIG_X)` becomes the variable `obj-@X`. Only variables
 * are looked at; rules are passed over, and nothing is run.
 *
 * Where an `ifeq` depends on a symbol, or on what is not known here, both branches are read, and
 * what they add remembers its condition: each word of a value may have a tag in front, a byte 1 and
 * four that number the condition. The functions of make-function.c carry tags along.
 */
#ifndef LIB_PICK_MAKE_H
#define LIB_PICK_MAKE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "pick/arena.h"
#include "pick/files.h"
#include "pick/kconfig.h"
#include "pick/names.h"

enum { MAKE_CONDITION_SYMBOLS = 4 };

/* What must hold for a word: this, and `outer`, and `also`. */
struct make_condition {
	const struct make_condition *outer, *also;
	const char *text; /* as in the makefile, `$(CONFIG_X) = y`; or NULL: only outer and also */
	bool negated;	  /* it must not hold */
	bool taken;	  /* make, with @X for each symbol, comes here */
	/* Symbols that must be set for it, the first ones. */
	struct pick_symbol *symbol[MAKE_CONDITION_SYMBOLS];
	uint16_t id;
};

struct make_segment {
	struct make_segment *next;
	const char *text;
	size_t len;
	uint16_t condition; /* 0: none */
};

struct make_variable {
	struct make_variable *next; /* of all, as they were first set */
	const char *name;
	size_t name_len;
	struct make_segment *first, *last;
	struct make_variable *choices; /* of NAME-y: the first NAME-@X */
	struct make_variable *next_choice;
	bool simple;  /* was set by :=, its text is expanded already */
	bool preset;  /* by make_set(), not by a makefile */
	bool visited; /* is being expanded */
};

struct make_binding {
	const struct make_binding *outer;
	const char *name, *value;
	size_t name_len, value_len;
};

struct make {
	const struct tree_files *files;
	const struct kconfig *kconfig;
	struct arena *keep;  /* for conditions */
	struct arena *arena; /* for all that the next make_begin() forgets */
	struct error *err;
	struct names variables;
	struct make_variable *first, *last;
	const struct make_condition **conditions; /* by id */
	size_t condition_count;
	const struct make_binding *bindings; /* of $(call) and $(foreach) */
	size_t budget;			     /* bytes that may still be expanded */
	unsigned depth, included, includes;
	bool symbolic;	  /* what was expanded depends on a symbol, or on what is not known */
	bool failed;	  /* err is set */
	const char *path; /* the makefile that is being read, and where */
	unsigned line;
	/* What expansion asks of the files above it: a function, and the lines of an $(eval). */
	bool (*function)(struct make *make, struct strbuf *out, const char *name, size_t name_len,
			 const char *args, size_t len);
	void (*lines)(struct make *make, const char *text, size_t len, uint16_t condition);
};

/* A word of a value. CONDITION is NULL where nothing must hold for it. */
typedef void make_word_fn(void *arg, const char *word, size_t len,
			  const struct make_condition *condition);

/* Forgets all variables. The arena that they came from may be freed then. */
void make_begin(struct make *make);
/* Sets a variable that makefiles find: srctree, src. Returns 0, or -1: no memory. */
int make_set(struct make *make, const char *name, const char *value);
/*
 * Reads the makefile PATH. Returns 1; 0: there is none; or -1 with make->err set: not readable, not
 * a makefile, includes itself, expands without end.
 */
int make_read(struct make *make, const char *path);
/* The variable of that name, or NULL. */
struct make_variable *make_variable(const struct make *make, const char *name, size_t len);
/* Calls WORD for each word of the variable's value. Returns 0, or -1 with make->err set. */
int make_words(struct make *make, struct make_variable *variable, make_word_fn *word, void *arg);
/* Frees what is not the arenas'. */
void make_free(struct make *make);

/* --- Between the files of the evaluator --- */

enum {
	MAKE_TAG = 1,	   /* opens a tag */
	MAKE_TAG_LEN = 5,  /* bytes of one, the first counted */
	MAKE_DIGIT = 0x10, /* the first of the 16 bytes that a tag's number is written with */
};

/* Expands TEXT and adds the result. After a failure it adds nothing. */
void make_expand(struct make *make, struct strbuf *out, const char *text, size_t len);
/* Does the function NAME, ARGS behind it; false where there is none of that name. */
bool make_function(struct make *make, struct strbuf *out, const char *name, size_t name_len,
		   const char *args, size_t len);
/* Adds the value of a variable. GLUED: it is a part of a word. */
void make_value(struct make *make, struct strbuf *out, const char *name, size_t len, bool glued);
/* Sets or adds to a variable; OPERATOR is '=', ':', '+' or '?'. */
void make_assign(struct make *make, const char *name, size_t name_len, char operator,
		 const char * text, size_t len, uint16_t condition);
/* The condition that both A and B hold; 0: none. */
uint16_t make_both(struct make *make, uint16_t a, uint16_t b);
/* A condition within OUTER. TEXT is kept. 0 where there is no room for it: make->failed is set. */
uint16_t make_condition(struct make *make, uint16_t outer, const char *text, bool positive,
			bool negated, bool taken);
/* Takes the next word of [*AT, END): its start, and its length in *LEN; NULL: no more. */
const char *make_next_word(const char **at, const char *end, size_t *len);
/* The length of the tag at WORD: 0 or MAKE_TAG_LEN. */
static inline size_t make_tag(const char *word, size_t len)
{
	return len >= MAKE_TAG_LEN && *word == MAKE_TAG ? MAKE_TAG_LEN : 0;
}
/* Removes all tags from a text, in place. */
void make_untag(struct strbuf *text);
/* The same, and returns the condition of all of them together; 0: there were none. */
uint16_t make_take_tags(struct make *make, struct strbuf *text);
/* Sets make->err, with the makefile and line in front, unless it is set; sets make->failed. */
void make_fail(struct make *make, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
