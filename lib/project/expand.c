// SPDX-License-Identifier: GPL-2.0-only
/* Text with markers: see expand.h. */
#include "project/expand.h"

#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"

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

static int put(struct strbuf *out, const char *text, size_t len, const struct marker *markers,
	       struct error *err)
{
	for (size_t i = 0; i < len;) {
		size_t n = marker_len(text + i, len - i);
		const char *value;

		if (!n) {
			strbuf_add(out, &text[i++], 1);
			continue;
		}
		value = value_of(text + i, n, markers);
		if (!value)
			return error_set(err, "there is no marker %.*s", (int)n, text + i);
		strbuf_puts(out, value);
		i += n;
	}
	return 0;
}

char *expand(const char *text, size_t len, const struct marker *markers, size_t *new_len,
	     struct error *err)
{
	struct strbuf out = STRBUF_INIT;
	char *result;

	if (put(&out, text, len, markers, err) < 0) {
		strbuf_free(&out);
		return NULL;
	}
	*new_len = out.len;
	result = strbuf_detach(&out);
	if (!result)
		error_set(err, "out of memory");
	return result;
}
