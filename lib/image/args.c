// SPDX-License-Identifier: GPL-2.0-only
/*
 * Options in `extraargs`: see args.h. Words are split as a shell would, with single and double
 * quotes.
 */
#include "image/args.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/*
 * Cuts the next word out of *AT, without its quotes. Returns NULL at the end; *RC is -1 where a
 * quote is not closed.
 */
static char *next_word(char **at, int *rc)
{
	char *from = *at, *to, *word;
	char quote = '\0';

	while (isspace((unsigned char)*from))
		from++;
	if (!*from)
		return NULL;
	word = to = from;
	for (; *from && (quote || !isspace((unsigned char)*from)); from++) {
		if (quote ? *from == quote : (*from == '\'' || *from == '"'))
			quote = quote ? '\0' : *from;
		else
			*to++ = *from;
	}
	*rc = quote ? -1 : 0;
	*at = *from ? from + 1 : from;
	*to = '\0';
	return word;
}

static const struct args_option *find(const struct args_option *options, char letter)
{
	for (; options->letter; options++)
		if (options->letter == letter)
			return options;
	return NULL;
}

static int unknown(const char *program, const struct args_option *options, const char *word,
		   struct error *err)
{
	char known[128];
	size_t n = 0;

	for (; options->letter && n + 4 < sizeof(known); options++) {
		known[n++] = ' ';
		known[n++] = '-';
		known[n++] = options->letter;
	}
	known[n] = '\0';
	return error_set(err, "'%s' is no option of %s that ferry knows; known are%s", word,
			 program, known);
}

/*
 * Applies the options in one word such as `-Fv` or `-n` or `-nBOOT`; a value may be the next word.
 */
static int apply_word(const char *program, const struct args_option *options, char *word,
		      char **rest, void *to, struct error *err)
{
	if (word[0] != '-' || !word[1] || word[1] == '-')
		return unknown(program, options, word, err);
	for (const char *p = word + 1; *p; p++) {
		const struct args_option *o = find(options, *p);
		const char *value = NULL;
		int rc = 0;

		if (!o)
			return unknown(program, options, word, err);
		if (o->has_value) {
			value = p[1] ? p + 1 : next_word(rest, &rc);
			if (!value || rc)
				return error_set(err, "-%c needs a value", o->letter);
		}
		if (o->apply && o->apply(to, value, err) < 0)
			return error_prefix(err, "-%c%s%s", o->letter, value ? " " : "",
					    value ? value : "");
		if (o->has_value)
			break;
	}
	return 0;
}

int args_apply(const struct image *image, const char *program, const struct args_option *options,
	       void *to, struct error *err)
{
	char *copy = strdup(config_text(image->options, "extraargs", "")), *at = copy, *word;
	int rc = 0, quotes = 0;

	if (!copy)
		return error_set(err, "out of memory");
	while (rc == 0 && (word = next_word(&at, &quotes)) != NULL)
		rc = quotes ? error_set(err, "a quote that is not closed") :
			      apply_word(program, options, word, &at, to, err);
	free(copy);
	if (rc < 0) {
		error_prefix(err, "extraargs");
		config_error_at(config_place(image->options, "extraargs"), err);
	}
	return rc;
}

int args_number(const char *text, uint64_t max, uint32_t *value, struct error *err)
{
	uint64_t n;

	if (!config_read_number(text, &n) || n > max)
		return error_set(err, "not a number up to %llu", (unsigned long long)max);
	*value = (uint32_t)n;
	return 0;
}
