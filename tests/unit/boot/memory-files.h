/* SPDX-License-Identifier: GPL-2.0-only */
/* A boot partition in memory, for tests: a list of files that ends with one without a path. */
#ifndef TESTS_UNIT_BOOT_MEMORY_FILES_H
#define TESTS_UNIT_BOOT_MEMORY_FILES_H

#include <stdlib.h>
#include <string.h>

#include "boot/boot-files.h"
#include "boot/notices.h"

struct memory_file {
	const char *path;
	const void *data;
	size_t len; /* 0: DATA is a text */
};

struct memory_files {
	struct boot_files files;
	const struct memory_file *file;
};

static inline const struct memory_file *memory_find(struct boot_files *files, const char *path)
{
	const struct memory_file *file = ((struct memory_files *)files)->file;

	while (file->path && strcmp(file->path, path))
		file++;
	return file->path ? file : NULL;
}

static inline int memory_exists(struct boot_files *files, const char *path, struct error *err)
{
	return memory_find(files, path) != NULL;
}

static inline int memory_read(struct boot_files *files, const char *path, size_t max,
			      uint8_t **data, size_t *len, struct error *err)
{
	const struct memory_file *file = memory_find(files, path);

	if (!file)
		return 0;
	*len = file->len ? file->len : strlen(file->data);
	if (*len > max)
		return error_set(err, "%s: larger than %zu bytes", path, max);
	*data = malloc(*len + 1);
	memcpy(*data, file->data, *len);
	(*data)[*len] = '\0';
	return 1;
}

#define MEMORY_FILES(list)                                              \
	{                                                               \
		.files = { memory_exists, memory_read }, .file = (list) \
	}

/* Does one of NOTICES hold TEXT? */
static inline int has_notice(const struct notices *notices, const char *text)
{
	for (size_t i = 0; i < notices->count; i++)
		if (strstr(notices->text[i], text))
			return 1;
	return 0;
}

#endif
