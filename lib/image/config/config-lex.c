// SPDX-License-Identifier: GPL-2.0-only
/* The words of a config: see config-lex.h. */
#include "image/config/config-lex.h"

#include <ctype.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/array.h"
#include "base/file.h"

#define INCLUDE_DEPTH 10
#define CONFIG_MAX    ((size_t)4 << 20) /* bytes of one file; all together may have twice as many */

/* One file being read. */
struct lexer {
	struct config_tokens *out;
	struct config *config;
	const char *includepath;
	struct error *err;
	const char *at, *end;
	struct config_place place; /* of AT */
	int depth;		   /* of includes */
	struct config_place open;  /* of the last `{` */
	int braces;		   /* that are open */
};

static int read_file(struct lexer *l);

static int no_memory(struct lexer *l)
{
	return error_set(l->err, "out of memory");
}

static bool starts(const struct lexer *l, const char *word)
{
	size_t len = strlen(word);

	return (size_t)(l->end - l->at) >= len && memcmp(l->at, word, len) == 0;
}

static char take(struct lexer *l)
{
	char c = *l->at++;

	l->place.line += c == '\n';
	return c;
}

static void take_until(struct lexer *l, const char *end)
{
	while (l->at < end)
		take(l);
}

/* Adds to the text of the token that is being read. */
static void put(struct lexer *l, char c)
{
	strbuf_add(&l->out->texts, &c, 1);
}

static int add_token(struct lexer *l, char kind, size_t text)
{
	struct config_token *token = ARRAY_ADD(l->out->token, l->out->count);

	if (!token)
		return no_memory(l);
	*token = (struct config_token){ kind, text, l->place };
	return 0;
}

/* Ends the text that began at START and makes it a token. */
static int add_text(struct lexer *l, size_t start)
{
	put(l, '\0');
	return add_token(l, TOKEN_TEXT, start);
}

/* --- Comments --- */

static void line_comment(struct lexer *l)
{
	while (l->at < l->end && *l->at != '\n')
		take(l);
}

static int block_comment(struct lexer *l)
{
	struct config_place start = l->place;

	take_until(l, l->at + 2);
	while (l->at < l->end && !starts(l, "*/"))
		take(l);
	if (l->at == l->end)
		return config_error(start, l->err, "this comment does not end: `*/` is missing");
	take_until(l, l->at + 2);
	return 0;
}

/* --- Texts --- */

/* The length of a `${NAME}` at AT, or 0. */
static size_t variable(const struct lexer *l)
{
	const char *close;

	if (!starts(l, "${"))
		return 0;
	close = memchr(l->at, '}', (size_t)(l->end - l->at));
	return close ? (size_t)(close - l->at) + 1 : 0;
}

/* `${NAME}` or `${NAME:-DEFAULT}` of LEN bytes. */
static int put_variable(struct lexer *l, size_t len)
{
	char *name = strndup(l->at + 2, len - 3), *fallback;
	const char *value;

	if (!name)
		return no_memory(l);
	fallback = strchr(name, ':');
	if (fallback && fallback[1] == '-')
		*fallback = '\0';
	else
		fallback = NULL;
	value = getenv(name);
	if (!value)
		value = fallback ? fallback + 2 : "";
	strbuf_puts(&l->out->texts, value);
	free(name);
	take_until(l, l->at + len);
	return 0;
}

static int put_octal(struct lexer *l)
{
	int digits = 0, value = 0;
	const char *p;

	for (p = l->at + 1; p < l->end && isdigit((unsigned char)*p); p++) {
		value = value * 8 + (*p - '0');
		if (*p > '7' || ++digits > 3 || value > 0xff)
			return config_error(l->place, l->err,
					    "a bad escape sequence: `\\` and up to three octal "
					    "digits, at most \\377");
	}
	put(l, (char)value);
	l->at = p;
	return 0;
}

static void put_hexadecimal(struct lexer *l)
{
	char digits[3] = "";

	for (int i = 0; i < 2 && l->at < l->end && isxdigit((unsigned char)*l->at); i++)
		digits[i] = take(l);
	put(l, *digits ? (char)strtol(digits, NULL, 16) : 'x');
}

