// SPDX-License-Identifier: GPL-2.0-only
/* Module.symvers: see symvers.h. modpost writes it; its fields are separated by tabs. */
#include "check/symvers.h"

#include <stdlib.h>
#include <string.h>

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct symver *)a)->name, ((const struct symver *)b)->name);
}

static size_t count_lines(const char *text)
{
	size_t lines = 1;

	while ((text = strchr(text, '\n'))) {
		text++;
		lines++;
	}
	return lines;
}

static int take_line(struct symver *symbol, char *line)
{
	char *crc = strsep(&line, "\t"), *end;

	symbol->crc = (uint32_t)strtoul(crc, &end, 16);
	symbol->name = line ? strsep(&line, "\t") : NULL;
	symbol->owner = line ? strsep(&line, "\t") : NULL;
	return end != crc && !*end && symbol->owner && *symbol->name ? 0 : -1;
}

int symvers_parse(struct symvers *symvers, const char *name, char *text, size_t len,
		  struct error *err)
{
	char *rest = text, *line;
	int number = 0;

	*symvers = (struct symvers){ .text = text };
	if (strlen(text) != len)
		return error_set(err, "%s: has a zero byte: it is no text", name);
	symvers->symbols = calloc(count_lines(text), sizeof(*symvers->symbols));
	if (!symvers->symbols)
		return error_set(err, "out of memory");
	while ((line = strsep(&rest, "\n"))) {
		number++;
		if (!*line)
			continue;
		if (take_line(&symvers->symbols[symvers->count], line) < 0)
			return error_set(err,
					 "%s:%d: wants a checksum, a symbol and its owner, with "
					 "tabs between them",
					 name, number);
		symvers->count++;
	}
	qsort(symvers->symbols, symvers->count, sizeof(*symvers->symbols), by_name);
	return 0;
}

const struct symver *symvers_find(const struct symvers *symvers, const char *name)
{
	const struct symver wanted = { .name = name };

	return symvers->count ?
		       bsearch(&wanted, symvers->symbols, symvers->count, sizeof(wanted), by_name) :
		       NULL;
}

void symvers_free(struct symvers *symvers)
{
	free(symvers->symbols);
	free(symvers->text);
	*symvers = (struct symvers){ .text = NULL };
}
