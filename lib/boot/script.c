// SPDX-License-Identifier: GPL-2.0-only
/* Reads console scripts: see script.h. */
#include "boot/script.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "boot/regex-cost.h"

#define LONGEST_WAIT_S 86400.0

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static int parse_regex(struct script_line *line, const char *text, struct error *err)
{
	char why[200];
	int code;

	if (regex_cost_check(text, err) < 0)
		return -1;
	code = regcomp(&line->regex, text, REG_EXTENDED);
	if (code) {
		regerror(code, &line->regex, why, sizeof(why));
		memset(&line->regex, 0, sizeof(line->regex));
		return error_set(err, "'%s' is no regular expression: %s", text, why);
	}
	if (regexec(&line->regex, "", 0, NULL, REG_NOTBOL | REG_NOTEOL) == 0) {
		regfree(&line->regex);
		memset(&line->regex, 0, sizeof(line->regex));
		return error_set(err, "'%s' matches nothing at all, so it would not wait", text);
	}
	return 0;
}

/* One C escape, *P being behind the backslash. Returns the byte, or -1. */
static int escape(const char **p)
{
	static const char names[] = "abefnrtv\\\"'?", values[] = "\a\b\033\f\n\r\t\v\\\"'?";
	const char *name = **p ? strchr(names, **p) : NULL;
	int value = 0, digits = 0;

	if (name) {
		(*p)++;
		return (unsigned char)values[name - names];
	}
	if (**p == 'x') {
		for ((*p)++; digits < 2 && isxdigit((unsigned char)**p); digits++, (*p)++)
			value = value * 16 + (isdigit((unsigned char)**p) ?
						      **p - '0' :
						      tolower((unsigned char)**p) - 'a' + 10);
		return digits ? value : -1;
	}
	for (; digits < 3 && **p >= '0' && **p <= '7'; digits++, (*p)++)
		value = value * 8 + **p - '0';
	return digits && value < 256 ? value : -1;
}

static int parse_bytes(struct script_line *line, const char *text, bool newline, struct error *err)
{
	const char *p = text;

	line->bytes = malloc(strlen(text) + 2);
	if (!line->bytes)
		return error_set(err, "out of memory");
	while (*p) {
		int c = (unsigned char)*p++;

		if (c == '\\') {
			const char *start = p;

			c = escape(&p);
			if (c < 0)
				return error_set(err,
						 "'\\%.1s' is no escape of C; a backslash itself "
						 "is written \\\\",
						 start);
		}
		line->bytes[line->len++] = (char)c;
	}
	if (newline)
		line->bytes[line->len++] = '\n';
	return 0;
}

static int parse_seconds(const char *text, int64_t *ns, struct error *err)
{
	char *end;
	double seconds = strtod(text, &end);

	if (end == text || *end || !isdigit((unsigned char)*text) || !(seconds > 0) ||
	    seconds > LONGEST_WAIT_S)
		return error_set(err, "'%s' is no number of seconds (more than 0, at most %g)",
				 text, LONGEST_WAIT_S);
	*ns = llround(seconds * 1e9);
	return 0;
}

static int parse_pin(struct script_line *line, const char *text, struct error *err)
{
	static const char within[] = "within";
	unsigned long pin;
	char *end;

	errno = 0;
	pin = strtoul(text, &end, 10);
	if (end == text || !isdigit((unsigned char)*text) || errno || pin >= SCRIPT_PINS)
		return error_set(err, "wants `pin N within SECONDS`, N being 0 to %d",
				 SCRIPT_PINS - 1);
	line->pin = (unsigned)pin;
	text = end + strspn(end, " \t");
	if (text == end || strncmp(text, within, strlen(within)) != 0 ||
	    !is_blank(text[strlen(within)]))
		return error_set(err, "wants `pin %lu within SECONDS`", pin);
	text += strlen(within);
	return parse_seconds(text + strspn(text, " \t"), &line->ns, err);
}

