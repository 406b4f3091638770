/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How the tool's libraries report faults. A library fills a struct error and returns -1 (or NULL);
 * it never prints and never exits. The command that called it prints the text. A text says what was
 * wrong, where, and what to do about it, without a trailing full stop or newline.
 */
#ifndef LIB_BASE_ERROR_H
#define LIB_BASE_ERROR_H

struct error {
	char text[1024];
};

/*
 * Sets the text, cut to fit. Always returns -1, so that a caller can `return error_set(...)`. ERR
 * may be NULL.
 */
int error_set(struct error *err, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* As error_set, with ": " and the text of the current errno added. Always returns -1. */
int error_errno(struct error *err, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Puts a formatted prefix and ": " before the text that ERR has. Always returns -1. */
int error_prefix(struct error *err, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
