// SPDX-License-Identifier: GPL-2.0-only
/*
 * Whatever a Kconfig file says, it is read or refused with its name in the error; what was read can
 * be printed, and each symbol has a name.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "pick/kconfig.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);
	struct tree_file root = { .path = "Kconfig", .data = text, .len = size };
	/* It may source itself, and another file. */
	struct tree_file other = { .path = "other", .data = "config OTHER\n\tbool\n", .len = 19 };
	struct arena arena = { .limit = 256 << 20 };
	struct strbuf printed = STRBUF_INIT;
	struct tree_files files;
	struct kconfig kconfig;
	struct error err = { "" };

	if (!text)
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	files_in_memory(&files);
	if (files_add(&files, &root) < 0 || files_add(&files, &other) < 0 || files_sort(&files) < 0)
		abort();
	if (kconfig_read(&kconfig, &files, "Kconfig", NULL, &arena, &err) < 0 && !err.text[0])
		abort();
	for (struct pick_symbol *s = kconfig.first; s; s = s->next) {
		if (!s->name || kconfig_find(&kconfig, s->name, strlen(s->name)) != s)
			abort();
		printed.len = 0;
		expr_print(&printed, pick_symbol_depends(s, &arena));
		pick_symbol_help(s, &printed);
	}
	strbuf_free(&printed);
	kconfig_free(&kconfig);
	files_close(&files);
	arena_free(&arena);
	free(text);
	return 0;
}
