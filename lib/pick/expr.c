// SPDX-License-Identifier: GPL-2.0-only
/*
 * Kconfig's expressions: made, evaluated, printed. Recursion is bounded by who makes them: a parser
 * allows so many parentheses, and chains of && and || lean to the left and are walked in loops.
 */
#include "pick/expr.h"

#include <stdlib.h>
#include <string.h>

#include "pick/kconfig.h"

static struct expr *make(struct arena *arena, enum expr_op op)
{
	struct expr *expr = arena_alloc(arena, sizeof(*expr));

	if (expr)
		expr->op = op;
	return expr;
}

const struct expr *expr_symbol(struct arena *arena, struct pick_symbol *symbol)
{
	struct expr *expr = make(arena, EXPR_SYMBOL);

	if (expr)
		expr->symbol = symbol;
	return expr;
}

const struct expr *expr_constant(struct arena *arena, const char *text)
{
	struct expr *expr = make(arena, EXPR_CONSTANT);

	if (expr)
		expr->constant = text;
	return expr;
}

const struct expr *expr_not(struct arena *arena, const struct expr *operand)
{
	struct expr *expr = make(arena, EXPR_NOT);

	if (expr)
		expr->left = operand;
	return expr;
}

static const struct expr *pair(struct arena *arena, enum expr_op op, const struct expr *a,
			       const struct expr *b)
{
	struct expr *expr = make(arena, op);

	if (!expr)
		return NULL;
	expr->left = a;
	expr->right = b;
	return expr;
}

static bool is_same(const struct expr *a, const struct expr *b)
{
	return a == b || (a->op == EXPR_SYMBOL && b->op == EXPR_SYMBOL && a->symbol == b->symbol);
}

const struct expr *expr_and(struct arena *arena, const struct expr *a, const struct expr *b)
{
	if (!a || !b)
		return a ? a : b;
	/* What an enclosing `if` or menu says already is often said again. */
	for (const struct expr *part = a;; part = part->left) {
		if (is_same(part->op == EXPR_AND ? part->right : part, b))
			return a;
		if (part->op != EXPR_AND)
			break;
	}
	return pair(arena, EXPR_AND, a, b);
}

const struct expr *expr_or(struct arena *arena, const struct expr *a, const struct expr *b)
{
	if (!a || !b)
		return NULL;
	if (is_same(a, b))
		return a;
	return pair(arena, EXPR_OR, a, b);
}

/* --- Values --- */

static int tristate_of(const char *value)
{
	if (!value)
		return 0;
	if (!strcmp(value, "y") || value[0] == '$')
		return 2;
	return !strcmp(value, "m");
}

static const char *text_of(const struct expr *expr, const struct expr_values *values)
{
	const char *text = NULL;

	if (expr->op == EXPR_CONSTANT)
		return expr->constant;
	if (expr->op == EXPR_SYMBOL)
		text = values->value(values, expr->symbol);
	if (text)
		return text;
	/* A symbol that nothing defines stands for its own name, as in `SRCARCH = arm`. */
	if (expr->op == EXPR_SYMBOL && expr->symbol->type == PICK_UNKNOWN)
		return expr->symbol->name;
	if (expr->op == EXPR_SYMBOL && expr->symbol->type != PICK_BOOL &&
	    expr->symbol->type != PICK_TRISTATE)
		return "";
	return "n";
}

static int compare(const struct expr *expr, const struct expr_values *values)
{
	const char *a = text_of(expr->left, values), *b = text_of(expr->right, values);
	char *end_a, *end_b;
	long long number_a = strtoll(a, &end_a, 0), number_b = strtoll(b, &end_b, 0);
	int order = strcmp(a, b);

	if (*a && *b && !*end_a && !*end_b)
		order = (number_a > number_b) - (number_a < number_b);
	switch (expr->op) {
	case EXPR_EQUAL:
		return order == 0;
	case EXPR_UNEQUAL:
		return order != 0;
	case EXPR_LESS:
		return order < 0;
	case EXPR_LESS_EQUAL:
		return order <= 0;
	case EXPR_GREATER:
		return order > 0;
	default:
		return order >= 0;
	}
}

