// SPDX-License-Identifier: GPL-2.0-only
/*
 * Whatever a kernel module is, the reader takes or refuses it, and what is told of it stays inside
 * the file.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check/refusal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char release[] = "6.12";
	const struct kernel kernel = { .release = release, .versions = true, .has_symvers = true };
	struct module_file module;
	char *bytes = malloc(size + 1);
	struct findings findings = { 0 };
	struct error err;

	memcpy(bytes, data, size);
	if (module_file_parse(&module, bytes, size, &err) == 0)
		refusal_find(&findings, "x", &module, &kernel);
	findings_free(&findings);
	module_file_free(&module);
	return 0;
}
