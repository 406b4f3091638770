// SPDX-License-Identifier: GPL-2.0-only
/*
 * How much a regular expression will cost: see regex-cost.h. Whether it is one at all is for
 * regcomp to say.
 */
#include "boot/regex-cost.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* What is open at one depth of groups. */
struct group {
	unsigned long done; /* cost of all but the last atom */
	unsigned long last; /* of that, which a repeat would multiply */
};

static void add_atom(struct group *group, unsigned long cost)
{
	group->done += group->last;
	group->last = cost;
}

/* The last byte of the bracket expression that starts at P, or of the string. */
static const char *skip_bracket(const char *p)
{
	p += p[1] == '^' ? 2 : 1;
	if (*p == ']')
		p++;
	for (; *p && *p != ']'; p++) {
		if (*p == '[' && p[1] && strchr(":.=", p[1])) {
			const char close[] = { p[1], ']', '\0' }, *end = strstr(p + 2, close);

			if (end)
				p = end + 1;
		}
	}
	return *p ? p : p - 1;
}

/* The most repeats that the interval at P, a brace, asks for. */
static unsigned long most_repeats(const char *p)
{
	char *end;
	unsigned long least = strtoul(p + 1, &end, 10),
		      most = *end == ',' ? strtoul(end + 1, NULL, 10) : 0;

	if (most < least)
		most = least;
	/* One more than asked for: "{3,}" is three and a starred one. */
	return most < REGEX_COST_MAX ? most + 1 : REGEX_COST_MAX + 1;
}

static bool is_repeat(char c)
{
	return c == '*' || c == '+' || c == '?' || c == '{';
}

/* The repeat at P, of the last atom. Returns the repeat's last byte. */
static const char *repeat(struct group *group, const char *p)
{
	if (*p == '+')
		group->last = group->last * 2 + 1;
	else if (*p == '{')
		group->last *= most_repeats(p);
	else
		group->last++;
	if (*p == '{')
		p += strcspn(p, "}");
	return *p ? p : p - 1;
}

int regex_cost_check(const char *regex, struct error *err)
{
	struct group groups[REGEX_DEPTH_MAX + 1] = { { 0 } }, *group = groups;

	if (strlen(regex) > REGEX_LENGTH_MAX)
		return error_set(err, "the expression is longer than %d bytes", REGEX_LENGTH_MAX);
	for (const char *p = regex; *p; p++) {
		if (*p == '\\' && isdigit((unsigned char)p[1]))
			return error_set(err, "back-references like \\%c are not supported", p[1]);
		if (*p == '(') {
			if (group == &groups[REGEX_DEPTH_MAX])
				return error_set(
					err, "the expression has more than %d groups in each other",
					REGEX_DEPTH_MAX);
			*++group = (struct group){ 0 };
		} else if (*p == ')' && group > groups) {
			unsigned long cost = group->done + group->last + 1;

			add_atom(--group, cost);
		} else if (is_repeat(*p)) {
			p = repeat(group, p);
			if (is_repeat(p[1]))
				return error_set(err, "%c behind another repeat has no meaning",
						 p[1]);
		} else {
			if (*p == '[')
				p = skip_bracket(p);
			else if (*p == '\\' && p[1])
				p++;
			add_atom(group, 1);
		}
		if (group->done + group->last > REGEX_COST_MAX)
			return error_set(err,
					 "the expression repeats too much: written out, it would "
					 "have more than %d places",
					 REGEX_COST_MAX);
	}
	return 0;
}
