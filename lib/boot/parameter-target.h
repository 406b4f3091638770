/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One target of a parameter's declaration: a property, or the fragments of an overlay, and the
 * value to put there.
 */
#ifndef LIB_BOOT_PARAMETER_TARGET_H
#define LIB_BOOT_PARAMETER_TARGET_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define PARAMETER_VALUE 1024 /* longest value, with its zero byte */

enum target_kind {
	TARGET_TEXT,	  /* "property" */
	TARGET_INTEGER,	  /* "property:4" and . ; # */
	TARGET_PRESENT,	  /* "property?" */
	TARGET_ABSENT,	  /* "property!" */
	TARGET_BYTES,	  /* "property[" */
	TARGET_FRAGMENTS, /* <0>, "+1-2=3!4" */
};

struct target {
	enum target_kind kind;
	uint32_t phandle;
	char property[256];	     /* or the operations on fragments */
	size_t offset, size;	     /* bytes, of an integer */
	char value[PARAMETER_VALUE]; /* what is to be written: the user's, a literal, or from a
					table */
};

/* The part of a declaration that is not yet read. */
struct declaration {
	const uint8_t *at, *end;
};

/*
 * Reads the next target; VALUE is what the user gave. Returns 1, 0 at the end, or -1 with ERR set.
 */
int target_next(struct target *target, struct declaration *decl, const char *value,
		struct error *err);

#endif
