/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Looks for regular expressions in a console's text while it arrives. Two rules make the outcome
 * independent of how the text was cut into chunks: an expression is matched against one line at a
 * time, and a match ends at the earliest byte with which the text matches. An unfinished line
 * counts, except that `$` waits for the line's end. Zero bytes and carriage returns are left out of
 * the text; escape sequences stay.
 */
#ifndef LIB_BOOT_MATCH_H
#define LIB_BOOT_MATCH_H

#include <regex.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MATCH_KEEP  65536 /* unmatched text that is kept, bytes */
#define MATCH_LINE  4096  /* of a longer line, windows of this size that overlap by half */
#define MATCH_CHUNK 4096  /* what match_append takes at once */

struct match_text {
	char bytes[MATCH_KEEP];
	size_t len;
	uint64_t start; /* where bytes[0] is, counted from the console's first byte */
};

/*
 * How far one expression's search has come; positions are counted from the console's first byte.
 * Zeroed at first.
 */
struct match_cursor {
	uint64_t line; /* where the current line starts */
	uint64_t from; /* where to look from, in that line */
	bool torn;     /* the line's true start is out of reach: `^` does not match */
};

/* Adds up to MATCH_CHUNK bytes. The oldest text is forgotten when MATCH_KEEP is reached. */
void match_append(struct match_text *text, const char *bytes, size_t len);

/*
 * Looks for REGEX from the cursor on. Returns true with the match's end in *END; the cursor then
 * stays in that line.
 * Returns false when it is not there yet: the cursor then passed all finished lines.
 */
bool match_find(const struct match_text *text, struct match_cursor *cursor, const regex_t *regex,
		uint64_t *end);
/* Goes on behind a match. END may be any place in the text. */
void match_skip(const struct match_text *text, struct match_cursor *cursor, uint64_t end);
/*
 * Would the unfinished line match if it ended here? For a hint to those who wrote a `$` behind a
 * prompt.
 */
bool match_would_end(const struct match_text *text, const struct match_cursor *cursor,
		     const regex_t *regex);

#endif
