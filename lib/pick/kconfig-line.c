// SPDX-License-Identifier: GPL-2.0-only
/* Lines, words and expressions of Kconfig files: what is below the grammar's statements. */
#include "pick/kconfig-line.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* So many parentheses and exclamation marks may be open in an expression. */
enum { MAX_DEPTH = 100 };

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_' || c == '-' || c == '.' || c == '/';
}

/* Joins the lines from AT on that end with a backslash. What is joined is a copy. */
static bool join_lines(struct kconfig_file *file, const char *at)
{
	const char *end = at;
	char *copy;

	for (;; file->next_line++) {
		const char *newline = memchr(end, '\n', (size_t)(file->end - end));

		end = newline ? newline : file->end;
		if (!newline || end == at || end[-1] != '\\')
			break;
		end++;
	}
	copy = arena_copy(file->arena, at, (size_t)(end - at));
	if (!copy)
		return false;
	for (char *c = copy; c + 1 < copy + (end - at); c++)
		if (c[0] == '\\' && c[1] == '\n')
			c[0] = c[1] = ' ';
	file->text = copy;
	file->text_end = copy + (end - at);
	file->at = end < file->end ? end + 1 : end;
	file->next_line++;
	return true;
}

bool kconfig_next_line(struct kconfig_file *file)
{
	while (file->at < file->end) {
		const char *start = file->at;
		const char *newline = memchr(start, '\n', (size_t)(file->end - start));
		const char *end = newline ? newline : file->end;

		file->line = file->next_line;
		while (start < end && (*start == ' ' || *start == '\t' || *start == '\r'))
			start++;
		if (start == end || *start == '#') {
			file->at = newline ? newline + 1 : file->end;
			file->next_line++;
			continue;
		}
		if (end[-1] == '\\' && newline)
			return join_lines(file, start);
		file->text = start;
		file->text_end = end;
		file->at = newline ? newline + 1 : file->end;
		file->next_line++;
		return true;
	}
	return false;
}

/* The length of a $(...) at TEXT, or 0 where it has no end. */
static size_t macro_length(const char *text, const char *end)
{
	int depth = 0;

	for (const char *c = text + 1; c < end; c++) {
		if (*c == '(')
			depth++;
		else if (*c == ')' && --depth == 0)
			return (size_t)(c + 1 - text);
	}
	return 0;
}

enum kconfig_word_kind kconfig_next_word(struct kconfig_file *file)
{
	struct kconfig_word *word = &file->word;
	const char *c = file->text, *end = file->text_end;

	while (c < end && (*c == ' ' || *c == '\t' || *c == '\r'))
		c++;
	word->text = c;
	word->len = 0;
	if (c == end || *c == '#') {
		file->text = end;
		return word->kind = KWORD_END;
	}
	if (is_name(*c)) {
		while (c < end && is_name(*c))
			c++;
		word->kind = KWORD_NAME;
	} else if (*c == '"' || *c == '\'') {
		char quote = *c++;

		word->text = c;
		while (c < end && *c != quote)
			c += *c == '\\' && c + 1 < end ? 2 : 1;
		word->len = (size_t)(c - word->text);
		file->text = c < end ? c + 1 : end;
		return word->kind = KWORD_TEXT;
	} else if (*c == '$' && c + 1 < end && c[1] == '(') {
		size_t len = macro_length(c, end);

		c = len ? c + len : end;
		word->kind = KWORD_MACRO;
	} else {
		bool two = c + 1 < end && ((c[0] == c[1] && (*c == '&' || *c == '|')) ||
					   (c[1] == '=' && (*c == '!' || *c == '<' || *c == '>')));

		c += two ? 2 : 1;
		word->kind = KWORD_SIGN;
	}
	word->len = (size_t)(c - word->text);
	file->text = c;
	return word->kind;
}

bool kconfig_is(const struct kconfig_file *file, const char *text)
{
	const struct kconfig_word *word = &file->word;

	return (word->kind == KWORD_NAME || word->kind == KWORD_SIGN) &&
	       word->len == strlen(text) && memcmp(word->text, text, word->len) == 0;
}

const char *kconfig_copy_word(const struct kconfig_file *file)
{
	char *copy = arena_copy(file->arena, file->word.text, file->word.len);
	char *to = copy;

	if (!copy || file->word.kind != KWORD_TEXT || !strchr(copy, '\\'))
		return copy;
	for (const char *c = copy; *c; c++) {
		if (*c == '\\' && c[1])
			c++;
		*to++ = *c;
	}
	*to = '\0';
	return copy;
}

const char *kconfig_take_help(struct kconfig_file *file, size_t *len)
{
	const char *start = file->at, *end = start;
	unsigned indent = 0;

	while (file->at < file->end) {
		const char *c = file->at;
		const char *newline = memchr(c, '\n', (size_t)(file->end - c));
		const char *line_end = newline ? newline : file->end;
		unsigned column = 0;

		for (; c < line_end && (*c == ' ' || *c == '\t' || *c == '\r'); c++)
			column = *c == '\t' ? (column | 7) + 1 : column + 1;
		if (c < line_end) {
			if (!indent)
				indent = column ? column : 1;
			if (column < indent)
				break;
			end = line_end;
		}
		file->at = newline ? newline + 1 : file->end;
		file->next_line++;
	}
	*len = (size_t)(end - start);
	return start;
}

