// SPDX-License-Identifier: GPL-2.0-only
/* LINUX_SRC= and DRIVER= lines, read as a shell would: nothing in them is run. */
#include "pick/wanted.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/file.h"
#include "base/strbuf.h"

enum { MAX_FILE = 1 << 20 };

struct words {
	const char *at, *end; /* what is left of the file */
	const char *path, *home;
	unsigned line;
	struct error *err;
};

static int add_driver(struct wanted *wanted, const char *name, size_t len, struct error *err)
{
	char **place = len ? ARRAY_ADD(wanted->driver, wanted->count) : NULL;

	if (!len)
		return 0;
	if (place)
		*place = strndup(name, len);
	return place && *place ? 0 : error_set(err, "out of memory");
}

/* Takes one value, up to the blank or the end of the line behind it. */
static int take_value(struct words *w, struct strbuf *value)
{
	char quote = '\0';

	strbuf_puts(value, "");
	if (w->at < w->end && *w->at == '~' &&
	    (w->at + 1 == w->end || strchr("/ \t\n", w->at[1])) && w->home) {
		strbuf_puts(value, w->home);
		w->at++;
	}
	for (; w->at < w->end; w->at++) {
		char c = *w->at;

		if (!quote && (c == ' ' || c == '\t' || c == '\n' || c == '\r'))
			break;
		if (quote && c == '\n')
			break;
		if (c == quote || (!quote && (c == '"' || c == '\''))) {
			quote = quote ? '\0' : c;
			continue;
		}
		if (c == '\\' && quote != '\'' && w->at + 1 < w->end) {
			c = *++w->at;
			if (c == '\n') {
				w->line++;
				continue;
			}
		}
		strbuf_add(value, &c, 1);
	}
	if (quote)
		return error_set(w->err, "%s:%u: a quote without an end", w->path, w->line);
	return value->failed ? error_set(w->err, "out of memory") : 0;
}

static int set(struct wanted *wanted, struct words *w, const char *name, size_t len)
{
	struct strbuf value = STRBUF_INIT;
	bool is_driver = len == 6 && !memcmp(name, "DRIVER", 6);
	int result;

	if (!is_driver && (len != 9 || memcmp(name, "LINUX_SRC", 9) != 0))
		return error_set(w->err, "%s:%u: '%.*s' is neither LINUX_SRC nor DRIVER", w->path,
				 w->line, (int)len, name);
	result = take_value(w, &value);
	if (result == 0 && is_driver) {
		const char *at = value.buf;

		while (*at && result == 0) {
			size_t n = strcspn(at, " \t\n,");

			result = add_driver(wanted, at, n, w->err);
			at += n + strspn(at + n, " \t\n,");
		}
	} else if (result == 0) {
		free(wanted->linux_src);
		wanted->linux_src = strbuf_detach(&value);
		result = wanted->linux_src ? 0 : error_set(w->err, "out of memory");
	}
	strbuf_free(&value);
	return result;
}

static void skip_blank(struct words *w)
{
	while (w->at < w->end && (*w->at == ' ' || *w->at == '\t' || *w->at == '\r'))
		w->at++;
	if (w->at < w->end && *w->at == '#')
		while (w->at < w->end && *w->at != '\n')
			w->at++;
}

int wanted_parse(struct wanted *wanted, const char *text, size_t len, const char *path,
		 const char *home, struct error *err)
{
	struct words w = {
		.at = text, .end = text + len, .path = path, .home = home, .line = 1, .err = err
	};

	*wanted = (struct wanted){ 0 };
	for (;; w.at++, w.line++) {
		skip_blank(&w);
		if (w.end - w.at > 7 && !memcmp(w.at, "export ", 7)) {
			w.at += 7;
			skip_blank(&w);
		}
		if (w.at < w.end && *w.at != '\n') {
			const char *name = w.at;

			while (w.at < w.end && *w.at != '=' && *w.at != '\n' && *w.at != ' ')
				w.at++;
			if (w.at == w.end || *w.at != '=')
				return error_set(err, "%s:%u: NAME=VALUE is expected", path,
						 w.line);
			w.at++;
			if (set(wanted, &w, name, (size_t)(w.at - name) - 1) < 0)
				return -1;
			skip_blank(&w);
			if (w.at < w.end && *w.at != '\n')
				return error_set(err,
						 "%s:%u: a value with a blank in it needs quotes",
						 path, w.line);
		}
		if (w.at >= w.end)
			return 0;
	}
}

int wanted_read(struct wanted *wanted, const char *path, struct error *err)
{
	char *text;
	size_t len;
	int result;

	*wanted = (struct wanted){ 0 };
	if (file_read(path, MAX_FILE, &text, &len, err) < 0)
		return -1;
	result = wanted_parse(wanted, text, len, path, getenv("HOME"), err);
	free(text);
	return result;
}

void wanted_free(struct wanted *wanted)
{
	free(wanted->linux_src);
	for (size_t i = 0; i < wanted->count; i++)
		free(wanted->driver[i]);
	free(wanted->driver);
	*wanted = (struct wanted){ 0 };
}
