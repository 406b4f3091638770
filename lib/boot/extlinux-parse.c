// SPDX-License-Identifier: GPL-2.0-only
/* The text of extlinux.conf: see extlinux.h. A line is a keyword, in any case, and its value. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/array.h"
#include "boot/extlinux.h"

#define BLANKS " \t\r"

enum keyword {
	WORD_LABEL,
	WORD_DEFAULT,
	WORD_KERNEL,
	WORD_INITRD,
	WORD_DEVICETREE,
	WORD_APPEND,
	WORD_LOCALBOOT,
	WORD_MENU,
	WORD_LEFT_OUT,	/* would change what is booted, and is not done: told */
	WORD_NO_MATTER, /* only for who sits before the menu */
};

static const struct {
	const char *name;
	enum keyword word;
} keywords[] = {
	/* clang-format off */
	{ "label",		WORD_LABEL },
	{ "default",		WORD_DEFAULT },
	{ "kernel",		WORD_KERNEL },
	{ "linux",		WORD_KERNEL },
	{ "initrd",		WORD_INITRD },
	{ "fdt",		WORD_DEVICETREE },
	{ "devicetree",		WORD_DEVICETREE },
	{ "append",		WORD_APPEND },
	{ "localboot",		WORD_LOCALBOOT },
	{ "menu",		WORD_MENU },
	{ "include",		WORD_LEFT_OUT },
	{ "fdtdir",		WORD_LEFT_OUT },
	{ "devicetreedir",	WORD_LEFT_OUT },
	{ "fdtoverlays",	WORD_LEFT_OUT },
	{ "devicetree-overlay",	WORD_LEFT_OUT },
	{ "kaslrseed",		WORD_NO_MATTER },
	{ "timeout",		WORD_NO_MATTER },
	{ "totaltimeout",	WORD_NO_MATTER },
	{ "ontimeout",		WORD_NO_MATTER },
	{ "fallback",		WORD_NO_MATTER },
	{ "prompt",		WORD_NO_MATTER },
	{ "say",		WORD_NO_MATTER },
	{ "display",		WORD_NO_MATTER },
	{ "ui",			WORD_NO_MATTER },
	{ "background",		WORD_NO_MATTER },
	{ "ipappend",		WORD_NO_MATTER },
	{ "serial",		WORD_NO_MATTER },
	/* clang-format on */
};

struct parser {
	struct extlinux *conf;
	const char *name;
	int line;
	char *wanted; /* of the line `default` */
	int wanted_line;
	size_t menu_default; /* 1 more than the entry that calls itself the default; or 0 */
	struct notices *notices;
	struct error *err;
};

static int out_of_memory(struct parser *parser)
{
	return error_set(parser->err, "out of memory");
}

/* Stores a copy of VALUE; said again, the last one counts. */
static int store(struct parser *parser, char **to, const char *value)
{
	char *copy = strdup(value);

	if (!copy)
		return out_of_memory(parser);
	free(*to);
	*to = copy;
	return 0;
}

static int add_entry(struct parser *parser, const char *label)
{
	struct extlinux *conf = parser->conf;
	struct extlinux_entry *entry;

	for (size_t i = 0; i < conf->count; i++)
		if (strcmp(conf->entries[i].label, label) == 0)
			return error_set(parser->err,
					 "%s:%d: label '%s' is there already, in line %d",
					 parser->name, parser->line, label, conf->entries[i].line);
	entry = ARRAY_ADD(conf->entries, conf->count);
	if (!entry)
		return out_of_memory(parser);
	*entry = (struct extlinux_entry){ .line = parser->line, .label = strdup(label) };
	return entry->label ? 0 : out_of_memory(parser);
}

/* The words of a label's own. */
static int set_field(struct parser *parser, enum keyword word, const char *name, const char *value)
{
	struct extlinux *conf = parser->conf;
	struct extlinux_entry *entry;

	if (!conf->count)
		return error_set(parser->err,
				 "%s:%d: '%s' belongs to a label, and none begins above it",
				 parser->name, parser->line, name);
	entry = &conf->entries[conf->count - 1];
	switch (word) {
	case WORD_KERNEL:
		return store(parser, &entry->kernel, value);
	case WORD_INITRD:
		return store(parser, &entry->initrd, value);
	case WORD_DEVICETREE:
		return store(parser, &entry->devicetree, value);
	case WORD_APPEND:
		return store(parser, &entry->append, value);
	default:
		entry->local = true;
		return 0;
	}
}

