// SPDX-License-Identifier: GPL-2.0-only
/*
 * Whatever a makefile says, the walk over the build ends, with drivers whose objects have paths in
 * the tree, and conditions that can be printed.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "pick/kbuild.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char symbols[] = "config A\n\ttristate\nconfig B\n\tbool\n";

static void check(const struct kbuild *kbuild)
{
	struct strbuf text = STRBUF_INIT;

	for (struct pick_driver *d = kbuild->drivers; d; d = d->next) {
		if (!d->owners || !d->name)
			abort();
		for (struct pick_owner *o = d->owners; o; o = o->next)
			make_condition_print(&text, o->condition);
		for (struct pick_object *o = d->objects; o; o = o->next) {
			size_t len = strlen(o->path);

			if (len < 3 || strcmp(o->path + len - 2, ".o") != 0 || o->path[0] == '/' ||
			    !strncmp(o->path, "../", 3))
				abort();
			text.len = 0;
			make_condition_print(&text, o->condition);
		}
	}
	strbuf_free(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);
	struct tree_file kconfig_file = { .path = "Kconfig",
					  .data = symbols,
					  .len = sizeof(symbols) - 1 };
	struct tree_file makefile = { .path = "Makefile", .data = text, .len = size };
	struct tree_file below = { .path = "below/Makefile", .data = text, .len = size };
	struct arena arena = { .limit = 256 << 20 };
	struct kconfig kconfig;
	struct kbuild kbuild;
	struct tree_files files;
	struct error err;

	if (!text)
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	files_in_memory(&files);
	if (files_add(&files, &kconfig_file) < 0 || files_add(&files, &makefile) < 0 ||
	    files_add(&files, &below) < 0 || files_sort(&files) < 0)
		abort();
	if (kconfig_read(&kconfig, &files, "Kconfig", NULL, &arena, &err) < 0)
		abort();
	if (kbuild_read(&kbuild, &files, &kconfig, true, &arena, &err) == 0)
		check(&kbuild);
	kbuild_free(&kbuild);
	kconfig_free(&kconfig);
	files_close(&files);
	arena_free(&arena);
	free(text);
	return 0;
}
