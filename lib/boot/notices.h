/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the user should know about a boot although nothing failed: a list of single lines, in the
 * order in which they came up. The steps of a boot add to it; a command prints it.
 */
#ifndef LIB_BOOT_NOTICES_H
#define LIB_BOOT_NOTICES_H

#include <stddef.h>

struct notices {
	char **text; /* without a newline */
	size_t count;
};

/* Adds a line. Returns 0, or -1 when out of memory, with the list as it was. */
int notices_add(struct notices *notices, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/*
 * Moves all lines of FROM behind those of NOTICES. Returns 0, or -1 when out of memory; the lines
 * that are not moved stay in FROM.
 */
int notices_move(struct notices *notices, struct notices *from);
/* Empties the list; one that is all zero is fine. */
void notices_free(struct notices *notices);

#endif
