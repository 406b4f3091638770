/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Kconfig's expressions: symbols and constants with &&, ||, !, = and the other comparisons. A value
 * is n, m or y, which are 0, 1 and 2; && is the lesser, || the greater of two.
 */
#ifndef LIB_PICK_EXPR_H
#define LIB_PICK_EXPR_H

#include <stdbool.h>

#include "base/strbuf.h"
#include "pick/arena.h"

struct pick_symbol;

enum expr_op {
	EXPR_SYMBOL,
	EXPR_CONSTANT, /* "y", 16, or a $(macro ...) of the tree, which is not run and taken as y */
	EXPR_NOT,
	EXPR_AND,
	EXPR_OR,
	EXPR_EQUAL,
	EXPR_UNEQUAL,
	EXPR_LESS,
	EXPR_LESS_EQUAL,
	EXPR_GREATER,
	EXPR_GREATER_EQUAL,
};

/* An expression that is NULL is always y. */
struct expr {
	enum expr_op op;
	union {
		struct pick_symbol *symbol;
		const char *constant;
		const struct expr *left; /* the only operand of NOT */
	};
	const struct expr *right;
};

/*
 * New expressions, from ARENA, or NULL without memory. AND and OR take NULL, which is y, and leave
 * out what is said twice.
 */
const struct expr *expr_symbol(struct arena *arena, struct pick_symbol *symbol);
const struct expr *expr_constant(struct arena *arena, const char *text);
const struct expr *expr_not(struct arena *arena, const struct expr *operand);
const struct expr *expr_and(struct arena *arena, const struct expr *a, const struct expr *b);
const struct expr *expr_or(struct arena *arena, const struct expr *a, const struct expr *b);

/* What symbols are set to: a text such as "y", "m", "n", "16". NULL: not set, which counts as n. */
struct expr_values {
	const char *(*value)(const struct expr_values *values, const struct pick_symbol *symbol);
};

/* 0, 1 or 2. */
int expr_value(const struct expr *expr, const struct expr_values *values);
/* Adds EXPR as Kconfig would write it, without needless parentheses. */
void expr_print(struct strbuf *text, const struct expr *expr);
/*
 * Adds what keeps EXPR from being y (or, with MODULE, from being m at least): the parts of it that
 * must change, joined by " && ". Adds nothing where it is.
 */
void expr_print_missing(struct strbuf *text, const struct expr *expr,
			const struct expr_values *values, bool module);
/* Whether SYMBOL is anywhere in EXPR. */
bool expr_uses(const struct expr *expr, const struct pick_symbol *symbol);

#endif
