// SPDX-License-Identifier: GPL-2.0-only
/* The macros and includes of sources and headers. */
#include "pick/names.h"
#include "pick/scan-parts.h"

enum {
	MAX_DEFINES = 200000, /* of one header */
	MAX_PASSES = 4,	      /* macros that are made of macros */
};

/* --- Includes --- */

const char *scan_included(const char *line, const char *end, size_t *len, bool *quotes)
{
	const char *c = skip_blank(line + 1, end), *close;

	if (!starts(c, end, "include"))
		return NULL;
	c = skip_blank(c + 7, end);
	if (c == end || (*c != '<' && *c != '"'))
		return NULL;
	*quotes = *c == '"';
	close = memchr(c + 1, *quotes ? '"' : '>', (size_t)(end - c - 1));
	*len = close ? (size_t)(close - c - 1) : 0;
	return close ? c + 1 : NULL;
}

/* Whether a header of the kernel may have what tables are made of; most have other things. */
static bool is_of_use(const char *name)
{
	static const char *const never[] = { "asm/",	"net/",		"uapi/",     "trace/",
					     "crypto/", "dt-bindings/", "generated/" };
	const char *slash = strchr(name, '/');

	for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++)
		if (!strncmp(name, never[i], strlen(never[i])))
			return false;
	return !slash || strchr(slash + 1, '/') || strncmp(name, "linux/", 6) != 0 ||
	       strstr(name, "id") || strstr(name, "pci") || strstr(name, "usb");
}

static void add_include(struct scan *s, const char *name, size_t len, bool quotes)
{
	struct scan_include *include;
	char copy[256];

	if (len >= sizeof(copy))
		return;
	memcpy(copy, name, len);
	copy[len] = '\0';
	if (!quotes && !is_of_use(copy))
		return;
	include = arena_alloc(s->arena, sizeof(*include));
	if (!include)
		return;
	include->name = arena_copy(s->arena, name, len);
	if (!include->name)
		return;
	include->quoted = quotes;
	*s->last_include = include;
	s->last_include = &include->next;
}

void scan_includes(struct scan *s, const char *text)
{
	for (const char *line = text; line < s->end;) {
		const char *hash = memchr(line, '#', (size_t)(s->end - line)), *name;
		const char *end;
		size_t len;
		bool quotes;

		if (!hash)
			break;
		end = memchr(hash, '\n', (size_t)(s->end - hash));
		line = end ? end : s->end;
		name = hash == text || hash[-1] == '\n' ? scan_included(hash, line, &len, &quotes) :
							  NULL;
		if (name)
			add_include(s, name, len, quotes);
	}
}

/* --- Macros --- */

/* The end of a line that goes on behind a backslash. */
static const char *logical_end(const char *c, const char *end)
{
	for (;; c++) {
		c = memchr(c, '\n', (size_t)(end - c));
		if (!c)
			return end;
		if (c[-1] != '\\' && (c[-1] != '\r' || c[-2] != '\\'))
			return c;
	}
}

/* Where a macro's body ends, if what follows is but a comment. */
static const char *body_end(const char *c, const char *end)
{
	const char *comment = memmem(c, (size_t)(end - c), "/*", 2);
	const char *over = comment ? memmem(comment, (size_t)(end - comment), "*/", 2) : NULL;

	if (over)
		for (over += 2; over < end && (*over == ' ' || *over == '\t' || *over == '\r');)
			over++;
	if (over == end)
		end = comment;
	while (end > c && (end[-1] == ' ' || end[-1] == '\t'))
		end--;
	return end;
}

/* Copies a macro's body to TO: on one line, without comments. Returns its end. */
static char *copy_body(char *to, const char *c, const char *end)
{
	char *start = to;

	while (c < end) {
		if (*c == '/' && c + 1 < end && c[1] == '*') {
			const char *over = memmem(c + 2, (size_t)(end - c - 2), "*/", 2);

			c = over ? over + 2 : end;
			*to++ = ' ';
		} else if (*c == '/' && c + 1 < end && c[1] == '/') {
			break;
		} else if (*c == '\\' && c + 1 < end && (c[1] == '\n' || c[1] == '\r')) {
			c += 2;
			*to++ = ' ';
		} else {
			*to++ = *c == '\n' ? ' ' : *c;
			c++;
		}
	}
	while (to > start && (to[-1] == ' ' || to[-1] == '\t' || to[-1] == '\r'))
		to--;
	return to;
}

