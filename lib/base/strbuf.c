// SPDX-License-Identifier: GPL-2.0-only
/* The text buffer: see strbuf.h. */
#include "base/strbuf.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_ROOM 64

/* Makes room for LEN more bytes and the zero byte. Returns 0, or -1. */
static int reserve(struct strbuf *sb, size_t len)
{
	size_t room = sb->room ? sb->room : FIRST_ROOM;
	char *grown;

	if (sb->failed || len >= SIZE_MAX / 2 - sb->len)
		goto failed;
	while (room <= sb->len + len)
		room *= 2;
	if (room == sb->room)
		return 0;
	grown = realloc(sb->buf, room);
	if (!grown)
		goto failed;
	sb->buf = grown;
	sb->room = room;
	return 0;

failed:
	sb->failed = true;
	return -1;
}

int strbuf_add(struct strbuf *sb, const void *bytes, size_t len)
{
	if (reserve(sb, len) < 0)
		return -1;
	if (len)
		memcpy(sb->buf + sb->len, bytes, len);
	sb->len += len;
	sb->buf[sb->len] = '\0';
	return 0;
}

int strbuf_puts(struct strbuf *sb, const char *text)
{
	return strbuf_add(sb, text, strlen(text));
}

int strbuf_vaddf(struct strbuf *sb, const char *fmt, va_list ap)
{
	va_list again;
	int len;

	va_copy(again, ap);
	len = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (len < 0 || reserve(sb, (size_t)len) < 0) {
		sb->failed = true;
		return -1;
	}
	vsnprintf(sb->buf + sb->len, (size_t)len + 1, fmt, ap);
	sb->len += (size_t)len;
	return 0;
}

int strbuf_addf(struct strbuf *sb, const char *fmt, ...)
{
	va_list ap;
	int rc;

	va_start(ap, fmt);
	rc = strbuf_vaddf(sb, fmt, ap);
	va_end(ap);
	return rc;
}

char *strbuf_grow(struct strbuf *sb, size_t len)
{
	return reserve(sb, len) < 0 ? NULL : sb->buf + sb->len;
}

void strbuf_grew(struct strbuf *sb, size_t len)
{
	sb->len += len;
	sb->buf[sb->len] = '\0';
}

char *strbuf_detach(struct strbuf *sb)
{
	char *text;

	strbuf_add(sb, "", 0);
	if (sb->failed) {
		strbuf_free(sb);
		return NULL;
	}
	text = sb->buf;
	*sb = (struct strbuf)STRBUF_INIT;
	return text;
}

void strbuf_free(struct strbuf *sb)
{
	free(sb->buf);
	*sb = (struct strbuf)STRBUF_INIT;
}
