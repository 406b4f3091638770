/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a check has found: a list that the checks of this library add to, and that a command prints
 * as it likes.
 */
#ifndef LIB_CHECK_FINDING_H
#define LIB_CHECK_FINDING_H

#include <stdbool.h>
#include <stddef.h>

enum finding_severity {
	FINDING_ERROR,	 /* it will not work */
	FINDING_WARNING, /* it may not */
};

struct finding {
	const char *rule; /* which check it was: a name for programs, which stays the same */
	enum finding_severity severity;
	char *place; /* the file, or where in it */
	char *text;  /* what is wrong, and what to do about it */
};

/* All zero: none. */
struct findings {
	struct finding *finding; /* in the order in which they were found */
	size_t count;
	bool failed; /* there was no memory for one of them */
};

/* Adds one. RULE is kept as it is, PLACE and the text are copied. */
void findings_add(struct findings *findings, const char *rule, enum finding_severity severity,
		  const char *place, const char *fmt, ...) __attribute__((format(printf, 5, 6)));
void findings_free(struct findings *findings);

/* "error" or "warning" */
const char *finding_severity_name(enum finding_severity severity);

#endif
