// SPDX-License-Identifier: GPL-2.0-only
/*
 * Whatever a source says, it is gone over within its bytes, and each device that its tables list is
 * a text that names itself.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "pick/ids.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* Exactly as long as it is, for what would read beyond. */
	char *text = malloc(size ? size : 1);
	struct arena arena = { .limit = 256 << 20 };
	struct headers headers = { .arena = &arena };
	struct tree_file header = { .path = "x.h", .data = text, .len = size };
	struct scan_id *ids = NULL, **last = &ids;
	struct tree_files files;
	struct scan_source source;

	if (!text)
		return 0;
	memcpy(text, data, size);
	files_in_memory(&files);
	if (files_add(&files, &header) < 0 || files_sort(&files) < 0)
		abort();
	headers.files = &files;
	scan_source(&source, text, size, &arena);
	if (ids_find(&source, "", "module", &headers, &last) == 0)
		for (struct scan_id *id = ids; id; id = id->next) {
			char named[4096];

			if (!id->text || id->bus >= SCAN_BUSES)
				abort();
			if (strlen(id->text) > 4000 || strchr(id->text, '?'))
				continue;
			strcpy(named, scan_bus_name(id->bus));
			strcat(strcat(named, ":"), id->text);
			if (!id_bus_is_known(named))
				abort();
		}
	headers_free(&headers);
	files_close(&files);
	arena_free(&arena);
	free(text);
	return 0;
}
