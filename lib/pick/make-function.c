// SPDX-License-Identifier: GPL-2.0-only
/*
 * The functions of makefiles that decide, loop, call and look for files, and the call of any.
 * $(shell) gives nothing: what would be run is not known.
 */
#include <stdlib.h>
#include <string.h>

#include "pick/make-words.h"

enum { MAX_LOOP = 100000 };

static void expand_arg(struct make *make, struct make_args *a, size_t i)
{
	if (i < a->count && !a->text[i].buf)
		make_expand(make, &a->text[i], a->raw[i], a->raw_len[i]);
}

/* --- Control --- */

static bool is_empty(const struct strbuf *text)
{
	return !text->len || strspn(text->buf, " \t\n") == text->len;
}

static void do_if(struct make *make, struct strbuf *out, struct make_args *a)
{
	bool symbolic = make->symbolic, depends;

	make->symbolic = false;
	expand_arg(make, a, 0);
	depends = make->symbolic;
	make->symbolic |= symbolic;
	/* $(if $(CONFIG_X),...): what it would add where X is set; else what make adds. */
	if (!is_empty(&a->text[0]) && a->count > 1)
		make_expand(make, out, a->raw[1], a->raw_len[1]);
	else if (a->count > 2)
		make_expand(make, out, a->raw[2], a->raw_len[2]);
	make->symbolic |= depends;
}

static void do_or(struct make *make, struct strbuf *out, struct make_args *a)
{
	for (size_t i = 0; i < a->count; i++) {
		expand_arg(make, a, i);
		if (!is_empty(&a->text[i])) {
			strbuf_puts(out, make_arg(a, i));
			return;
		}
	}
}

static void do_and(struct make *make, struct strbuf *out, struct make_args *a)
{
	for (size_t i = 0; i < a->count; i++) {
		expand_arg(make, a, i);
		if (is_empty(&a->text[i]))
			return;
	}
	strbuf_puts(out, make_arg(a, a->count - 1));
}

static void do_foreach(struct make *make, struct strbuf *out, struct make_args *a)
{
	struct make_binding binding = { .outer = make->bindings };
	size_t start = out->len, loops = 0;

	if (a->count < 3)
		return;
	expand_arg(make, a, 0);
	expand_arg(make, a, 1);
	make_untag(&a->text[0]);
	binding.name = make_arg(a, 0);
	binding.name_len = make_arg_len(a, 0);
	for (struct make_words_of w = make_words_of(a, 1); !make->failed && make_next(&w);) {
		if (++loops > MAX_LOOP) {
			make_fail(make, "a foreach over more than %d words", MAX_LOOP);
			break;
		}
		if (out->len > start)
			strbuf_puts(out, " ");
		binding.value = w.tag;
		binding.value_len = w.tag_len + w.len;
		make->bindings = &binding;
		make_expand(make, out, a->raw[2], a->raw_len[2]);
		make->bindings = binding.outer;
	}
}

static void do_call(struct make *make, struct strbuf *out, struct make_args *a)
{
	static const char *const number[] = { "0", "1", "2", "3", "4",	"5",
					      "6", "7", "8", "9", "10", "11" };
	struct make_binding binding[MAKE_ARGS];
	const struct make_binding *outer = make->bindings;
	struct make_variable *variable;

	for (size_t i = 0; i < a->count; i++)
		expand_arg(make, a, i);
	make_untag(&a->text[0]);
	variable = make_variable(make, make_arg(a, 0), make_arg_len(a, 0));
	make->symbolic |= !variable;
	if (!variable || variable->visited)
		return;
	for (size_t i = 0; i < a->count; i++) {
		binding[i] = (struct make_binding){ .outer = make->bindings,
						    .name = number[i],
						    .name_len = strlen(number[i]),
						    .value = make_arg(a, i),
						    .value_len = make_arg_len(a, i) };
		make->bindings = &binding[i];
	}
	make_value(make, out, variable->name, variable->name_len, false);
	make->bindings = outer;
}

static void do_eval(struct make *make, struct strbuf *out, struct make_args *a)
{
	if (make->included < 32) {
		make->included++;
		make->lines(make, make_arg(a, 0), make_arg_len(a, 0), 0);
		make->included--;
	}
}