/* The name of the macro that a `#define` line defines, or NULL. */
static const char *defined(const char *line, const char *end, size_t *len)
{
	const char *c = skip_blank(line + 1, end), *name;

	if (!starts(c, end, "define"))
		return NULL;
	name = c = skip_blank(c + 6, end);
	while (c < end && is_name(*c))
		c++;
	*len = (size_t)(c - name);
	return *len ? name : NULL;
}

/* Name, parameters and body lie behind one another: a tree has more than a hundred thousand. */
static struct scan_define *add_define(struct scan *s, const char *name, size_t len,
				      const char *line_end)
{
	const char *c = name + len, *open = NULL, *close = NULL;
	struct scan_define *define;
	char *to;

	if (c < line_end && *c == '(') {
		open = c;
		close = memchr(c, ')', (size_t)(line_end - c));
		if (!close)
			return NULL;
		c = close + 1;
	}
	c = skip_blank(c, line_end);
	/* Comments and lines of blanks make it look larger than it is. */
	define = arena_alloc(s->arena, sizeof(*define) + len + 1 +
					       (open ? (size_t)(close - open) : 0) +
					       (size_t)(body_end(c, line_end) - c) + 1);
	if (!define)
		return NULL;
	to = define->text;
	memcpy(to, name, len);
	define->name = to;
	to += len + 1;
	if (open) {
		memcpy(to, open + 1, (size_t)(close - open - 1));
		define->parameters = to;
		to += close - open;
	}
	define->body = to;
	to = copy_body(to, c, body_end(c, line_end));
	*to = '\0';
	*s->last_define = define;
	s->last_define = &define->next;
	return define;
}

/* Adds the names in TEXT to those that are looked for. */
static void want_names(struct names *wanted, const char *text, size_t len)
{
	const char *c = text, *end = text + len;

	while (c < end) {
		const char *start = c;

		if (*c == '"') {
			for (c++; c < end && *c != '"'; c++)
				c += *c == '\\' && c + 1 < end;
			c += c < end;
			continue;
		}
		while (c < end && is_name(*c))
			c++;
		if (c > start && (*start < '0' || *start > '9')) {
			void **place = names_add(wanted, start, (size_t)(c - start));

			if (place && !*place)
				*place = wanted;
		}
		c += c == start;
	}
}

/* Whether a macro is looked for; names of ids may be pasted together. */
static bool is_wanted(const struct names *wanted, const char *name, size_t len, bool all)
{
	void *value = names_find(wanted, name, len);

	if (all && !value)
		return true;
	return value ? value == wanted : memmem(name, len, "_ID_", 4) != NULL;
}

void scan_wanted_macros(struct scan *s, const char *text)
{
	struct names wanted = { 0 };
	bool more = true;

	for (struct scan_table *t = s->source->tables; t; t = t->next)
		want_names(&wanted, t->text, t->len);
	for (int pass = 0; more && pass < MAX_PASSES; pass++) {
		more = false;
		for (const char *line = text; line && line < s->end;) {
			const char *hash = memchr(line, '#', (size_t)(s->end - line)), *name;
			size_t len;
			void **place;

			if (!hash)
				break;
			line = hash + 1;
			name = hash == text || hash[-1] == '\n' ? defined(hash, s->end, &len) :
								  NULL;
			if (!name || !is_wanted(&wanted, name, len, s->source->tables_include))
				continue;
			place = names_add(&wanted, name, len);
			line = logical_end(name, s->end);
			*place = add_define(s, name, len, line);
			if (!*place)
				break;
			want_names(&wanted, ((struct scan_define *)*place)->body,
				   strlen(((struct scan_define *)*place)->body));
			more = true;
		}
	}
	names_free(&wanted);
}

/* Whether what is behind a macro's name may stand in a table: not nothing, and no code. */
static bool may_matter(const char *c, const char *end)
{
	if (c < end && *c == '(')
		return true;
	c = skip_blank(c, end);
	return c < end && !(*c >= 'a' && *c <= 'z') && *c != '\n';
}

void scan_all_macros(struct scan *s, const char *text)
{
	const char *name;
	size_t n, count = 0;

	for (const char *line = text; line < s->end && count < MAX_DEFINES;) {
		const char *hash = memchr(line, '#', (size_t)(s->end - line));

		if (!hash)
			break;
		line = hash + 1;
		name = hash == text || hash[-1] == '\n' ? defined(hash, s->end, &n) : NULL;
		if (!name)
			continue;
		line = logical_end(name, s->end);
		if (may_matter(name + n, line))
			count += add_define(s, name, n, line) != NULL;
	}
}
