// SPDX-License-Identifier: GPL-2.0-only
/*
 * Prepares the text of a config for libconfuse: see config-text.h. The lexical rules are
 * libconfuse's.
 */
#include "image/config/config-text.h"

#include <ctype.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"

#define INCLUDE_DEPTH 10
#define CONFIG_MAX    ((size_t)4 << 20) /* bytes of one file; all together may have twice as many */

/* One file being read. */
struct reader {
	struct config_source *out;
	struct config *config;
	const char *includepath;
	struct error *err;
	const char *at, *end;
	struct config_place place; /* of AT */
	int depth;		   /* of includes */
	struct config_place open;  /* of the last brace that is open */
	int braces;
};

static int read_text(struct reader *r);

static int no_memory(struct reader *r)
{
	return error_set(r->err, "out of memory");
}

static int add_line(struct reader *r)
{
	struct config_source *out = r->out;
	struct config_place *grown;

	if (out->line_count == out->line_size) {
		size_t size = out->line_size ? out->line_size * 2 : 256;

		grown = realloc(out->lines, size * sizeof(*grown));
		if (!grown)
			return no_memory(r);
		out->lines = grown;
		out->line_size = size;
	}
	out->lines[out->line_count++] = r->place;
	return 0;
}

static int put(struct reader *r, char c)
{
	struct config_source *out = r->out;

	if (out->len + 1 >= out->size) {
		size_t size = out->size ? out->size * 2 : 4096;
		char *grown = size > 2 * CONFIG_MAX ? NULL : realloc(out->text, size);

		if (!grown)
			return size > 2 * CONFIG_MAX ?
				       config_error(r->place, r->err, "more than 8 MiB of config") :
				       no_memory(r);
		out->text = grown;
		out->size = size;
	}
	out->text[out->len++] = c;
	out->text[out->len] = '\0';
	return c == '\n' ? add_line(r) : 0;
}

/* Takes one character, as it is or (KEEP false) as a blank; a newline is always kept. */
static int take(struct reader *r, bool keep)
{
	char c = *r->at++;

	if (c == '\n')
		r->place.line++;
	return put(r, keep || c == '\n' ? c : ' ');
}

static int take_some(struct reader *r, size_t n, bool keep)
{
	int rc = 0;

	while (n-- && !rc)
		rc = take(r, keep);
	return rc;
}

static bool starts(const struct reader *r, const char *word)
{
	size_t len = strlen(word);

	return (size_t)(r->end - r->at) >= len && memcmp(r->at, word, len) == 0;
}

static int line_comment(struct reader *r)
{
	int rc = 0;

	while (!rc && r->at < r->end && *r->at != '\n')
		rc = take(r, false);
	return rc;
}

static int block_comment(struct reader *r)
{
	struct config_place start = r->place;
	int rc = take_some(r, 2, false);

	while (!rc && r->at < r->end && !starts(r, "*/"))
		rc = take(r, false);
	if (rc)
		return rc;
	if (r->at == r->end)
		return config_error(start, r->err, "this comment does not end: `*/` is missing");
	return take_some(r, 2, false);
}

/* The length of a `${NAME}` at AT, or 0. */
static size_t variable(const struct reader *r)
{
	const char *close;

	if (!starts(r, "${"))
		return 0;
	close = memchr(r->at, '}', (size_t)(r->end - r->at));
	return close ? (size_t)(close - r->at) + 1 : 0;
}

/* libconfuse refuses a wrong escape too, but stays inside the string when it is next used. */
static int check_escape(const struct reader *r)
{
	int digits = 0, value = 0;
	const char *p;

	for (p = r->at + 1; p < r->end && isdigit((unsigned char)*p); p++) {
		value = value * 8 + (*p - '0');
		if (*p > '7' || ++digits > 3 || value > 0xff)
			return config_error(r->place, r->err,
					    "a bad escape sequence: `\\` and up to three octal "
					    "digits, at most \\377");
	}
	return 0;
}

static int quoted(struct reader *r)
{
	struct config_place start = r->place;
	char quote = *r->at;
	int rc = take(r, true);

	while (!rc && r->at < r->end && *r->at != quote) {
		size_t skip = quote == '"' ? variable(r) : 0;

		if (skip) {
			rc = take_some(r, skip, true);
		} else if (*r->at == '\\' && r->end - r->at > 1) {
			rc = quote == '"' ? check_escape(r) : 0;
			if (!rc)
				rc = take_some(r, 2, true);
		} else {
			rc = take(r, true);
		}
	}
	if (rc)
		return rc;
	if (r->at == r->end)
		return config_error(start, r->err,
				    "this string does not end: a closing %c is missing", quote);
	return take(r, true);
}

static int brace(struct reader *r)
{
	if (*r->at == '{') {
		r->open = r->place;
		r->braces++;
	} else if (--r->braces < 0) {
		return config_error(r->place, r->err, "a `}` without its `{`");
	}
	return take(r, true);
}

