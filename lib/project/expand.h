/* SPDX-License-Identifier: GPL-2.0-only */
/* Text with markers: @NAME@ stands for a value. */
#ifndef LIB_NEW_EXPAND_H
#define LIB_NEW_EXPAND_H

#include <stddef.h>

#include "base/error.h"

struct marker {
	const char *name; /* capital letters; the last of a list has NULL */
	const char *value;
};

/*
 * The LEN bytes of TEXT with the value in place of each marker. The caller frees the result, which
 * has *NEW_LEN bytes and a zero byte after them. NULL with ERR set: TEXT has a marker that is not
 * in the list, or there is no memory.
 */
char *expand(const char *text, size_t len, const struct marker *markers, size_t *new_len,
	     struct error *err);

#endif
