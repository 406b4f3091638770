/* SPDX-License-Identifier: GPL-2.0-only */
/* What the console said last, kept for messages. */
#ifndef LIB_BOOT_CONSOLE_H
#define LIB_BOOT_CONSOLE_H

#include <stddef.h>
#include <stdint.h>

#define CONSOLE_KEEP 8192

struct console_tail {
	char bytes[CONSOLE_KEEP];
	uint64_t total; /* bytes ever seen; the latest is at (total - 1) % CONSOLE_KEEP */
};

void console_keep(struct console_tail *tail, const char *bytes, size_t len);
/*
 * The last LINES lines (an unfinished one counts), fit for print: carriage returns and escape
 * sequences are left out, other control bytes and bytes above 126 that are no UTF-8 shown as \xNN.
 * Each line starts with PREFIX and ends with a newline. The caller frees it; NULL when out of
 * memory, "" when nothing came.
 */
char *console_last(const struct console_tail *tail, int lines, const char *prefix);

#endif