int expr_value(const struct expr *expr, const struct expr_values *values)
{
	enum expr_op chain;
	int value, result;

	if (!expr)
		return 2;
	switch (expr->op) {
	case EXPR_SYMBOL:
		return tristate_of(values->value(values, expr->symbol));
	case EXPR_CONSTANT:
		return tristate_of(expr->constant);
	case EXPR_NOT:
		return 2 - expr_value(expr->left, values);
	case EXPR_AND:
	case EXPR_OR:
		chain = expr->op;
		result = expr_value(expr->right, values);
		for (expr = expr->left; expr->op == chain; expr = expr->left) {
			value = expr_value(expr->right, values);
			if (chain == EXPR_AND ? value < result : value > result)
				result = value;
		}
		value = expr_value(expr, values);
		return (chain == EXPR_AND ? value < result : value > result) ? value : result;
	default:
		return 2 * compare(expr, values);
	}
}

/* --- As text --- */

static int strength_of(const struct expr *expr)
{
	return expr->op == EXPR_OR ? 1 : expr->op == EXPR_AND ? 2 : expr->op == EXPR_NOT ? 3 : 4;
}

static void print_operand(struct strbuf *text, const struct expr *expr, int strength)
{
	bool parentheses = strength_of(expr) < strength;

	if (parentheses)
		strbuf_puts(text, "(");
	expr_print(text, expr);
	if (parentheses)
		strbuf_puts(text, ")");
}

/* A chain leans to the left: its parts, first to last. */
static void print_chain(struct strbuf *text, const struct expr *expr)
{
	const char *between = expr->op == EXPR_AND ? " && " : " || ";
	const struct expr *part = expr;
	size_t count = 1;
	const struct expr **parts;

	for (; part->op == expr->op; part = part->left)
		count++;
	parts = calloc(count, sizeof(struct expr *));
	if (!parts) {
		text->failed = true;
		return;
	}
	part = expr;
	for (size_t i = count - 1; i > 0; i--, part = part->left)
		parts[i] = part->right;
	parts[0] = part;
	for (size_t i = 0; i < count; i++) {
		if (i)
			strbuf_puts(text, between);
		print_operand(text, parts[i], strength_of(expr) + (i > 0));
	}
	free((void *)parts);
}

void expr_print(struct strbuf *text, const struct expr *expr)
{
	static const char *const comparison[] = {
		[EXPR_EQUAL] = "=",	  [EXPR_UNEQUAL] = "!=", [EXPR_LESS] = "<",
		[EXPR_LESS_EQUAL] = "<=", [EXPR_GREATER] = ">",	 [EXPR_GREATER_EQUAL] = ">=",
	};

	if (!expr) {
		strbuf_puts(text, "y");
		return;
	}
	switch (expr->op) {
	case EXPR_SYMBOL:
		strbuf_puts(text, expr->symbol->name);
		break;
	case EXPR_CONSTANT:
		strbuf_puts(text, *expr->constant ? expr->constant : "\"\"");
		break;
	case EXPR_NOT:
		strbuf_puts(text, "!");
		print_operand(text, expr->left, 4);
		break;
	case EXPR_AND:
	case EXPR_OR:
		print_chain(text, expr);
		break;
	default:
		expr_print(text, expr->left);
		strbuf_addf(text, " %s ", comparison[expr->op]);
		expr_print(text, expr->right);
	}
}

static void print_missing(struct strbuf *text, const struct expr *expr,
			  const struct expr_values *values, int wanted, size_t start)
{
	if (!expr || expr_value(expr, values) >= wanted)
		return;
	if (expr->op == EXPR_AND) {
		print_missing(text, expr->left, values, wanted, start);
		print_missing(text, expr->right, values, wanted, start);
		return;
	}
	if (text->len > start)
		strbuf_puts(text, " && ");
	print_operand(text, expr, 2);
}

void expr_print_missing(struct strbuf *text, const struct expr *expr,
			const struct expr_values *values, bool module)
{
	print_missing(text, expr, values, module ? 1 : 2, text->len);
}

bool expr_uses(const struct expr *expr, const struct pick_symbol *symbol)
{
	for (; expr; expr = expr->left) {
		if (expr->op == EXPR_SYMBOL)
			return expr->symbol == symbol;
		if (expr->op == EXPR_CONSTANT)
			return false;
		if (expr->right && expr_uses(expr->right, symbol))
			return true;
	}
	return false;
}
