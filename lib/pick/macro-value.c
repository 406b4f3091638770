// SPDX-License-Identifier: GPL-2.0-only
/* Numbers and texts of C, with macros in them. */
#include <stdlib.h>
#include <string.h>

#include "pick/macro.h"

struct reader {
	struct macros *macros;
	const char *at, *end;
	unsigned depth;
	bool failed;
};

static uint64_t read_binary(struct reader *r, int level);

static void skip_blank(struct reader *r)
{
	while (r->at < r->end && (*r->at == ' ' || *r->at == '\t' || *r->at == '\n'))
		r->at++;
}

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_';
}

/* The bracket that closes the one at AT, or NULL. */
static const char *closing(const char *at, const char *end)
{
	int depth = 0;

	for (; at < end; at++) {
		if (*at == '(')
			depth++;
		else if (*at == ')' && --depth == 0)
			return at;
	}
	return NULL;
}

static uint64_t read_literal(struct reader *r)
{
	char text[32];
	size_t len = 0;
	char *end;
	uint64_t value;

	while (r->at < r->end && is_name(*r->at)) {
		if (len + 1 < sizeof(text))
			text[len++] = *r->at;
		r->at++;
	}
	text[len] = '\0';
	value = strtoull(text, &end, 0);
	if (strspn(end, "uUlL") != strlen(end))
		r->failed = true;
	return value;
}

static uint64_t read_macro(struct reader *r)
{
	const char *name = r->at, *close = NULL;
	struct strbuf body = STRBUF_INIT;
	uint64_t value = 0;
	size_t len;

	while (r->at < r->end && is_name(*r->at))
		r->at++;
	len = (size_t)(r->at - name);
	skip_blank(r);
	if (r->at < r->end && *r->at == '(')
		close = closing(r->at, r->end);
	if (r->depth >= MACRO_DEPTH ||
	    !macro_expand(r->macros, &body, name, len, close ? r->at + 1 : NULL,
			  close ? (size_t)(close - r->at - 1) : 0)) {
		r->failed = true;
	} else {
		const char *text = body.len ? body.buf : "";
		struct reader inner = { .macros = r->macros,
					.at = text,
					.end = text + body.len,
					.depth = r->depth + 1 };

		value = read_binary(&inner, 0);
		skip_blank(&inner);
		r->failed |= inner.failed || inner.at < inner.end;
	}
	if (close)
		r->at = close + 1;
	strbuf_free(&body);
	return value;
}

static uint64_t read_operand(struct reader *r)
{
	uint64_t value;

	skip_blank(r);
	if (r->at == r->end || ++r->depth > MACRO_DEPTH * 4) {
		r->failed = true;
		return 0;
	}
	if (*r->at == '~' || *r->at == '-') {
		bool inverted = *r->at++ == '~';

		value = read_operand(r);
		r->depth--;
		return inverted ? ~value : -value;
	}
	if (*r->at == '(') {
		const char *close = closing(r->at, r->end), *from = r->at + 1;

		/* A cast: `(kernel_ulong_t)`, `(u16)`. */
		if (close && close > from && *from >= 'a' && *from <= 'z' && close + 1 < r->end) {
			r->at = close + 1;
			value = read_operand(r);
			r->depth--;
			return value;
		}
		r->at++;
		value = read_binary(r, 0);
		skip_blank(r);
		if (r->at < r->end && *r->at == ')')
			r->at++;
		else
			r->failed = true;
		r->depth--;
		return value;
	}
	value = 0;
	if (*r->at >= '0' && *r->at <= '9')
		value = read_literal(r);
	else if (is_name(*r->at))
		value = read_macro(r);
	else
		r->failed = true;
	r->depth--;
	return value;
}

/* The operators that tables use, weakest first. */
static const char *const operators[] = { "|", "&", "<<", "+", "*" };

enum { LEVELS = sizeof(operators) / sizeof(operators[0]) };

static uint64_t read_binary(struct reader *r, int level)
{
	uint64_t value, right;

	if (level == LEVELS)
		return read_operand(r);
	value = read_binary(r, level + 1);
	for (;;) {
		size_t len = strlen(operators[level]);

		skip_blank(r);
		if (r->failed || (size_t)(r->end - r->at) < len ||
		    memcmp(r->at, operators[level], len) != 0)
			return value;
		r->at += len;
		right = read_binary(r, level + 1);
		switch (level) {
		case 0:
			value |= right;
			break;
		case 1:
			value &= right;
			break;
		case 2:
			value = right < 64 ? value << right : 0;
			break;
		case 3:
			value += right;
			break;
		default:
			value *= right;
		}
	}
}

bool macro_number(struct macros *macros, const char *text, size_t len, uint64_t *value)
{
	struct reader r = { .macros = macros, .at = text, .end = text + len };

	*value = read_binary(&r, 0);
	skip_blank(&r);
	return !r.failed && r.at == r.end;
}

static bool read_text(struct macros *macros, const char *text, size_t len, struct strbuf *out,
		      unsigned depth)
{
	struct reader r = { .macros = macros, .at = text, .end = text + len };
	bool found = false;

	for (skip_blank(&r); r.at < r.end; skip_blank(&r)) {
		const char *start = r.at;

		if (*r.at == '"') {
			for (r.at++; r.at < r.end && *r.at != '"'; r.at++)
				strbuf_add(out, r.at, 1);
			r.at += r.at < r.end;
			found = true;
			continue;
		}
		while (r.at < r.end && is_name(*r.at))
			r.at++;
		if (r.at == start || depth == MACRO_DEPTH)
			return false;
		if (r.at - start == 14 && !memcmp(start, "KBUILD_MODNAME", 14)) {
			for (const char *c = macros->module; *c; c++)
				strbuf_add(out, *c == '-' ? "_" : c, 1);
			found = true;
		} else {
			struct strbuf body = STRBUF_INIT;

			found = macro_expand(macros, &body, start, (size_t)(r.at - start), NULL,
					     0) &&
				read_text(macros, body.buf ? body.buf : "", body.len, out,
					  depth + 1);
			strbuf_free(&body);
			if (!found)
				return false;
		}
	}
	return found && !out->failed;
}

bool macro_text(struct macros *macros, const char *text, size_t len, struct strbuf *out)
{
	return read_text(macros, text, len, out, 0);
}
