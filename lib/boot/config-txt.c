// SPDX-License-Identifier: GPL-2.0-only
/* Reads config.txt: see config-txt.h. */
#include "boot/config-txt.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "boot/config-filter.h"

#define LARGEST_FILE  (256u << 10)
#define LINE_LIMIT    98 /* the firmware ignores what is beyond */
#define DEPTH_LIMIT   8	 /* of files that include files */
#define INCLUDE_LIMIT 64 /* in all */

struct reader {
	struct config_txt *config;
	struct boot_files *files;
	const struct board *board;
	struct notices *notices;
	struct config_filter filter;
	int depth;
	int includes;
};

static int read_file(struct reader *reader, const char *name, struct error *err);

static int add_setting(struct config_txt *config, const char *name, size_t name_len,
		       const char *value, const char *file, int line, struct error *err)
{
	struct config_setting *setting = ARRAY_ADD(config->setting, config->count);

	if (!setting)
		return error_set(err, "out of memory");
	setting->name = strndup(name, name_len);
	setting->value = strdup(value);
	setting->file = strdup(file);
	setting->line = line;
	if (!setting->name || !setting->value || !setting->file)
		return error_set(err, "out of memory");
	return 0;
}

/* The argument of a line "WORD ARGUMENT", or NULL when LINE is not of that form. */
static const char *argument_of(const char *line, const char *word)
{
	size_t len = strlen(word);

	if (strncmp(line, word, len) != 0 || (line[len] != ' ' && line[len] != '\t'))
		return NULL;
	line += len;
	return line + strspn(line, " \t");
}

static int include(struct reader *reader, const char *name, const char *file, int line,
		   struct error *err)
{
	int rc;

	if (reader->depth >= DEPTH_LIMIT || reader->includes >= INCLUDE_LIMIT)
		return error_set(err,
				 "%s:%d: include '%s' goes too deep: does a file include itself?",
				 file, line, name);
	reader->includes++;
	rc = read_file(reader, name, err);
	if (rc == 0)
		notices_add(reader->notices,
			    "%s:%d: include '%s' is not on the boot partition: ignored", file, line,
			    name);
	return rc < 0 ? -1 : 0;
}

static void take_section(struct reader *reader, char *text, const char *file, int line)
{
	char *close = strchr(text, ']');

	if (!close) {
		notices_add(reader->notices, "%s:%d: '%s' has no closing bracket: ignored", file,
			    line, text);
		return;
	}
	*close = '\0';
	if (!config_filter_section(&reader->filter, reader->board, text + 1))
		notices_add(reader->notices,
			    "%s:%d: section [%s] is not known: taken as one that does not match",
			    file, line, text + 1);
}

static int take_line(struct reader *reader, char *text, const char *file, int line,
		     struct error *err)
{
	const char *argument, *equals;

	if (*text == '\0' || *text == '#')
		return 0;
	if (*text == '[') {
		take_section(reader, text, file, line);
		return 0;
	}
	if (!config_filter_passes(&reader->filter))
		return 0;
	argument = argument_of(text, "include");
	if (argument)
		return include(reader, argument, file, line, err);
	argument = argument_of(text, "initramfs");
	if (argument)
		return add_setting(reader->config, text, strlen("initramfs"), argument, file, line,
				   err);
	equals = strchr(text, '=');
	if (!equals || equals == text) {
		notices_add(reader->notices, "%s:%d: '%s' is not of the form option=value: ignored",
			    file, line, text);
		return 0;
	}
	if (equals - text == (long)strlen("initramfs") &&
	    strncmp(text, "initramfs", strlen("initramfs")) == 0) {
		notices_add(reader->notices, "%s:%d: initramfs takes a space, not '=': ignored",
			    file, line);
		return 0;
	}
	return add_setting(reader->config, text, (size_t)(equals - text), equals + 1, file, line,
			   err);
}

/* Cuts a line as the firmware does, and takes away the space around it. */
static char *trim(struct reader *reader, char *text, const char *file, int line)
{
	size_t len = strcspn(text, "\r");

	text[len] = '\0';
	if (len > LINE_LIMIT && *text != '#') {
		text[LINE_LIMIT] = '\0';
		notices_add(reader->notices,
			    "%s:%d: the firmware reads only the first %d characters of a line: "
			    "the rest is ignored",
			    file, line, LINE_LIMIT);
	}
	text += strspn(text, " \t");
	len = strlen(text);
	while (len && (text[len - 1] == ' ' || text[len - 1] == '\t'))
		text[--len] = '\0';
	return text;
}

static int take_lines(struct reader *reader, char *text, const char *file, struct error *err)
{
	char *next;

	for (int line = 1; text; text = next, line++) {
		next = strchr(text, '\n');
		if (next)
			*next++ = '\0';
		if (take_line(reader, trim(reader, text, file, line), file, line, err) < 0)
			return -1;
	}
	return 0;
}

/* Returns 1, 0 when there is no such file, or -1 with ERR set. */
static int read_file(struct reader *reader, const char *name, struct error *err)
{
	uint8_t *data;
	size_t len;
	int rc = reader->files->read(reader->files, name, LARGEST_FILE, &data, &len, err);

	if (rc <= 0)
		return rc;
	if (memchr(data, 0, len)) {
		rc = error_set(err, "%s: holds zero bytes: it is not a text file", name);
	} else {
		reader->depth++;
		if (take_lines(reader, (char *)data, name, err) < 0)
			rc = -1;
		reader->depth--;
	}
	free(data);
	return rc;
}

int config_txt_read(struct config_txt *config, struct boot_files *files, const struct board *board,
		    struct notices *notices, struct error *err)
{
	struct reader reader = {
		.config = config, .files = files, .board = board, .notices = notices
	};

	memset(config, 0, sizeof(*config));
	return read_file(&reader, "config.txt", err) < 0 ? -1 : 0;
}

void config_txt_free(struct config_txt *config)
{
	for (size_t i = 0; i < config->count; i++) {
		free(config->setting[i].name);
		free(config->setting[i].value);
		free(config->setting[i].file);
	}
	free(config->setting);
	memset(config, 0, sizeof(*config));
}

const struct config_setting *config_txt_find(const struct config_txt *config, const char *name)
{
	for (size_t i = config->count; i > 0; i--)
		if (strcmp(config->setting[i - 1].name, name) == 0)
			return &config->setting[i - 1];
	return NULL;
}

const char *config_txt_text(const struct config_txt *config, const char *name,
			    const char *otherwise)
{
	const struct config_setting *setting = config_txt_find(config, name);

	return setting ? setting->value : otherwise;
}

long config_txt_number(const struct config_txt *config, const char *name, long otherwise)
{
	const char *text = config_txt_text(config, name, NULL);

	return text ? strtol(text, NULL, strncmp(text, "0x", 2) ? 10 : 16) : otherwise;
}
