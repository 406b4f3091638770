// SPDX-License-Identifier: GPL-2.0-only
/* Looking things up in a parsed config: see config.h. */
#include "image/config/config.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

int config_error(struct config_place place, struct error *err, const char *fmt, ...)
{
	char text[sizeof(err->text)];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (!place.file)
		return error_set(err, "%s", text);
	return error_set(err, "%s:%d: %s", place.file, place.line, text);
}

int config_error_at(struct config_place place, struct error *err)
{
	if (!place.file)
		return -1;
	return error_prefix(err, "%s:%d", place.file, place.line);
}

const struct config_value *config_next(const struct config_section *section, const char *key,
				       const struct config_value *previous)
{
	size_t i;

	if (!section)
		return NULL;
	for (i = previous ? (size_t)(previous - section->values) + 1 : 0; i < section->value_count;
	     i++)
		if (strcmp(section->values[i].key, key) == 0)
			return &section->values[i];
	return NULL;
}

const struct config_value *config_value(const struct config_section *section, const char *key)
{
	const struct config_value *value = NULL, *next = NULL;

	while ((next = config_next(section, key, next)) != NULL)
		value = next;
	return value;
}

const struct config_section *config_section(const struct config_section *section, const char *key)
{
	for (size_t i = 0; section && i < section->section_count; i++)
		if (strcmp(section->sections[i].key, key) == 0)
			return &section->sections[i];
	return NULL;
}

struct config_place config_place(const struct config_section *section, const char *key)
{
	const struct config_value *value = config_value(section, key);

	if (value)
		return value->place;
	return section ? section->place : (struct config_place){ 0 };
}

const char *config_text(const struct config_section *section, const char *key, const char *fallback)
{
	const struct config_value *value = config_value(section, key);

	return value ? value->text : fallback;
}

bool config_bool(const struct config_section *section, const char *key, bool fallback)
{
	const struct config_value *value = config_value(section, key);

	if (value)
		config_read_bool(value->text, &fallback);
	return fallback;
}

uint64_t config_size(const struct config_section *section, const char *key, uint64_t fallback)
{
	const struct config_value *value = config_value(section, key);
	bool percent;

	if (value)
		config_read_size(value->text, &fallback, &percent);
	return fallback;
}

uint64_t config_number(const struct config_section *section, const char *key, uint64_t fallback)
{
	const struct config_value *value = config_value(section, key);

	if (value)
		config_read_number(value->text, &fallback);
	return fallback;
}

bool config_read_bool(const char *text, bool *value)
{
	static const char *const words[] = { "no", "yes", "false", "true", "off", "on" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcasecmp(text, words[i]) == 0) {
			*value = i % 2;
			return true;
		}
	}
	return false;
}

/* A number at the start of TEXT, as strtoull reads it but without a sign or blanks. */
static bool leading_number(const char *text, uint64_t *value, const char **end)
{
	char *stop;

	if (*text < '0' || *text > '9')
		return false;
	errno = 0;
	*value = strtoull(text, &stop, 0);
	*end = stop;
	return errno == 0 && stop != text;
}

bool config_read_number(const char *text, uint64_t *value)
{
	const char *end;

	return leading_number(text, value, &end) && *end == '\0';
}

bool config_read_size(const char *text, uint64_t *value, bool *percent)
{
	static const struct {
		const char *suffix;
		uint64_t factor;
	} units[] = {
		{ "", 1 },	  { "%", 1 },	    { "s", 512 },     { "k", 1 << 10 },
		{ "K", 1 << 10 }, { "M", 1 << 20 }, { "G", 1 << 30 },
	};
	const char *end;
	uint64_t number;

	if (!leading_number(text, &number, &end))
		return false;
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		if (strcmp(end, units[i].suffix) != 0)
			continue;
		/* Sizes stay below 2^63, so that they fit off_t. */
		if (number > INT64_MAX / units[i].factor)
			return false;
		*value = number * units[i].factor;
		*percent = *end == '%';
		return true;
	}
	return false;
}