static const struct word {
	const char *name;
	enum script_op op;
	enum { NO_ARGUMENT, ARGUMENT, MAYBE_ARGUMENT } argument;
	bool newline; /* of what is typed */
} words[] = {
	{ "expect", SCRIPT_EXPECT, ARGUMENT, false },	{ "fail", SCRIPT_FAIL, ARGUMENT, false },
	{ "send", SCRIPT_SEND, MAYBE_ARGUMENT, true },	{ "type", SCRIPT_SEND, ARGUMENT, false },
	{ "timeout", SCRIPT_TIMEOUT, ARGUMENT, false }, { "pin", SCRIPT_PIN, ARGUMENT, false },
	{ "power", SCRIPT_POWER, NO_ARGUMENT, false },	{ "off", SCRIPT_OFF, NO_ARGUMENT, false },
	{ "quit", SCRIPT_QUIT, NO_ARGUMENT, false },
};

static const struct word *find_word(const char *text, size_t len)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strlen(words[i].name) == len && !memcmp(words[i].name, text, len))
			return &words[i];
	return NULL;
}

/* Cuts blanks off the end, for arguments in which they mean nothing. */
static void trim(char *text)
{
	size_t n = strlen(text);

	while (n && is_blank(text[n - 1]))
		text[--n] = '\0';
}

/* TEXT starts with the line's word; it may be changed. */
static int parse_line(struct script_line *line, char *text, struct error *err)
{
	size_t len = strcspn(text, " \t");
	const struct word *word = find_word(text, len);
	char *argument = text + len + strspn(text + len, " \t");

	if (!word)
		return error_set(err,
				 "'%.*s' is no command; there are expect, send, type, pin, power, "
				 "timeout, fail, off and quit",
				 (int)(len < 40 ? len : 40), text);
	if (word->argument == NO_ARGUMENT && *argument)
		return error_set(err, "%s takes nothing behind it", word->name);
	if (word->argument == ARGUMENT && !*argument)
		return error_set(err, "%s wants something behind it", word->name);
	line->op = word->op;
	switch (line->op) {
	case SCRIPT_EXPECT:
	case SCRIPT_FAIL:
		return parse_regex(line, argument, err);
	case SCRIPT_SEND:
		return parse_bytes(line, argument, word->newline, err);
	case SCRIPT_TIMEOUT:
		trim(argument);
		return parse_seconds(argument, &line->ns, err);
	case SCRIPT_PIN:
		trim(argument);
		return parse_pin(line, argument, err);
	default:
		return 0;
	}
}

static int add_line(struct script *script, char *text, int number, struct error *err)
{
	struct script_line *line = ARRAY_ADD(script->line, script->lines);

	if (!line)
		return error_set(err, "out of memory");
	*line = (struct script_line){ .number = number, .source = strdup(text) };
	if (!line->source)
		return error_set(err, "out of memory");
	return parse_line(line, text, err);
}

int script_parse(struct script *script, const char *name, const char *text, size_t len,
		 struct error *err)
{
	const char *end = text + len;
	int number = 0;

	*script = (struct script){ .name = strdup(name) };
	if (!script->name)
		return error_set(err, "out of memory");
	while (text < end) {
		const char *newline = memchr(text, '\n', (size_t)(end - text));
		size_t n = (size_t)((newline ? newline : end) - text);
		char *copy, *start;
		int rc = 0;

		number++;
		if (memchr(text, '\0', n))
			return error_set(err, "%s:%d: a zero byte; is this a script?", name,
					 number);
		copy = strndup(text, n);
		if (!copy)
			return error_set(err, "out of memory");
		if (n && copy[n - 1] == '\r')
			copy[n - 1] = '\0';
		start = copy + strspn(copy, " \t");
		if (*start && *start != '#')
			rc = add_line(script, start, number, err);
		free(copy);
		if (rc < 0)
			return error_prefix(err, "%s:%d", name, number);
		text = newline ? newline + 1 : end;
	}
	if (!script->lines)
		return error_set(err, "%s: nothing to do in this script", name);
	return 0;
}

static void free_line(struct script_line *line)
{
	/* A zeroed regex_t, of a line that failed to parse or has none, may be freed as well. */
	regfree(&line->regex);
	free(line->bytes);
	free(line->source);
}

void script_free(struct script *script)
{
	for (size_t i = 0; i < script->lines; i++)
		free_line(&script->line[i]);
	free(script->line);
	free(script->name);
	*script = (struct script){ 0 };
}

uint64_t script_pins(const struct script *script)
{
	uint64_t pins = 0;

	for (size_t i = 0; i < script->lines; i++)
		if (script->line[i].op == SCRIPT_PIN)
			pins |= UINT64_C(1) << script->line[i].pin;
	return pins;
}
