// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a conditional of a makefile asks: whether it holds for make, and whether it could be
 * otherwise with other symbols set.
 */
#include "pick/make-test.h"

#include <string.h>

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static const char *skip_blank(const char *c)
{
	while (is_blank(*c))
		c++;
	return c;
}

/* `(A,B)`, `"A" "B"` and `'A' 'B'`. Leaves empty ones where it is none of them. */
static void split_operands(const char *text, const char *from[2], size_t len[2])
{
	int depth = 0;

	from[0] = from[1] = text;
	len[0] = len[1] = 0;
	if (*text == '(') {
		const char *start = text + 1, *c;
		int i = 0;

		for (c = start; *c; c++) {
			if (*c == '(' || *c == '{') {
				depth++;
			} else if ((*c == ')' || *c == '}') && depth-- == 0) {
				break;
			} else if (*c == ',' && depth == 0 && i == 0) {
				from[0] = start;
				len[0] = (size_t)(c - start);
				start = c + 1;
				i = 1;
			}
		}
		while (is_blank(*start) && start < c)
			start++;
		from[i] = start;
		len[i] = (size_t)(c - start);
		return;
	}
	for (int i = 0; i < 2 && (*text == '"' || *text == '\''); i++) {
		size_t n = strcspn(text + 1, *text == '"' ? "\"" : "'");

		from[i] = text + 1;
		len[i] = n;
		text = skip_blank(text + 1 + n + (text[1 + n] != '\0'));
	}
}

static void trim(const struct strbuf *text, const char **from, size_t *len)
{
	*from = text->buf ? text->buf : "";
	*len = text->len;
	while (*len && is_blank(**from)) {
		++*from;
		--*len;
	}
	while (*len && is_blank((*from)[*len - 1]))
		--*len;
}

struct make_test make_test_equal(struct make *make, const char *text, bool equal)
{
	struct strbuf side[2] = { STRBUF_INIT, STRBUF_INIT };
	const char *from[2], *word[2];
	size_t len[2], word_len[2];
	struct make_test test = { 0 };

	split_operands(text, from, len);
	make->symbolic = false;
	for (int i = 0; i < 2; i++) {
		make_expand(make, &side[i], from[i], len[i]);
		make_untag(&side[i]);
		trim(&side[i], &word[i], &word_len[i]);
	}
	test.symbolic = make->symbolic;
	test.holds =
		(word_len[0] == word_len[1] && !memcmp(word[0], word[1], word_len[0])) == equal;
	/* Set, for a comparison with y, m and the like; not, for one with nothing and n. */
	test.positive = equal;
	for (int i = 0; i < 2; i++)
		if (!memchr(from[i], '$', len[i]) && (!len[i] || (len[i] == 1 && *from[i] == 'n')))
			test.positive = !equal;
	strbuf_free(&side[0]);
	strbuf_free(&side[1]);
	return test;
}

struct make_test make_test_defined(struct make *make, const char *text, bool defined)
{
	struct strbuf name = STRBUF_INIT, value = STRBUF_INIT;
	struct make_test test = { .positive = defined };
	const char *word;
	size_t len;

	make_expand(make, &name, text, strlen(text));
	make_untag(&name);
	trim(&name, &word, &len);
	make->symbolic = false;
	make_value(make, &value, word, len, false);
	test.symbolic = make->symbolic;
	test.holds = (value.len > 0) == defined;
	strbuf_free(&name);
	strbuf_free(&value);
	return test;
}

const char *make_test_describe(struct make *make, const char *text, bool equality, bool equal)
{
	struct strbuf said = STRBUF_INIT;
	const char *from[2], *kept;
	size_t len[2];

	if (equality) {
		split_operands(text, from, len);
		strbuf_addf(&said, "%.*s %s %s%.*s", (int)len[0], from[0],
			    equal ? "=" : "!=", len[1] ? "" : "\"\"", (int)len[1], from[1]);
	} else {
		strbuf_addf(&said, "%sdefined $(%s)", equal ? "" : "!", text);
	}
	kept = said.failed ? NULL : arena_copy(make->keep, said.buf, said.len);
	strbuf_free(&said);
	if (!kept)
		make_fail(make, "out of memory");
	return kept;
}
