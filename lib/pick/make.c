// SPDX-License-Identifier: GPL-2.0-only
/*
 * The lines of makefiles: assignments, conditionals and includes. Rules and their recipes are
 * passed over as make itself tells them apart: a line that begins with a tab is a recipe's where a
 * rule came before it.
 */
#include "pick/make.h"

#include <stdlib.h>
#include <string.h>

#include "pick/make-test.h"

enum {
	MAX_FILE = 4 << 20,  /* bytes of one makefile */
	MAX_INCLUDED = 32,   /* makefiles that include one another */
	MAX_INCLUDES = 2000, /* of one folder in all */
	MAX_IFS = 64,	     /* conditionals in one another, in one file */
};

/* A conditional that is open. */
struct level {
	bool outer_active; /* what is around it is read */
	bool active;	   /* its branch is */
	bool done;	   /* a branch was, or would have been, taken for certain */
	uint16_t outer;	   /* the condition around it */
	uint16_t rest;	   /* that no branch so far held, within outer */
	uint16_t inside;   /* the condition of the branch */
};

struct lines {
	struct make *make;
	const char *at, *end;
	struct level level[MAX_IFS];
	size_t depth;
	uint16_t condition; /* around all of it */
	uint16_t tagged;    /* of the line, by what an $(eval) has put into it */
	bool eval;
	bool in_rule;
	unsigned line; /* of the next line */
	struct strbuf text;
	bool tab;
};

/* --- Logical lines --- */

/* Removes a comment; `\#` is no comment. */
static size_t cut_comment(char *text, size_t len)
{
	char *hash = text;

	while ((hash = memchr(hash, '#', len - (size_t)(hash - text)))) {
		if (hash == text || hash[-1] != '\\')
			return (size_t)(hash - text);
		memmove(hash - 1, hash, len - (size_t)(hash - text));
		len--;
	}
	return len;
}

static bool next_line(struct lines *l)
{
	if (l->at >= l->end)
		return false;
	l->text.len = 0;
	l->make->line = l->line;
	l->tab = *l->at == '\t';
	for (bool more = true; more && l->at < l->end;) {
		const char *newline = memchr(l->at, '\n', (size_t)(l->end - l->at));
		const char *end = newline ? newline : l->end;
		size_t len = (size_t)(end - l->at);
		size_t slashes = 0;

		while (len && l->at[len - 1] == '\r')
			len--;
		while (slashes < len && l->at[len - 1 - slashes] == '\\')
			slashes++;
		more = slashes & 1;
		if (l->text.len && !l->tab) {
			while (len && (*l->at == ' ' || *l->at == '\t')) {
				l->at++;
				len--;
			}
		}
		strbuf_add(&l->text, l->at, len - (more && len));
		if (more)
			strbuf_puts(&l->text, " ");
		l->at = newline ? newline + 1 : l->end;
		l->line++;
	}
	if (l->text.failed) {
		make_fail(l->make, "out of memory");
		return false;
	}
	if (!l->text.buf)
		strbuf_puts(&l->text, "");
	l->tagged = l->eval ? make_take_tags(l->make, &l->text) : 0;
	/* What tags are made of is not in any makefile that means well. */
	for (size_t i = 0; l->text.buf && i < l->text.len; i++)
		if ((unsigned char)l->text.buf[i] < ' ' && l->text.buf[i] != '\t')
			l->text.buf[i] = '?';
	if (l->text.buf && !l->tab)
		l->text.len = cut_comment(l->text.buf, l->text.len);
	if (l->text.buf)
		l->text.buf[l->text.len] = '\0';
	return l->text.buf != NULL;
}

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

/* Whether LINE begins with the word; *REST is what is behind it. */
static bool is_word(const char *line, const char *word, const char **rest)
{
	size_t len = strlen(word);

	if (strncmp(line, word, len) != 0 || (line[len] && !is_blank(line[len])))
		return false;
	*rest = skip_blank(line + len);
	return true;
}

/* --- Conditionals --- */

static bool is_active(const struct lines *l)
{
	return !l->depth || l->level[l->depth - 1].active;
}

static uint16_t condition(const struct lines *l)
{
	uint16_t around = l->depth ? l->level[l->depth - 1].inside : l->condition;

	return make_both(l->make, around, l->tagged);
}

