/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The text buffer of the whole program: bytes that grow at their end, always with a zero byte
 * behind them. Callers need not check each call: when there is no memory, the buffer remembers that
 * it failed, takes no more, and says so at the end.
 */
#ifndef LIB_BASE_STRBUF_H
#define LIB_BASE_STRBUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct strbuf {
	char *buf;  /* NULL while nothing was added */
	size_t len; /* bytes, the zero byte at the end not counted */
	size_t room;
	bool failed; /* something could not be added */
};

#define STRBUF_INIT \
	{           \
		0   \
	}

/* Adds LEN bytes. Returns 0, or -1 where that or something before it could not be added. */
int strbuf_add(struct strbuf *sb, const void *bytes, size_t len);
/* Adds a text. Returns as strbuf_add(). */
int strbuf_puts(struct strbuf *sb, const char *text);
/* Adds a formatted text. Returns as strbuf_add(). */
int strbuf_addf(struct strbuf *sb, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
int strbuf_vaddf(struct strbuf *sb, const char *fmt, va_list ap)
	__attribute__((format(printf, 2, 0)));
/*
 * Makes room for at least LEN more bytes and returns where they go, or NULL. What is put there
 * counts once strbuf_grew() has been called.
 */
char *strbuf_grow(struct strbuf *sb, size_t len);
/* LEN bytes have been put where strbuf_grow() said. */
void strbuf_grew(struct strbuf *sb, size_t len);
/*
 * Gives the bytes to the caller, who frees them, and leaves an empty buffer. NULL where something
 * could not be added; never NULL for a text that is merely empty.
 */
char *strbuf_detach(struct strbuf *sb);
/* Empties the buffer; a buffer that is all zero is fine. */
void strbuf_free(struct strbuf *sb);

#endif