int kconfig_error(const struct kconfig_file *file, struct error *err, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	return error_set(err, "%s:%u: %s", file->path, file->line, text);
}

/* --- Expressions --- */

struct parse {
	struct kconfig_file *file;
	struct kconfig *kconfig;
	struct error *err;
	int depth;
};

static int parse_or(struct parse *p, const struct expr **expr);

/* A $(NAME) that Kconfig itself knows is a symbol here: the architecture is not chosen yet. */
static const struct expr *macro(struct parse *p, const char *text)
{
	if (!strcmp(text, "$(SRCARCH)") || !strcmp(text, "$(ARCH)"))
		return expr_symbol(p->kconfig->arena,
				   kconfig_symbol(p->kconfig, text + 2, strlen(text) - 3));
	return expr_constant(p->kconfig->arena, text);
}

static bool is_constant(const struct kconfig_word *word)
{
	return word->kind == KWORD_TEXT ||
	       (word->len == 1 &&
		(*word->text == 'y' || *word->text == 'm' || *word->text == 'n')) ||
	       (*word->text >= '0' && *word->text <= '9' &&
		word->len == strspn(word->text, "0123456789")) ||
	       (word->len > 2 && *word->text == '0' && word->text[1] == 'x') || *word->text == '-';
}

static int parse_operand(struct parse *p, const struct expr **expr)
{
	const struct kconfig_word *word = &p->file->word;
	struct arena *arena = p->kconfig->arena;
	const char *text;

	switch (word->kind) {
	case KWORD_NAME:
	case KWORD_TEXT:
	case KWORD_MACRO:
		text = kconfig_copy_word(p->file);
		if (!text)
			break;
		if (text[0] == '$')
			*expr = macro(p, text);
		else if (is_constant(word))
			*expr = expr_constant(arena, text);
		else
			*expr = expr_symbol(arena,
					    kconfig_symbol(p->kconfig, word->text, word->len));
		break;
	default:
		if (!kconfig_is(p->file, "("))
			return kconfig_error(p->file, p->err,
					     "an expression needs a symbol here, not '%.*s'",
					     (int)word->len, word->text);
		kconfig_next_word(p->file);
		if (parse_or(p, expr) < 0)
			return -1;
		if (!kconfig_is(p->file, ")"))
			return kconfig_error(p->file, p->err, "a ')' is missing");
	}
	if (!*expr || arena->failed)
		return kconfig_error(p->file, p->err, "out of memory");
	kconfig_next_word(p->file);
	return 0;
}

static int parse_comparison(struct parse *p, const struct expr **expr)
{
	static const struct {
		const char *sign;
		enum expr_op op;
	} signs[] = {
		{ "=", EXPR_EQUAL },	   { "!=", EXPR_UNEQUAL }, { "<", EXPR_LESS },
		{ "<=", EXPR_LESS_EQUAL }, { ">", EXPR_GREATER },  { ">=", EXPR_GREATER_EQUAL },
	};
	struct expr *made;

	if (kconfig_is(p->file, "!")) {
		if (++p->depth > MAX_DEPTH)
			return kconfig_error(p->file, p->err, "an expression more than %d deep",
					     MAX_DEPTH);
		kconfig_next_word(p->file);
		if (parse_comparison(p, expr) < 0)
			return -1;
		p->depth--;
		*expr = expr_not(p->kconfig->arena, *expr);
		return *expr ? 0 : kconfig_error(p->file, p->err, "out of memory");
	}
	if (parse_operand(p, expr) < 0)
		return -1;
	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
		if (kconfig_is(p->file, signs[i].sign)) {
			made = arena_alloc(p->kconfig->arena, sizeof(*made));
			if (!made)
				return kconfig_error(p->file, p->err, "out of memory");
			made->op = signs[i].op;
			made->left = *expr;
			*expr = NULL;
			kconfig_next_word(p->file);
			if (parse_operand(p, expr) < 0)
				return -1;
			made->right = *expr;
			*expr = made;
			return 0;
		}
	return 0;
}

static int parse_and(struct parse *p, const struct expr **expr)
{
	const struct expr *left = NULL;

	for (;; kconfig_next_word(p->file)) {
		*expr = NULL;
		if (parse_comparison(p, expr) < 0)
			return -1;
		left = expr_and(p->kconfig->arena, left, *expr);
		if (!kconfig_is(p->file, "&&"))
			break;
	}
	*expr = left;
	return 0;
}

static int parse_or(struct parse *p, const struct expr **expr)
{
	const struct expr *left = NULL;

	if (++p->depth > MAX_DEPTH)
		return kconfig_error(p->file, p->err, "an expression more than %d deep", MAX_DEPTH);
	for (bool first = true;; first = false, kconfig_next_word(p->file)) {
		*expr = NULL;
		if (parse_and(p, expr) < 0)
			return -1;
		left = first ? *expr : expr_or(p->kconfig->arena, left, *expr);
		if (!kconfig_is(p->file, "||"))
			break;
	}
	p->depth--;
	*expr = left;
	return 0;
}

int kconfig_expression(struct kconfig_file *file, struct kconfig *kconfig, const struct expr **expr,
		       struct error *err)
{
	struct parse p = { .file = file, .kconfig = kconfig, .err = err };

	*expr = NULL;
	if (parse_or(&p, expr) < 0)
		return -1;
	return *expr ? 0 : kconfig_error(file, err, "out of memory");
}
