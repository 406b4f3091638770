// SPDX-License-Identifier: GPL-2.0-only
/* The C preprocessor that tables of devices need: where macros are, and what they become. */
#include "pick/macro.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	MAX_HEADER = 256 << 10, /* bytes; larger ones describe registers */
	MAX_NESTED = 4,		/* headers that include headers */
};

/* A header that was read. */
struct header {
	struct scan_source scan;
	struct scan_define **defines; /* by name */
	size_t count;
	const char *folder;
	unsigned search; /* the last that looked into it */
	bool missing;
};

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_';
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* --- Where macros are --- */

static int index_defines(struct names *names, const struct scan_source *source)
{
	for (struct scan_define *d = source->defines; d; d = d->next) {
		void **place = names_add(names, d->name, strlen(d->name));

		if (!place)
			return -1;
		if (!*place) /* the first counts, of those that an #ifdef chooses from */
			*place = d;
	}
	return 0;
}

static int compare_defines(const void *a, const void *b)
{
	const struct scan_define *const *x = a, *const *y = b;

	return strcmp((*x)->name, (*y)->name);
}

static int sort_defines(struct header *header, struct arena *arena)
{
	for (struct scan_define *d = header->scan.defines; d; d = d->next)
		header->count++;
	header->defines = arena_alloc(arena, header->count * sizeof(struct scan_define *));
	if (!header->defines)
		return -1;
	header->count = 0;
	for (struct scan_define *d = header->scan.defines; d; d = d->next)
		header->defines[header->count++] = d;
	qsort(header->defines, header->count, sizeof(struct scan_define *), compare_defines);
	return 0;
}

static const struct scan_define *find_define(const struct header *header, const char *name,
					     size_t len)
{
	size_t low = 0, high = header->count;

	while (low < high) {
		size_t middle = (low + high) / 2;
		const char *has = header->defines[middle]->name;
		int order = strncmp(has, name, len);

		if (!order)
			order = has[len] != '\0';
		if (!order)
			return header->defines[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

static struct header *get_header(struct macros *m, const char *path)
{
	struct headers *headers = m->headers;
	struct header *header = names_find(&headers->by_path, path, strlen(path));
	const char *text, *slash, *kept;
	const struct scan_source *known;
	struct arena scratch = { 0 };
	void **place;
	size_t len;

	if (header)
		return header;
	header = arena_alloc(headers->arena, sizeof(*header));
	kept = arena_copy(headers->arena, path, strlen(path));
	place = header && kept ? names_add(&headers->by_path, kept, strlen(kept)) : NULL;
	if (!place) {
		m->failed = true;
		return NULL;
	}
	*place = header;
	slash = strrchr(path, '/');
	header->folder = arena_copy(headers->arena, path, slash ? (size_t)(slash - path) : 0);
	known = files_scan(headers->files, path);
	if (known) {
		header->scan = *known;
		if (sort_defines(header, headers->arena) < 0)
			m->failed = true;
	} else if (files_read(headers->files, path, MAX_HEADER, &scratch, &text, &len, NULL) > 0) {
		scan_header(&header->scan, text, len, headers->arena);
		if (sort_defines(header, headers->arena) < 0)
			m->failed = true;
	} else {
		header->missing = true;
	}
	arena_free(&scratch);
	return header;
}

/* The headers that INCLUDE may mean, of a file in FOLDER. */
static void look_for(struct macros *m, struct scan_include *include, const char *folder)
{
	static const char *const tops[] = { "include", "include/uapi" };
	char path[FILES_PATH_MAX];
	size_t len = strlen(include->name);

	include->looked_for = true;
	if (include->quoted) {
		if (files_path(path, sizeof(path), folder, include->name, len) > 0)
			include->found[0] = get_header(m, path);
		return;
	}
	for (size_t i = 0; i < 2; i++)
		if (files_path(path, sizeof(path), tops[i], include->name, len) > 0)
			include->found[i] = get_header(m, path);
}

static const struct scan_define *find_in_header(struct macros *m, struct header *header,
						const char *name, size_t len, int depth)
{
	const struct scan_define *found;

	if (!header || header->missing || header->search == m->headers->searches)
		return NULL;
	header->search = m->headers->searches;
	found = find_define(header, name, len);
	for (struct scan_include *i = header->scan.includes; i && !found && depth < MAX_NESTED;
	     i = i->next) {
		if (!i->looked_for)
			look_for(m, i, header->folder);
		for (int k = 0; k < 2 && !found; k++)
			found = find_in_header(m, i->found[k], name, len, depth + 1);
	}
	return found;
}

const struct scan_define *macro_find(struct macros *m, const char *name, size_t len)
{
	/* Where most are, whatever includes it. */
	static const struct {
		const char *prefix, *header;
	} known[] = { { "PCI_", "include/linux/pci_ids.h" },
		      { "VIRTIO_ID_", "include/uapi/linux/virtio_ids.h" } };
	const struct scan_define *found = names_find(&m->own, name, len);

	if (found || m->failed)
		return found;
	m->headers->searches++;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]) && !found; i++)
		if (!strncmp(name, known[i].prefix, strlen(known[i].prefix)))
			found = find_in_header(m, get_header(m, known[i].header), name, len,
					       MAX_NESTED);
	for (struct scan_include *i = m->source->includes; i && !found; i = i->next) {
		if (!i->looked_for)
			look_for(m, i, m->folder);
		for (int k = 0; k < 2 && !found; k++)
			found = find_in_header(m, i->found[k], name, len, 1);
	}
	return found;
}