static void do_value(struct make *make, struct strbuf *out, struct make_args *a)
{
	struct make_variable *variable = make_variable(make, make_arg(a, 0), make_arg_len(a, 0));

	for (struct make_segment *s = variable ? variable->first : NULL; s; s = s->next)
		strbuf_add(out, s->text, s->len);
}

static void do_origin(struct make *make, struct strbuf *out, struct make_args *a)
{
	strbuf_puts(out,
		    make_variable(make, make_arg(a, 0), make_arg_len(a, 0)) ? "file" : "undefined");
}

/* --- Files --- */

struct found {
	struct strbuf *out;
	size_t start;
};

static void add_found(void *arg, const char *path)
{
	struct found *f = arg;

	if (f->out->len > f->start)
		strbuf_puts(f->out, " ");
	strbuf_puts(f->out, path);
}

static void do_wildcard(struct make *make, struct strbuf *out, struct make_args *a)
{
	struct found f = { .out = out, .start = out->len };
	char path[FILES_PATH_MAX];

	for (struct make_words_of w = make_words_of(a, 0); make_next(&w);)
		if (files_path(path, sizeof(path), "", w.word, w.len) > 0 &&
		    files_match(make->files, path, add_found, &f) < 0)
			make_fail(make, "out of memory");
}

static void do_path(struct make *make, struct strbuf *out, struct make_args *a)
{
	strbuf_add(out, make_arg(a, 0), make_arg_len(a, 0));
}

/* What is run, or only said. */
static void do_nothing(struct make *make, struct strbuf *out, struct make_args *a)
{
	make->symbolic = true;
}

static const struct make_function functions[] = {
	{ "if", 3, true, 0, do_if },
	{ "call", MAKE_ARGS, true, 0, do_call },
	{ "foreach", 3, true, 0, do_foreach },
	{ "or", MAKE_ARGS, true, 0, do_or },
	{ "and", MAKE_ARGS, true, 0, do_and },
	{ "eval", 1, false, 0, do_eval },
	{ "value", 1, false, 0, do_value },
	{ "origin", 1, false, 0, do_origin },
	{ "wildcard", 1, false, 0, do_wildcard },
	{ "realpath", 1, false, 0, do_path },
	{ "abspath", 1, false, 0, do_path },
	{ "shell", 1, true, 0, do_nothing },
	{ "info", 1, true, 0, do_nothing },
	{ "warning", 1, true, 0, do_nothing },
	{ "error", 1, true, 0, do_nothing },
	{ "file", 1, true, 0, do_nothing },
	{ 0 },
};

/* Splits TEXT at the commas outside brackets. */
static void split_args(struct make_args *a, unsigned max, const char *text, size_t len)
{
	const char *start = text, *end = text + len;
	int depth = 0;

	while (start < end && (*start == ' ' || *start == '\t'))
		start++;
	for (const char *c = start; c <= end; c++) {
		if (c < end && (*c == '(' || *c == '{'))
			depth++;
		else if (c < end && (*c == ')' || *c == '}'))
			depth--;
		else if (c == end || (*c == ',' && depth <= 0 && a->count + 1 < max)) {
			a->raw[a->count] = start;
			a->raw_len[a->count++] = (size_t)(c - start);
			start = c + 1;
		}
	}
}

static const struct make_function *find(const struct make_function *f, const char *name, size_t len)
{
	while (f->name && (strlen(f->name) != len || memcmp(f->name, name, len) != 0))
		f++;
	return f->name ? f : NULL;
}

bool make_function(struct make *make, struct strbuf *out, const char *name, size_t name_len,
		   const char *args, size_t len)
{
	const struct make_function *f = find(make_word_functions, name, name_len);
	struct make_args a = { 0 };

	if (!f)
		f = find(functions, name, name_len);
	if (!f)
		return false;
	split_args(&a, f->args, args, len);
	for (size_t i = 0; i < a.count && !f->as_written; i++) {
		expand_arg(make, &a, i);
		if (i < f->parts)
			make_untag(&a.text[i]);
	}
	if (!make->failed)
		f->run(make, out, &a);
	for (size_t i = 0; i < a.count; i++) {
		if (a.text[i].failed)
			make_fail(make, "out of memory");
		strbuf_free(&a.text[i]);
	}
	return true;
}
