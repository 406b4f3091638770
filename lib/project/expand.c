// SPDX-License-Identifier: GPL-2.0-only
/* Text with markers: see expand.h. */
#include "project/expand.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The length of the marker, @NAME@, that TEXT begins with; 0: it begins with none. */
static size_t marker_len(const char *text, size_t len)
{
	size_t i = 1;

	if (!len || text[0] != '@')
		return 0;
	while (i < len && text[i] >= 'A' && text[i] <= 'Z')
		i++;
	return i > 1 && i < len && text[i] == '@' ? i + 1 : 0;
}

static const char *value_of(const char *text, size_t len, const struct marker *markers)
{
	for (; markers->name; markers++)
		if (strlen(markers->name) == len - 2 && !memcmp(markers->name, text + 1, len - 2))
			return markers->value;
	return NULL;
}

static int put(FILE *out, const char *text, size_t len, const struct marker *markers,
	       struct error *err)
{
	for (size_t i = 0; i < len;) {
		size_t n = marker_len(text + i, len - i);
		const char *value;

		if (!n) {
			putc(text[i++], out);
			continue;
		}
		value = value_of(text + i, n, markers);
		if (!value)
			return error_set(err, "there is no marker %.*s", (int)n, text + i);
		fputs(value, out);
		i += n;
	}
	return 0;
}

char *expand(const char *text, size_t len, const struct marker *markers, size_t *new_len,
	     struct error *err)
{
	char *result = NULL;
	FILE *out = open_memstream(&result, new_len);
	int rc;

	if (!out) {
		error_set(err, "out of memory");
		return NULL;
	}
	rc = put(out, text, len, markers, err);
	if (fclose(out) != 0 && !rc)
		rc = error_set(err, "out of memory");
	if (rc < 0) {
		free(result);
		return NULL;
	}
	return result;
}