static int take_word(struct parser *parser, enum keyword word, const char *name, const char *value)
{
	switch (word) {
	case WORD_LABEL:
		return add_entry(parser, value);
	case WORD_DEFAULT:
		parser->wanted_line = parser->line;
		return store(parser, &parser->wanted, value);
	case WORD_MENU:
		if (strncasecmp(value, "default", 7) == 0 && !value[7 + strspn(value + 7, BLANKS)])
			parser->menu_default = parser->conf->count;
		return 0;
	case WORD_LEFT_OUT:
		notices_add(parser->notices, "%s:%d: '%s' is left out", parser->name, parser->line,
			    name);
		return 0;
	case WORD_NO_MATTER:
		return 0;
	default:
		return set_field(parser, word, name, value);
	}
}

/* One line, without blanks around it. */
static int take_line(struct parser *parser, char *line)
{
	char *value = line + strcspn(line, BLANKS);

	if (*value)
		*value++ = '\0';
	value += strspn(value, BLANKS);
	for (size_t i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++) {
		if (strcasecmp(line, keywords[i].name) != 0)
			continue;
		if (!*value && keywords[i].word <= WORD_DEVICETREE)
			return error_set(parser->err, "%s:%d: '%s' wants a value", parser->name,
					 parser->line, line);
		return take_word(parser, keywords[i].word, line, value);
	}
	notices_add(parser->notices, "%s:%d: '%.40s' is no word that is known here: ignored",
		    parser->name, parser->line, line);
	return 0;
}

static int choose(struct parser *parser)
{
	struct extlinux *conf = parser->conf;

	if (!conf->count)
		return error_set(parser->err, "%s: has no label, so nothing to boot", parser->name);
	conf->chosen = &conf->entries[parser->menu_default ? parser->menu_default - 1 : 0];
	for (size_t i = 0; parser->wanted; i++) {
		if (i == conf->count)
			return error_set(parser->err, "%s:%d: there is no label '%s'", parser->name,
					 parser->wanted_line, parser->wanted);
		conf->chosen = &conf->entries[i];
		if (strcmp(conf->chosen->label, parser->wanted) == 0)
			break;
	}
	return 0;
}

static int take_text(struct parser *parser, char *text, size_t len)
{
	char *line, *end;

	if (strlen(text) != len)
		return error_set(parser->err, "%s: has a zero byte: it is no text", parser->name);
	while ((line = strsep(&text, "\n"))) {
		parser->line++;
		line += strspn(line, BLANKS);
		for (end = line + strlen(line); end > line && strchr(BLANKS, end[-1]); end--)
			;
		*end = '\0';
		if (*line && *line != '#' && take_line(parser, line) < 0)
			return -1;
	}
	return choose(parser);
}

int extlinux_parse(struct extlinux *conf, const char *name, const char *text, size_t len,
		   struct notices *notices, struct error *err)
{
	struct parser parser = { .conf = conf, .name = name, .notices = notices, .err = err };
	char *copy = malloc(len + 1);
	int rc;

	*conf = (struct extlinux){ .count = 0 };
	if (!copy)
		return error_set(err, "out of memory");
	memcpy(copy, text, len);
	copy[len] = '\0';
	rc = take_text(&parser, copy, len);
	free(parser.wanted);
	free(copy);
	return rc;
}

void extlinux_free(struct extlinux *conf)
{
	for (size_t i = 0; i < conf->count; i++) {
		struct extlinux_entry *entry = &conf->entries[i];

		free(entry->label);
		free(entry->kernel);
		free(entry->initrd);
		free(entry->devicetree);
		free(entry->append);
	}
	free(conf->entries);
	*conf = (struct extlinux){ .count = 0 };
}
