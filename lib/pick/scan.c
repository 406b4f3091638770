// SPDX-License-Identifier: GPL-2.0-only
/*
 * A source is gone over by its lines: what is looked for begins at the left margin, as the kernel's
 * style has it, so the first letter of a line decides about most of them.
 */
#include "pick/scan.h"

#include <string.h>

#include "pick/scan-parts.h"

enum { MAX_TABLE = 1 << 20 /* bytes */ };

const char *scan_bus_name(enum scan_bus bus)
{
	static const char *const name[] = { "of",  "pci", "usb",  "acpi",  "platform",
					    "i2c", "spi", "amba", "virtio" };

	return name[bus];
}

/* Copies the name that an `#include "NAME"` line has, as a part of a table. */
static char *copy_include(struct scan *s, char *to, const char *line, const char *end)
{
	bool quotes;
	size_t len;
	const char *name = scan_included(line, end, &len, &quotes);

	if (!name || !quotes)
		return to;
	s->source->tables_include = true;
	*to++ = '#';
	memcpy(to, name - 1, len + 2);
	to += len + 2;
	*to++ = ',';
	return to;
}

/*
 * Copies from AT, which is behind an opening bracket, to the one that closes it, or to the end of
 * the file. Comments and the lines of the preprocessor are left out.
 */
static const char *copy_inside(struct scan *s, const char *at, char open, char close, size_t *len)
{
	const char *limit = s->end - at > MAX_TABLE ? at + MAX_TABLE : s->end;
	const char *c = at;
	int depth = 1;
	char *copy, *to, quote = '\0';

	/* How much it is at most: strings and comments may hide brackets, so go over it twice. */
	for (int pass = 0; pass < 2; pass++) {
		if (pass) {
			copy = to = arena_alloc(s->arena, (size_t)(c - at) + 1);
			if (!copy)
				return NULL;
		} else {
			copy = to = NULL;
		}
		depth = 1;
		quote = '\0';
		for (c = at; c < limit; c++) {
			if (quote) {
				if (*c == '\\' && c + 1 < limit) {
					if (to)
						*to++ = *c;
					c++;
				} else if (*c == quote || *c == '\n') {
					quote = '\0';
				}
			} else if (*c == '"' || *c == '\'') {
				quote = *c;
			} else if (*c == '/' && c + 1 < limit && c[1] == '*') {
				const char *over = memmem(c + 2, (size_t)(limit - c - 2), "*/", 2);

				c = over ? over + 1 : limit - 1;
				if (to)
					*to++ = ' ';
				continue;
			} else if ((*c == '/' && c + 1 < limit && c[1] == '/') ||
				   (*c == '#' && (c == at || c[-1] == '\n'))) {
				const char *over = memchr(c, '\n', (size_t)(limit - c));

				/* A table may go on in another file. */
				if (to && over && *c == '#')
					to = copy_include(s, to, c, over);
				c = over ? over : limit - 1;
			} else if (*c == open) {
				depth++;
			} else if (*c == close && --depth == 0) {
				break;
			}
			if (to)
				*to++ = *c;
		}
	}
	*len = (size_t)(to - copy);
	return copy;
}

const char *scan_strip(const char *text, size_t *len, struct arena *arena)
{
	struct scan_source none = { 0 };
	struct scan s = { .source = &none, .arena = arena, .end = text + *len };

	return copy_inside(&s, text, '{', '\0', len);
}

static void add_table(struct scan *s, enum scan_bus bus, bool driver, const char *at, char open,
		      char close)
{
	struct scan_table *table = arena_alloc(s->arena, sizeof(*table));

	if (!table)
		return;
	table->bus = bus;
	table->driver = driver;
	table->call = open == '(';
	table->text = copy_inside(s, at, open, close, &table->len);
	if (!table->text)
		return;
	*s->last_table = table;
	s->last_table = &table->next;
}

/* The text in the first quotes of a line. */
static const char *quoted(struct scan *s, const char *at)
{
	const char *start = memchr(at, '"', (size_t)(s->end - at));
	const char *end = start ? memchr(start + 1, '"', (size_t)(s->end - start - 1)) : NULL;

	return end && end - at < 512 ? arena_copy(s->arena, start + 1, (size_t)(end - start - 1)) :
				       NULL;
}

/* `static const struct TYPE NAME[] = {` */
static void declaration(struct scan *s, const char *line, const char *end)
{
	static const struct {
		const char *type;
		enum scan_bus bus;
	} tables[] = {
		{ "of_device_id", SCAN_OF },
		{ "pci_device_id", SCAN_PCI },
		{ "usb_device_id", SCAN_USB },
		{ "acpi_device_id", SCAN_ACPI },
		{ "platform_device_id", SCAN_PLATFORM },
		{ "i2c_device_id", SCAN_I2C },
		{ "spi_device_id", SCAN_SPI },
		{ "amba_id", SCAN_AMBA },
		{ "virtio_device_id", SCAN_VIRTIO },
	};
	const char *c, *type;
	size_t len;

	c = memmem(line, (size_t)(end - line), "struct ", 7);
	if (!c)
		return;
	type = c = skip_blank(c + 7, s->end);
	while (c < s->end && is_name(*c))
		c++;
	len = (size_t)(c - type);
	/* What is a table, or a driver, has its value here. */
	while (c < s->end && *c != '=' && *c != ';' && *c != '(' && *c != '{' && *c != ')')
		c++;
	if (c == s->end || *c != '=')
		return;
	c++;
	while (c < s->end && (*c == ' ' || *c == '\t' || *c == '\n'))
		c++;
	if (c == s->end || *c != '{')
		return;
	if (len == 15 && !memcmp(type, "platform_driver", len))
		add_table(s, SCAN_PLATFORM, true, c + 1, '{', '}');
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		if (strlen(tables[i].type) == len && !memcmp(type, tables[i].type, len))
			add_table(s, tables[i].bus, false, c + 1, '{', '}');
}

