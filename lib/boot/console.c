// SPDX-License-Identifier: GPL-2.0-only
/* What the console said last: see console.h. */
#include "boot/console.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ESC 0x1b

void console_keep(struct console_tail *tail, const char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		tail->bytes[tail->total++ % CONSOLE_KEEP] = bytes[i];
}

/* The kept bytes in order, with a zero byte after them, which is not counted in *LEN. */
static char *unroll(const struct console_tail *tail, size_t *len)
{
	size_t n = tail->total < CONSOLE_KEEP ? (size_t)tail->total : CONSOLE_KEEP;
	uint64_t first = tail->total - n;
	char *text = malloc(n + 1);

	if (!text)
		return NULL;
	for (size_t i = 0; i < n; i++)
		text[i] = tail->bytes[(first + i) % CONSOLE_KEEP];
	text[n] = '\0';
	*len = n;
	return text;
}

/* Where the last LINES lines start. */
static size_t last_lines(const char *text, size_t len, int lines)
{
	size_t at = len;

	if (at && text[at - 1] == '\n')
		at--;
	for (; at > 0; at--)
		if (text[at - 1] == '\n' && --lines == 0)
			break;
	return at;
}

/*
 * The length of a terminal's escape sequence at TEXT: ESC [ parameters letter, or ESC and one more.
 */
static size_t escape_length(const char *text, size_t len)
{
	size_t n = 2;

	if (len < 2)
		return len;
	if (text[1] != '[')
		return 2;
	while (n < len && (unsigned char)text[n] >= 0x20 && (unsigned char)text[n] < 0x40)
		n++;
	return n < len ? n + 1 : n;
}

/* The length of a UTF-8 sequence of two to four bytes at TEXT, or 0. */
static size_t utf8_length(const unsigned char *text, size_t len)
{
	size_t n = text[0] >= 0xc2 && text[0] < 0xe0 ? 2 :
		   text[0] >= 0xe0 && text[0] < 0xf0 ? 3 :
		   text[0] >= 0xf0 && text[0] < 0xf5 ? 4 :
						       0;

	if (n > len)
		return 0;
	for (size_t i = 1; i < n; i++)
		if ((text[i] & 0xc0) != 0x80)
			return 0;
	return n;
}

static void print_clean(FILE *f, const char *text, size_t len, const char *prefix)
{
	bool fresh = true;
	size_t n;

	for (size_t i = 0; i < len; i += n) {
		unsigned char c = (unsigned char)text[i];

		n = 1;
		if (fresh)
			fputs(prefix, f);
		fresh = c == '\n';
		if (c == ESC)
			n = escape_length(text + i, len - i);
		else if (c == '\n' || c == '\t' || (c >= 0x20 && c < 0x7f))
			fputc(c, f);
		else if ((n = utf8_length((const unsigned char *)text + i, len - i)) > 1)
			fwrite(text + i, 1, n, f);
		else if (n = 1, c != '\r' && c != '\0')
			fprintf(f, "\\x%02x", c);
	}
	if (!fresh)
		fputc('\n', f);
}

char *console_last(const struct console_tail *tail, int lines, const char *prefix)
{
	char *printed = NULL, *text;
	size_t size, len, at;
	FILE *f;

	text = unroll(tail, &len);
	if (!text)
		return NULL;
	f = open_memstream(&printed, &size);
	if (f) {
		at = last_lines(text, len, lines);
		print_clean(f, text + at, len - at, prefix);
		fclose(f);
	}
	free(text);
	return printed;
}
