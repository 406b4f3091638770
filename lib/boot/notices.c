// SPDX-License-Identifier: GPL-2.0-only
/* What the user should know about a boot: see notices.h. */
#include "boot/notices.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

int notices_add(struct notices *notices, const char *fmt, ...)
{
	va_list ap;
	char *text, **added;
	int n;

	va_start(ap, fmt);
	n = vasprintf(&text, fmt, ap);
	va_end(ap);
	if (n < 0)
		return -1;
	added = ARRAY_ADD(notices->text, notices->count);
	if (!added) {
		free(text);
		return -1;
	}
	*added = text;
	return 0;
}

int notices_move(struct notices *notices, struct notices *from)
{
	size_t moved = 0;
	char **added;

	for (; moved < from->count; moved++) {
		added = ARRAY_ADD(notices->text, notices->count);
		if (!added)
			break;
		*added = from->text[moved];
	}
	from->count -= moved;
	if (from->count) {
		memmove(from->text, from->text + moved, from->count * sizeof(*from->text));
		return -1;
	}
	notices_free(from);
	return 0;
}

void notices_free(struct notices *notices)
{
	for (size_t i = 0; i < notices->count; i++)
		free(notices->text[i]);
	free(notices->text);
	*notices = (struct notices){ 0 };
}