static bool in_word(char c)
{
	return !strchr(" \t\r\n#\"'={}()+,*", c);
}

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
static const char *parse_include(const struct reader *r, const char **name, size_t *len)
{
	const char *p = skip_blanks(r->at + strlen("include"), r->end), *stop;

	if (p == r->end || *p != '(')
		return NULL;
	p = skip_blanks(p + 1, r->end);
	if (p == r->end)
		return NULL;
	if (*p == '"' || *p == '\'') {
		stop = memchr(p + 1, *p, (size_t)(r->end - p - 1));
		if (!stop)
			return NULL;
		*name = p + 1;
		*len = (size_t)(stop++ - *name);
	} else {
		for (stop = p; stop < r->end && in_word(*stop); stop++)
			;
		*name = p;
		*len = (size_t)(stop - p);
	}
	p = skip_blanks(stop, r->end);
	return p < r->end && *p == ')' && *len > 0 ? p + 1 : NULL;
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

static char *find_include(const struct reader *r, const char *name)
{
	const char *dir = r->includepath, *next;
	char *path = NULL;

	if (name[0] == '/')
		return is_file(name) ? strdup(name) : NULL;
	for (; dir && !path; dir = next) {
		next = strchr(dir, ':');
		path = in_directory(dir, next ? (size_t)(next - dir) : strlen(dir), name);
		next = next ? next + 1 : NULL;
	}
	if (!path)
		path = beside(r->place.file, name);
	if (!path && is_file(name))
		path = strdup(name);
	return path;
}

static const char *keep_name(struct reader *r, const char *name)
{
	struct config *config = r->config;
	char **grown = reallocarray(config->files, config->file_count + 1, sizeof(*grown));

	if (!grown)
		return NULL;
	config->files = grown;
	grown[config->file_count] = strdup(name);
	return grown[config->file_count] ? grown[config->file_count++] : NULL;
}

static int include(struct reader *r, const char *path)
{
	struct reader inner = *r;
	size_t len;
	char *text;
	int rc;

	if (r->depth == INCLUDE_DEPTH)
		return config_error(r->place, r->err,
				    "includes go deeper than %d files: does a file include itself?",
				    INCLUDE_DEPTH);
	if (file_read(path, CONFIG_MAX, &text, &len, r->err) < 0)
		return config_error_at(r->place, r->err);
	inner.at = text;
	inner.end = text + len;
	inner.place = (struct config_place){ keep_name(r, path), 1 };
	inner.depth = r->depth + 1;
	rc = inner.place.file ? read_text(&inner) : no_memory(r);
	free(text);
	return rc;
}

/* Puts the included file in place of the call, on lines of its own. */
static int do_include(struct reader *r, const char *call_end, const char *name, size_t len)
{
	char *copy = strndup(name, len), *path = copy ? find_include(r, copy) : NULL;
	int rc;

	if (!copy)
		return no_memory(r);
	if (!path) {
		rc = config_error(r->place, r->err, "cannot find '%s' to include", copy);
		goto out;
	}
	rc = include(r, path);
	if (rc)
		goto out;
	for (; r->at < call_end; r->at++)
		r->place.line += *r->at == '\n';
	rc = put(r, '\n');
out:
	free(path);
	free(copy);
	return rc;
}

static int word(struct reader *r)
{
	const char *call_end, *name;
	size_t len;
	int rc = 0;

	if (starts(r, "include") && (r->end - r->at == 7 || !in_word(r->at[7]))) {
		call_end = parse_include(r, &name, &len);
		if (call_end)
			return do_include(r, call_end, name, len);
	}
	do {
		rc = take(r, true);
	} while (!rc && r->at < r->end && in_word(*r->at) && !starts(r, "//") && !starts(r, "/*") &&
		 !variable(r));
	return rc;
}

static int token(struct reader *r)
{
	size_t n = variable(r);

	if (n)
		return take_some(r, n, true);
	if (*r->at == '#' || starts(r, "//"))
		return line_comment(r);
	if (starts(r, "/*"))
		return block_comment(r);
	if (*r->at == '"' || *r->at == '\'')
		return quoted(r);
	if (*r->at == '{' || *r->at == '}')
		return brace(r);
	if (in_word(*r->at))
		return word(r);
	return take(r, true);
}

/* Reads one file. Its first line starts a line of the text, and its last one ends one. */
static int read_text(struct reader *r)
{
	int rc;

	r->braces = 0;
	if (memchr(r->at, '\0', (size_t)(r->end - r->at)))
		return config_error(r->place, r->err, "a zero byte in it: this is no text file");
	rc = r->depth ? put(r, '\n') : add_line(r);
	while (!rc && r->at < r->end)
		rc = token(r);
	if (rc)
		return rc;
	if (r->braces)
		return config_error(r->open, r->err, "this `{` has no `}`");
	return put(r, '\n');
}

int config_source_read(struct config_source *source, struct config *config, const char *text,
		       size_t len, const char *name, const char *includepath, struct error *err)
{
	struct reader r = {
		.out = source,
		.config = config,
		.includepath = includepath,
		.err = err,
		.at = text,
		.end = text + len,
	};

	r.place = (struct config_place){ keep_name(&r, name), 1 };
	return r.place.file ? read_text(&r) : no_memory(&r);
}

void config_source_free(struct config_source *source)
{
	free(source->text);
	free(source->lines);
	*source = (struct config_source){ 0 };
}

struct config_place config_source_place(const struct config_source *source, int line)
{
	size_t last = source->line_count ? source->line_count - 1 : 0;
	size_t at = line > 0 ? (size_t)line - 1 : 0;

	if (!source->line_count)
		return (struct config_place){ 0 };
	return source->lines[at < last ? at : last];
}