const char *macro_included(struct macros *m, const char *name, size_t len, size_t *text_len)
{
	char path[FILES_PATH_MAX];
	struct arena scratch = { 0 };
	const char *text, *stripped = NULL;

	if (files_path(path, sizeof(path), m->folder, name, len) > 0 &&
	    files_read(m->headers->files, path, MAX_HEADER, &scratch, &text, text_len, NULL) > 0)
		stripped = scan_strip(text, text_len, m->headers->arena);
	arena_free(&scratch);
	return stripped;
}

void macro_tables(struct macros *m, void (*found)(void *arg, const struct scan_table *table),
		  void *arg)
{
	for (struct scan_include *i = m->source->includes; i; i = i->next) {
		if (!i->looked_for)
			look_for(m, i, m->folder);
		for (int k = 0; k < 2; k++)
			for (struct scan_table *t =
				     i->found[k] ? ((struct header *)i->found[k])->scan.tables :
						   NULL;
			     t; t = t->next)
				found(arg, t);
	}
}

int macros_open(struct macros *m, const struct scan_source *source, const char *folder,
		const char *module, struct headers *headers)
{
	*m = (struct macros){ .source = source,
			      .folder = folder,
			      .module = module,
			      .headers = headers,
			      .budget = 16 << 20 };
	return index_defines(&m->own, source);
}

void macros_close(struct macros *m)
{
	names_free(&m->own);
}

void headers_free(struct headers *headers)
{
	names_free(&headers->by_path);
}

/* --- What they become --- */

bool macro_part(const char **at, const char *end, const char **part, size_t *len)
{
	const char *c = *at;
	int depth = 0;

	while (c < end && is_blank(*c))
		c++;
	if (c == end)
		return false;
	*part = c;
	for (; c < end; c++) {
		if (*c == '"') {
			for (c++; c < end && *c != '"'; c++)
				c += *c == '\\' && c + 1 < end;
			if (c == end)
				break;
		} else if (*c == '(' || *c == '{' || *c == '[') {
			depth++;
		} else if (*c == ')' || *c == '}' || *c == ']') {
			depth--;
		} else if (*c == ',' && depth <= 0) {
			break;
		}
	}
	*at = c < end ? c + 1 : end;
	while (c > *part && is_blank(c[-1]))
		c--;
	*len = (size_t)(c - *part);
	return true;
}

/* The argument of the parameter NAME, or NULL where it is none. */
static const char *argument(const struct scan_define *define, const char *name, size_t name_len,
			    const char *args, size_t args_len, size_t *len)
{
	const char *parameters = define->parameters, *parameter, *arg;
	const char *end = parameters + strlen(parameters), *args_end = args + args_len;
	size_t n;

	while (macro_part(&parameters, end, &parameter, &n)) {
		bool rest = n >= 3 && !memcmp(parameter + n - 3, "...", 3);

		if (rest && name_len == 11 && !memcmp(name, "__VA_ARGS__", 11)) {
			*len = (size_t)(args_end - args);
			return args;
		}
		if (!macro_part(&args, args_end, &arg, len)) {
			arg = "";
			*len = 0;
		}
		if (n == name_len && !memcmp(parameter, name, n))
			return arg;
	}
	return NULL;
}

static void substitute(struct strbuf *out, const struct scan_define *define, const char *args,
		       size_t args_len)
{
	const char *c = define->body, *end = c + strlen(c);

	while (c < end) {
		const char *start = c, *arg;
		size_t len;

		if (*c == '"') {
			for (c++; c < end && *c != '"'; c++)
				c += *c == '\\' && c + 1 < end;
			c += c < end;
			strbuf_add(out, start, (size_t)(c - start));
			continue;
		}
		if (*c == '#' && c + 1 < end && c[1] == '#') {
			while (out->len && is_blank(out->buf[out->len - 1]))
				out->len--;
			for (c += 2; c < end && is_blank(*c);)
				c++;
			continue;
		}
		while (c < end && is_name(*c))
			c++;
		if (c == start) {
			bool text = *c == '#' && c + 1 < end && is_name(c[1]);

			c++;
			if (!text) {
				strbuf_add(out, start, 1);
				continue;
			}
			for (start = c; c < end && is_name(*c);)
				c++;
			arg = argument(define, start, (size_t)(c - start), args, args_len, &len);
			strbuf_puts(out, "\"");
			if (arg)
				strbuf_add(out, arg, len);
			strbuf_puts(out, "\"");
			continue;
		}
		arg = argument(define, start, (size_t)(c - start), args, args_len, &len);
		strbuf_add(out, arg ? arg : start, arg ? len : (size_t)(c - start));
	}
}

bool macro_expand(struct macros *m, struct strbuf *out, const char *name, size_t name_len,
		  const char *args, size_t args_len)
{
	const struct scan_define *define = macro_find(m, name, name_len);
	size_t before = out->len;

	if (!define || !define->parameters != !args)
		return false;
	if (args)
		substitute(out, define, args, args_len);
	else
		strbuf_puts(out, define->body);
	if (out->failed)
		m->failed = true;
	if (out->len - before > MACRO_LENGTH || out->len - before > m->budget)
		return false;
	m->budget -= out->len - before;
	return !out->failed;
}
