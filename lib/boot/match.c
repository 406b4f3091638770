// SPDX-License-Identifier: GPL-2.0-only
/*
 * Regular expressions in text that arrives: see match.h. Relies on REG_STARTEND, as glibc and the
 * BSDs have it.
 */
#include "boot/match.h"

#include <string.h>

void match_append(struct match_text *text, const char *bytes, size_t len)
{
	if (text->len + len > MATCH_KEEP) {
		size_t drop = MATCH_KEEP / 2;

		memmove(text->bytes, text->bytes + drop, text->len - drop);
		text->len -= drop;
		text->start += drop;
	}
	for (size_t i = 0; i < len; i++)
		if (bytes[i] != '\0' && bytes[i] != '\r')
			text->bytes[text->len++] = bytes[i];
}

/* Does the text from FROM to END match, in a line that starts at LINE? */
static bool matches(const struct match_text *text, const struct match_cursor *cursor,
		    const regex_t *regex, uint64_t end, int flags)
{
	regmatch_t range = {
		.rm_so = (regoff_t)(cursor->from - cursor->line),
		.rm_eo = (regoff_t)(end - cursor->line),
	};

	if (cursor->torn)
		flags |= REG_NOTBOL;
	return regexec(regex, text->bytes + (cursor->line - text->start), 1, &range,
		       flags | REG_STARTEND) == 0;
}

/* The earliest end of a match that is known to end by MOST. */
static uint64_t earliest_end(const struct match_text *text, const struct match_cursor *cursor,
			     const regex_t *regex, uint64_t most)
{
	uint64_t least = cursor->from;

	while (least < most) {
		uint64_t middle = least + (most - least) / 2;

		if (matches(text, cursor, regex, middle, REG_NOTEOL))
			most = middle;
		else
			least = middle + 1;
	}
	return most;
}

/* The text that the cursor stood in may have been forgotten. */
static void catch_up(const struct match_text *text, struct match_cursor *cursor)
{
	if (cursor->line >= text->start)
		return;
	cursor->line = text->start;
	cursor->torn = true;
	if (cursor->from < cursor->line)
		cursor->from = cursor->line;
}

static void start_line(struct match_cursor *cursor, uint64_t line)
{
	*cursor = (struct match_cursor){ .line = line, .from = line };
}

bool match_find(const struct match_text *text, struct match_cursor *cursor, const regex_t *regex,
		uint64_t *end)
{
	uint64_t text_end = text->start + text->len;

	catch_up(text, cursor);
	for (;;) {
		const char *line = text->bytes + (cursor->line - text->start);
		size_t left = (size_t)(text_end - cursor->line);
		const char *newline = memchr(line, '\n', left < MATCH_LINE ? left : MATCH_LINE);
		uint64_t window = newline ? cursor->line + (uint64_t)(newline - line) : text_end;

		if (!newline && left > MATCH_LINE)
			window = cursor->line + MATCH_LINE;
		if (cursor->from <= window && matches(text, cursor, regex, window, REG_NOTEOL)) {
			*end = earliest_end(text, cursor, regex, window);
			return true;
		}
		if (newline && cursor->from <= window && matches(text, cursor, regex, window, 0)) {
			*end = window + 1;
			return true;
		}
		if (newline) {
			start_line(cursor, window + 1);
		} else if (left >= MATCH_LINE) {
			cursor->line += MATCH_LINE / 2;
			cursor->torn = true;
			if (cursor->from < cursor->line)
				cursor->from = cursor->line;
		} else {
			return false;
		}
	}
}

void match_skip(const struct match_text *text, struct match_cursor *cursor, uint64_t end)
{
	catch_up(text, cursor);
	for (uint64_t at = cursor->line; at < end; at++)
		if (text->bytes[at - text->start] == '\n')
			start_line(cursor, at + 1);
	if (cursor->from < end)
		cursor->from = end;
}

bool match_would_end(const struct match_text *text, const struct match_cursor *cursor,
		     const regex_t *regex)
{
	return matches(text, cursor, regex, text->start + text->len, 0);
}
