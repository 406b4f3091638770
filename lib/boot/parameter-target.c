// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reads the declaration of a parameter: a phandle and a text for each target, with literals and
 * lookup tables.
 */
#include "boot/parameter-target.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LARGEST_OFFSET 65536

static int take_cell(struct declaration *decl, uint32_t *cell, struct error *err)
{
	const uint8_t *at = decl->at;

	if (decl->end - at < 4)
		return error_set(err, "its declaration ends within a number");
	*cell = (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
	decl->at += 4;
	return 0;
}

static int take_text(struct declaration *decl, const char **text, struct error *err)
{
	const uint8_t *zero = memchr(decl->at, 0, (size_t)(decl->end - decl->at));

	if (!zero)
		return error_set(err, "its declaration ends within a text");
	*text = (const char *)decl->at;
	decl->at = zero + 1;
	return 0;
}

static int set_value(struct target *target, const char *text, size_t len, struct error *err)
{
	if (len >= sizeof(target->value))
		return error_set(err, "a value is longer than %zu characters",
				 sizeof(target->value) - 1);
	memcpy(target->value, text, len);
	target->value[len] = '\0';
	return 0;
}

/* How many characters come before one of STOPS, a zero byte or the end. */
static size_t span(const struct declaration *decl, const char *stops)
{
	size_t len = 0;

	while (decl->at + len < decl->end && decl->at[len] && !strchr(stops, decl->at[len]))
		len++;
	return len;
}

static int peek(const struct declaration *decl)
{
	return decl->at < decl->end ? *decl->at : -1;
}

/*
 * The value of a pair in a lookup table, behind its '=': a number of its own cell, 'quoted', or
 * plain text. Sets *MORE when another pair follows. TARGET is NULL when the value is only to be
 * skipped.
 */
static int take_table_value(struct target *target, struct declaration *decl, bool *more,
			    struct error *err)
{
	char number[16];
	const char *text = number;
	uint32_t cell = 0;
	size_t len;
	bool quoted;

	if (peek(decl) == 0) {
		decl->at++;
		if (take_cell(decl, &cell, err) < 0)
			return -1;
		len = (size_t)snprintf(number, sizeof(number), "%u", (unsigned int)cell);
		*more = peek(decl) != '}' && peek(decl) != -1;
		return target ? set_value(target, text, len, err) : 0;
	}
	quoted = peek(decl) == '\'';
	decl->at += quoted;
	text = (const char *)decl->at;
	len = span(decl, quoted ? "'" : ",}");
	decl->at += len;
	if (quoted && peek(decl) != '\'')
		return error_set(err, "its lookup table has an open quote");
	decl->at += quoted;
	*more = peek(decl) == ',';
	decl->at += *more;
	return target ? set_value(target, text, len, err) : 0;
}

/*
 * Replaces VALUE by what the table behind '{' has for it. An exact key wins over the default,
 * whatever their order.
 */
static int look_up(struct target *target, struct declaration *decl, const char *value,
		   struct error *err)
{
	bool exact = false, other = false, more = peek(decl) != '}';

	while (more) {
		const char *key = (const char *)decl->at;
		size_t len = span(decl, "=,}");
		bool match = len ? !exact && len == strlen(value) && !memcmp(key, value, len) :
				   !exact && !other;
		int stop;

		decl->at += len;
		stop = peek(decl);
		if (stop == '=') {
			decl->at++;
			if (take_table_value(match ? target : NULL, decl, &more, err) < 0)
				return -1;
		} else if (stop == ',' || stop == '}') {
			more = stop == ',';
			decl->at += more;
			if (match && set_value(target, value, strlen(value), err) < 0)
				return -1;
		} else {
			return error_set(err, "its lookup table has no closing brace");
		}
		exact |= match && len;
		other |= match && !len;
	}
	if (decl->at < decl->end) {
		if (*decl->at++ != '}')
			return error_set(err, "its lookup table has no closing brace");
		if (peek(decl) != 0)
			return error_set(err, "its lookup table is followed by other text");
		decl->at++;
	}
	return exact || other ? 0 : error_set(err, "'%s' is not one of its values", value);
}

/*
 * A literal behind '=': text, or when that is empty the number or text that follows in the
 * declaration.
 */
static int take_literal(struct target *target, struct declaration *decl, const char *text,
			struct error *err)
{
	uint32_t cell = 0;

	if (!*text && target->kind == TARGET_TEXT && decl->at < decl->end) {
		if (take_text(decl, &text, err) < 0)
			return -1;
	} else if (!*text && target->kind != TARGET_TEXT && target->kind != TARGET_BYTES) {
		if (take_cell(decl, &cell, err) < 0)
			return -1;
		snprintf(target->value, sizeof(target->value), "%u", (unsigned int)cell);
		return 0;
	}
	return set_value(target, text, strlen(text), err);
}

/*
 * What the separator after the property's name says: its kind, and offset and size of an integer.
 */
static int read_kind(struct target *target, const char *text, const char *stop, struct error *err)
{
	static const char integers[] = ".;:#"; /* 1, 2, 4 and 8 bytes */
	const char *size = text < stop ? strchr(integers, *text) : NULL;
	char *end;

	target->kind = TARGET_TEXT;
	if (text == stop)
		return 0;
	if (!size) {
		target->kind = *text == '?' ? TARGET_PRESENT :
			       *text == '!' ? TARGET_ABSENT :
					      TARGET_BYTES;
		return 0;
	}
	target->kind = TARGET_INTEGER;
	target->size = (size_t)1 << (size - integers);
	text++;
	target->offset = strtoul(text, &end, strncmp(text, "0x", 2) ? 10 : 16);
	if (end != stop || *text == '-' || target->offset > LARGEST_OFFSET)
		return error_set(err, "its target '%s' has a bad offset", target->property);
	return 0;
}

/* The property `status` takes okay and disabled; users write on and off. */
static void translate_status(struct target *target)
{
	static const char *const on[] = { "y", "yes", "on", "true", "enable", "1" };
	static const char *const off[] = { "n", "no", "off", "false", "0" };

	for (size_t i = 0; i < sizeof(on) / sizeof(on[0]); i++)
		if (strcmp(target->value, on[i]) == 0)
			strcpy(target->value, "okay");
	for (size_t i = 0; i < sizeof(off) / sizeof(off[0]); i++)
		if (strcmp(target->value, off[i]) == 0)
			strcpy(target->value, "disabled");
}

int target_next(struct target *target, struct declaration *decl, const char *value,
		struct error *err)
{
	const char *text = "", *rest;
	size_t name;
	int rc;

	if (decl->at == decl->end)
		return 0;
	if (take_cell(decl, &target->phandle, err) < 0 || take_text(decl, &text, err) < 0)
		return -1;
	name = target->phandle ? strcspn(text, ".;:#?![{=") : strlen(text);
	if (!name || name >= sizeof(target->property))
		return error_set(err, "its declaration names no property");
	memcpy(target->property, text, name);
	target->property[name] = '\0';
	if (!target->phandle) {
		target->kind = TARGET_FRAGMENTS;
		return set_value(target, value, strlen(value), err) < 0 ? -1 : 1;
	}
	rest = text + strcspn(text, "={");
	if (read_kind(target, text + name, rest, err) < 0)
		return -1;
	if (*rest == '{') {
		decl->at = (const uint8_t *)rest + 1;
		rc = look_up(target, decl, value, err);
	} else if (*rest == '=') {
		rc = take_literal(target, decl, rest + 1, err);
	} else {
		rc = set_value(target, value, strlen(value), err);
	}
	if (rc == 0 && target->kind == TARGET_TEXT && strcmp(target->property, "status") == 0)
		translate_status(target);
	return rc < 0 ? -1 : 1;
}