/* A backslash in double quotes, and what is behind it. */
static int put_escape(struct lexer *l)
{
	static const char letters[] = "abefnrtv", meanings[] = "\a\b\033\f\n\r\t\v";
	const char *letter;
	char c;

	if (isdigit((unsigned char)l->at[1]))
		return put_octal(l);
	take(l);
	c = take(l);
	letter = strchr(letters, c);
	if (c == 'x')
		put_hexadecimal(l);
	else if (letter)
		put(l, meanings[letter - letters]);
	else if (c != '\n')
		put(l, c);
	return 0;
}

/* A backslash in single quotes stands for itself, but before a quote, another or a line's end. */
static void put_backslash(struct lexer *l)
{
	char c;

	take(l);
	c = take(l);
	if (c != '\\' && c != '\'' && c != '\n')
		put(l, '\\');
	if (c != '\n')
		put(l, c);
}

static int quoted(struct lexer *l)
{
	struct config_place start = l->place;
	size_t text = l->out->texts.len, len;
	char quote = take(l);
	int rc = 0;

	while (rc == 0 && l->at < l->end && *l->at != quote) {
		len = quote == '"' ? variable(l) : 0;
		if (len)
			rc = put_variable(l, len);
		else if (*l->at != '\\' || l->end - l->at == 1)
			put(l, take(l));
		else if (quote == '"')
			rc = put_escape(l);
		else
			put_backslash(l);
	}
	if (rc < 0)
		return rc;
	if (l->at == l->end)
		return config_error(start, l->err,
				    "this string does not end: a closing %c is missing", quote);
	take(l);
	return add_text(l, text);
}

static bool in_word(char c)
{
	return !strchr(" \t\r\n#\"'={}()+,*", c);
}

static int word(struct lexer *l)
{
	size_t text = l->out->texts.len;

	do {
		put(l, take(l));
	} while (l->at < l->end && in_word(*l->at) && !starts(l, "//") && !starts(l, "/*"));
	return add_text(l, text);
}

/* --- Includes --- */

static const char *skip_blanks(const char *p, const char *end)
{
	while (p < end && isspace((unsigned char)*p))
		p++;
	return p;
}

/*
 * Finds the name in `include ( "NAME" )`. Returns where the call ends, or NULL when AT is no
 * include.
 */
static const char *parse_include(const struct lexer *l, const char **name, size_t *len)
{
	const char *p = l->at + strlen("include"), *stop;

	if (!starts(l, "include") || (p < l->end && in_word(*p)))
		return NULL;
	p = skip_blanks(p, l->end);
	if (p == l->end || *p != '(')
		return NULL;
	p = skip_blanks(p + 1, l->end);
	if (p == l->end)
		return NULL;
	if (*p == '"' || *p == '\'') {
		stop = memchr(p + 1, *p, (size_t)(l->end - p - 1));
		if (!stop)
			return NULL;
		*name = p + 1;
		*len = (size_t)(stop++ - *name);
	} else {
		for (stop = p; stop < l->end && in_word(*stop); stop++)
			;
		*name = p;
		*len = (size_t)(stop - p);
	}
	p = skip_blanks(stop, l->end);
	return p < l->end && *p == ')' && *len > 0 ? p + 1 : NULL;
}