/* CLK_OF_DECLARE(NAME, "COMPATIBLE", ...), MODULE_ALIAS("platform:NAME") and the like. */
static void macro_line(struct scan *s, const char *line)
{
	const char *c = line;
	size_t len;

	while (c < s->end && is_name(*c))
		c++;
	len = (size_t)(c - line);
	if (c == s->end || *c != '(' || len < 12)
		return;
	if (len == 14 && !memcmp(line, "MODULE_LICENSE", len)) {
		if (!s->module_licence)
			s->module_licence = quoted(s, c);
	} else if (len == 18 && !memcmp(line, "MODULE_DESCRIPTION", len)) {
		if (!s->source->description)
			s->source->description = quoted(s, c);
	} else if (len == 12 && !memcmp(line, "MODULE_ALIAS", len)) {
		if (starts(c, s->end, "(\"platform:"))
			add_table(s, SCAN_PLATFORM, false, c + 1, '(', ')');
		else if (starts(c, s->end, "(\"spi:"))
			add_table(s, SCAN_SPI, false, c + 1, '(', ')');
		else if (starts(c, s->end, "(\"i2c:"))
			add_table(s, SCAN_I2C, false, c + 1, '(', ')');
	} else if (len == 19 && !memcmp(line, "MODULE_DEVICE_TABLE", len)) {
		s->device_tables++;
	} else if (memmem(line, len, "OF_DECLARE", 10) || !memcmp(line, "IRQCHIP_DECL", 12) ||
		   (len == 13 && !memcmp(line, "IRQCHIP_MATCH", len))) {
		add_table(s, SCAN_OF, false, c + 1, '(', ')');
	}
}

static void licence_line(struct scan *s, const char *line, const char *end)
{
	const char *tag = memmem(line, (size_t)(end - line), "SPDX-License-Identifier:", 24);

	if (!tag || s->source->licence)
		return;
	tag = skip_blank(tag + 24, end);
	while (end > tag && (end[-1] == ' ' || end[-1] == '/' || end[-1] == '*' || end[-1] == '\r'))
		end--;
	s->source->licence = arena_copy(s->arena, tag, (size_t)(end - tag));
}

static struct scan start(struct scan_source *source, const char *text, size_t len,
			 struct arena *arena)
{
	*source = (struct scan_source){ 0 };
	return (struct scan){ .source = source,
			      .arena = arena,
			      .end = text + len,
			      .last_table = &source->tables,
			      .last_include = &source->includes,
			      .last_define = &source->defines };
}

void scan_source(struct scan_source *source, const char *text, size_t len, struct arena *arena)
{
	struct scan s = start(source, text, len, arena);
	const char *newline, *name;
	bool quotes;
	size_t n;

	for (const char *line = text; line < s.end; line = newline + 1) {
		newline = memchr(line, '\n', (size_t)(s.end - line));
		if (!newline)
			newline = s.end;
		source->lines++;
		switch (*line) {
		case '#':
			name = scan_included(line, newline, &n, &quotes);
			if (name && !quotes)
				source->services |= scan_services(name, n);
			break;
		case '/':
			if (source->lines < 4)
				licence_line(&s, line, newline);
			break;
		default:
			if (*line >= 'A' && *line <= 'Z')
				macro_line(&s, line);
			if ((*line >= 'a' && *line <= 'z') || (*line >= 'A' && *line <= 'Z'))
				declaration(&s, line, newline);
		}
	}
	if (!source->licence)
		source->licence = s.module_licence;
	for (struct scan_table *t = source->tables; t; t = t->next)
		if (!t->driver && !t->call && s.device_tables)
			s.device_tables--;
	source->foreign_tables = s.device_tables > 0;
	if (source->tables || source->foreign_tables) {
		scan_wanted_macros(&s, text);
		scan_includes(&s, text);
	}
}

void scan_header(struct scan_source *header, const char *text, size_t len, struct arena *arena)
{
	struct scan s = start(header, text, len, arena);

	scan_includes(&s, text);
	scan_all_macros(&s, text);
	for (const char *line = memmem(text, len, "_device_id", 10); line;
	     line = memmem(line, (size_t)(s.end - line), "_device_id", 10)) {
		const char *first = memrchr(text, '\n', (size_t)(line - text));
		const char *end = memchr(line, '\n', (size_t)(s.end - line));

		first = first ? first + 1 : text;
		if (end && is_name(*first))
			declaration(&s, first, end);
		line += 10;
	}
}
