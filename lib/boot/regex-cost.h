/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How much a regular expression will cost. regcomp(3) copies what is repeated, so that nested
 * repeats multiply, and trusts whoever wrote the expression; a script may come from anywhere.
 */
#ifndef LIB_BOOT_REGEX_COST_H
#define LIB_BOOT_REGEX_COST_H

#include "base/error.h"

#define REGEX_LENGTH_MAX 1000 /* bytes */
#define REGEX_COST_MAX	 2000 /* places in the expression with its repeats written out */
#define REGEX_DEPTH_MAX	 50   /* groups in groups */

/*
 * Returns 0, or -1 with ERR set when a POSIX extended REGEX costs too much or has
 * what POSIX leaves undefined: back-references, a repeat of a repeat.
 */
int regex_cost_check(const char *regex, struct error *err);

#endif