static bool is_file(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

/* DIR/NAME when that is a file; the caller frees it. */
static char *in_directory(const char *dir, size_t dir_len, const char *name)
{
	char *path;

	if (asprintf(&path, "%.*s/%s", (int)dir_len, dir, name) < 0)
		return NULL;
	if (is_file(path))
		return path;
	free(path);
	return NULL;
}

static char *beside(const char *file, const char *name)
{
	char *copy = strdup(file), *dir, *path = NULL;

	if (!copy)
		return NULL;
	dir = dirname(copy);
	path = strcmp(dir, ".") == 0 ? NULL : in_directory(dir, strlen(dir), name);
	free(copy);
	return path;
}

static char *find_include(const struct lexer *l, const char *name)
{
	const char *dir = l->includepath, *next;
	char *path = NULL;

	if (name[0] == '/')
		return is_file(name) ? strdup(name) : NULL;
	for (; dir && !path; dir = next) {
		next = strchr(dir, ':');
		path = in_directory(dir, next ? (size_t)(next - dir) : strlen(dir), name);
		next = next ? next + 1 : NULL;
	}
	if (!path)
		path = beside(l->place.file, name);
	if (!path && is_file(name))
		path = strdup(name);
	return path;
}

static const char *keep_name(struct config *config, const char *name)
{
	char *copy = strdup(name),
	     **kept = copy ? ARRAY_ADD(config->files, config->file_count) : NULL;

	if (!kept) {
		free(copy);
		return NULL;
	}
	*kept = copy;
	return copy;
}

static int read_included(struct lexer *l, const char *path)
{
	struct lexer inner = *l;
	size_t len;
	char *text;
	int rc;

	if (l->depth == INCLUDE_DEPTH)
		return config_error(l->place, l->err,
				    "includes go deeper than %d files: does a file include itself?",
				    INCLUDE_DEPTH);
	if (file_read(path, CONFIG_MAX, &text, &len, l->err) < 0)
		return config_error_at(l->place, l->err);
	inner.at = text;
	inner.end = text + len;
	inner.place = (struct config_place){ keep_name(l->config, path), 1 };
	inner.depth = l->depth + 1;
	rc = inner.place.file ? read_file(&inner) : no_memory(l);
	free(text);
	return rc;
}

/* Puts the tokens of the included file in place of the call. */
static int include(struct lexer *l, const char *call_end, const char *name, size_t len)
{
	char *copy = strndup(name, len), *path = copy ? find_include(l, copy) : NULL;
	int rc;

	if (!copy)
		return no_memory(l);
	if (path)
		rc = read_included(l, path);
	else
		rc = config_error(l->place, l->err, "cannot find '%s' to include", copy);
	take_until(l, call_end);
	free(path);
	free(copy);
	return rc;
}

/* --- All together --- */

static int brace(struct lexer *l)
{
	if (*l->at == '{') {
		l->open = l->place;
		l->braces++;
	} else if (--l->braces < 0) {
		return config_error(l->place, l->err, "a `}` without its `{`");
	}
	return add_token(l, take(l), 0);
}

/* Reads a token, comment, blank or include. What is none of them has no meaning in genimage. */
static int read_next(struct lexer *l)
{
	const char *call_end, *name;
	size_t len = variable(l), text = l->out->texts.len;
	char c = *l->at;

	if (len)
		return put_variable(l, len) < 0 ? -1 : add_text(l, text);
	if (starts(l, "/*"))
		return block_comment(l);
	if (c == '"' || c == '\'')
		return quoted(l);
	if (c == '{' || c == '}')
		return brace(l);
	call_end = parse_include(l, &name, &len);
	if (call_end)
		return include(l, call_end, name, len);
	if (c == '#' || starts(l, "//")) {
		line_comment(l);
		return 0;
	}
	if (in_word(c))
		return word(l);
	if (starts(l, "+=")) {
		take_until(l, l->at + 2);
		return add_token(l, TOKEN_APPEND, 0);
	}
	take(l);
	return strchr("=(),", c) ? add_token(l, c, 0) : 0;
}

static int read_file(struct lexer *l)
{
	int rc = 0;

	l->braces = 0;
	l->out->bytes += (size_t)(l->end - l->at);
	if (l->out->bytes > 2 * CONFIG_MAX)
		return config_error(l->place, l->err, "more than 8 MiB of config");
	if (memchr(l->at, '\0', (size_t)(l->end - l->at)))
		return config_error(l->place, l->err, "a zero byte in it: this is no text file");
	while (rc == 0 && l->at < l->end)
		rc = read_next(l);
	if (rc == 0 && l->braces)
		rc = config_error(l->open, l->err, "this `{` has no `}`");
	return rc;
}

int config_lex(struct config_tokens *tokens, struct config *config, const char *text, size_t len,
	       const char *name, const char *includepath, struct error *err)
{
	struct lexer l = {
		.out = tokens,
		.config = config,
		.includepath = includepath,
		.err = err,
		.at = text,
		.end = text + len,
		.place = { keep_name(config, name), 1 },
	};

	if (!l.place.file)
		return no_memory(&l);
	if (read_file(&l) < 0 || add_token(&l, TOKEN_END, 0) < 0)
		return -1;
	return tokens->texts.failed ? no_memory(&l) : 0;
}

void config_tokens_free(struct config_tokens *tokens)
{
	free(tokens->token);
	strbuf_free(&tokens->texts);
	*tokens = (struct config_tokens){ 0 };
}
