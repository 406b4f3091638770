// SPDX-License-Identifier: GPL-2.0-only
/*
 * Whatever an image config says, the parser takes or refuses it, and every getter works on what it
 * made.
 */
#include <stdint.h>
#include <stdlib.h>

#include "image/image.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void visit(const struct config_section *section)
{
	for (size_t i = 0; i < section->value_count; i++) {
		const char *key = section->values[i].key;

		(void)config_text(section, key, "");
		(void)config_bool(section, key, false);
		(void)config_size(section, key, 0);
		(void)config_number(section, key, 0);
		/* A value without a line would be an error without a place. */
		if (config_place(section, key).line < 1)
			abort();
	}
	for (size_t i = 0; i < section->section_count; i++) {
		if (section->sections[i].place.line < 1)
			abort();
		visit(&section->sections[i]);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct config config;
	struct error err;

	if (config_parse(&config, (const char *)data, size, "fuzz.cfg", NULL, image_config_keys,
			 &err) < 0)
		return 0;
	visit(&config.root);
	config_free(&config);
	return 0;
}