/* A branch of LEVEL whose test is `ifeq` and the like, WORD, with TEXT behind it. */
static void enter(struct lines *l, struct level *level, const char *word, const char *text)
{
	bool equality = word[strlen(word) - 1] == 'q', equal = word[2] != 'n';
	struct make_test test;
	const char *said;

	level->active = false;
	if (!level->outer_active || level->done)
		return;
	test = equality ? make_test_equal(l->make, text, equal) :
			  make_test_defined(l->make, text, equal);
	if (!test.symbolic) {
		level->active = level->done = test.holds;
		level->inside = level->rest;
		return;
	}
	said = make_test_describe(l->make, text, equality, equal);
	if (!said)
		return;
	level->active = true;
	level->inside =
		make_condition(l->make, level->rest, said, test.positive, false, test.holds);
	level->rest = make_condition(l->make, level->rest, said, !test.positive, true, !test.holds);
}

static void trim(const struct strbuf *text, const char **from, size_t *len)
{
	*from = skip_blank(text->buf ? text->buf : "");
	*len = text->len - (size_t)(*from - (text->buf ? text->buf : *from));
	while (*len && is_blank((*from)[*len - 1]))
		--*len;
}

static const char *conditional_word(const char *line, const char **rest)
{
	static const char *const word[] = { "ifeq", "ifneq", "ifdef", "ifndef" };

	for (size_t i = 0; i < sizeof(word) / sizeof(word[0]); i++) {
		size_t len = strlen(word[i]);

		if (!strncmp(line, word[i], len) && (is_blank(line[len]) || line[len] == '(' ||
						     line[len] == '"' || line[len] == '\'')) {
			*rest = skip_blank(line + len);
			return word[i];
		}
	}
	return NULL;
}

static void else_branch(struct lines *l, const char *rest)
{
	struct level *level = l->depth ? &l->level[l->depth - 1] : NULL;
	const char *word;

	if (!level) {
		make_fail(l->make, "'else' without an 'ifeq'");
		return;
	}
	word = conditional_word(rest, &rest);
	if (word) {
		enter(l, level, word, rest);
		return;
	}
	level->active = level->outer_active && !level->done;
	level->inside = level->rest;
	level->done = true;
}

/* Whether the line was a conditional's. */
static bool conditional(struct lines *l, const char *line)
{
	const char *rest, *word = conditional_word(line, &rest);
	struct level *level;

	if (word) {
		if (l->depth == MAX_IFS) {
			make_fail(l->make, "conditionals more than %d deep", MAX_IFS);
			return true;
		}
		level = &l->level[l->depth];
		*level = (struct level){ .outer_active = is_active(l),
					 .outer = condition(l),
					 .rest = condition(l) };
		l->depth++;
		enter(l, level, word, rest);
		return true;
	}
	if (is_word(line, "else", &rest)) {
		else_branch(l, rest);
		return true;
	}
	if (is_word(line, "endif", &rest)) {
		if (l->depth)
			l->depth--;
		else
			make_fail(l->make, "'endif' without an 'ifeq'");
		return true;
	}
	return false;
}

/* --- Assignments, rules, includes --- */

/* Where the line's operator is, outside references: '=' for assignments, ':' for rules, or NULL. */
static const char *find_operator(const char *line)
{
	int depth = 0;

	for (const char *c = line; *c; c++) {
		if (*c == '$' && (c[1] == '(' || c[1] == '{')) {
			depth++;
			c++;
		} else if (depth && (*c == '(' || *c == '{')) {
			depth++;
		} else if (depth && (*c == ')' || *c == '}')) {
			depth--;
		} else if (!depth && *c == '=') {
			return c;
		} else if (!depth && *c == ':') {
			while (c[1] == ':')
				c++;
			return c[1] == '=' ? c + 1 : c;
		}
	}
	return NULL;
}

static bool assignment(struct lines *l, const char *line)
{
	const char *sign = find_operator(line), *end = sign, *value;
	struct strbuf name = STRBUF_INIT;
	char operator= '=';
	const char *word;
	size_t len;

	if (!sign || *sign != '=')
		return false;
	if (end > line && (end[-1] == '+' || end[-1] == '?' || end[-1] == ':' || end[-1] == '!')) {
		operator= * -- end;
		while (end > line && end[-1] == ':')
			end--;
	}
	value = skip_blank(sign + 1);
	make_expand(l->make, &name, line, (size_t)(end - line));
	make_untag(&name);
	trim(&name, &word, &len);
	if (operator== '!') /* what it would run is not known */
		value = "";
	if (len && !memchr(word, ' ', len))
		make_assign(l->make, word, len, operator== '!' ? '=' : operator, value,
			    strlen(value), condition(l));
	strbuf_free(&name);
	return true;
}

static void read_lines(struct make *make, const char *text, size_t len, uint16_t around, bool eval);

/* Reads the makefile PATH under the condition AROUND. Returns as make_read(). */
static int read_under(struct make *make, const char *path, uint16_t around)
{
	const char *data = "", *kept = arena_copy(make->arena, path, strlen(path));
	size_t len = 0;
	int result = kept ? files_read(make->files, path, MAX_FILE, make->arena, &data, &len,
				       make->err) :
			    error_set(make->err, "%s: out of memory", path);

	if (result < 0)
		make->failed = true;
	if (result <= 0)
		return result;
	make->path = kept;
	read_lines(make, data, len, around, false);
	return make->failed ? -1 : 1;
}

static void include(struct lines *l, const char *names)
{
	struct strbuf list = STRBUF_INIT;
	const char *at, *word, *path = l->make->path;
	unsigned line = l->make->line;
	char name[FILES_PATH_MAX];
	size_t len;

	make_expand(l->make, &list, names, strlen(names));
	make_untag(&list);
	at = list.buf;
	while (at && !l->make->failed && (word = make_next_word(&at, list.buf + list.len, &len)))
		/* What the build generates is not there, nor what lies outside of the tree. */
		if (files_path(name, sizeof(name), "", word, len) > 0 &&
		    files_exist(l->make->files, name)) {
			if (l->make->included == MAX_INCLUDED ||
			    l->make->includes++ == MAX_INCLUDES) {
				make_fail(l->make, "more than %d makefiles include one another",
					  MAX_INCLUDED);
				break;
			}
			l->make->included++;
			read_under(l->make, name, condition(l));
			l->make->included--;
			l->make->path = path;
			l->make->line = line;
		}
	strbuf_free(&list);
}

static void define(struct lines *l, const char *name)
{
	struct strbuf body = STRBUF_INIT;
	size_t len = strcspn(name, " \t=:+?");
	char *kept = arena_copy(l->make->arena, name, len);
	unsigned depth = 1;
	const char *rest;

	while (kept && next_line(l)) {
		const char *line = skip_blank(l->text.buf);

		if (is_word(line, "define", &rest))
			depth++;
		if (is_word(line, "endef", &rest) && --depth == 0)
			break;
		if (body.len)
			strbuf_puts(&body, "\n");
		strbuf_puts(&body, l->text.buf);
	}
	if (!kept || body.failed)
		make_fail(l->make, "out of memory");
	else if (is_active(l) && len)
		make_assign(l->make, kept, len, '=', body.buf ? body.buf : "", body.len,
			    condition(l));
	strbuf_free(&body);
}

static void one_line(struct lines *l)
{
	const char *line = skip_blank(l->text.buf), *rest;
	struct strbuf expanded = STRBUF_INIT;

	if (l->tab && l->in_rule)
		return;
	if (!*line || conditional(l, line))
		return;
	if (is_word(line, "define", &rest)) {
		define(l, rest);
		return;
	}
	if (!is_active(l))
		return;
	while (is_word(line, "export", &rest) || is_word(line, "override", &rest) ||
	       is_word(line, "private", &rest) || is_word(line, "unexport", &rest))
		line = rest;
	if (is_word(line, "include", &rest) || is_word(line, "-include", &rest) ||
	    is_word(line, "sinclude", &rest)) {
		l->in_rule = false;
		include(l, rest);
		return;
	}
	if (is_word(line, "undefine", &rest) || is_word(line, "vpath", &rest))
		return;
	if (assignment(l, line)) {
		l->in_rule = false;
		return;
	}
	l->in_rule = find_operator(line) != NULL;
	/* $(eval), and a $(call) that assigns, stand alone on a line. */
	if (!l->in_rule && line[0] == '$') {
		make_expand(l->make, &expanded, line, strlen(line));
		strbuf_free(&expanded);
	}
}

static void read_lines(struct make *make, const char *text, size_t len, uint16_t around, bool eval)
{
	struct lines l = { .make = make,
			   .at = text,
			   .end = text + len,
			   .condition = around,
			   .eval = eval,
			   .line = 1 };

	while (!make->failed && next_line(&l))
		one_line(&l);
	if (l.depth && !make->failed)
		make_fail(make, "an 'endif' is missing");
	strbuf_free(&l.text);
}

/* The text of an $(eval). */
static void eval_lines(struct make *make, const char *text, size_t len, uint16_t around)
{
	read_lines(make, text, len, around, true);
}

void make_begin(struct make *make)
{
	names_clear(&make->variables);
	make->first = make->last = NULL;
	make->condition_count = 0;
	make->bindings = NULL;
	make->budget = 4 << 20;
	make->depth = make->included = make->includes = 0;
	make->failed = false;
	make->function = make_function;
	make->lines = eval_lines;
	free((void *)make->conditions);
	make->conditions = NULL;
}

void make_free(struct make *make)
{
	make_begin(make);
	names_free(&make->variables);
}

int make_read(struct make *make, const char *path)
{
	return read_under(make, path, 0);
}
