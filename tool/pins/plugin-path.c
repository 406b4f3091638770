// SPDX-License-Identifier: GPL-2.0-only
/* Finds the pin recorder: see plugin-path.h. */
#include "pins/plugin-path.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PLUGIN_NAME "ferry-pins.so"

/*
 * Puts the name of a file beside the running program into PATH. Symbolic links to the program do
 * not matter.
 */
static int beside_program(char *path, size_t size, const char *name, struct error *err)
{
	ssize_t len = readlink("/proc/self/exe", path, size);
	char *end = len > 0 && (size_t)len < size ? memrchr(path, '/', (size_t)len) : NULL;

	if (!end || (size_t)(end - path) + strlen(name) + 2 > size)
		return error_set(
			err, "/proc/self/exe does not tell where ferry is: name %s by FERRY_PLUGIN",
			name);
	memcpy(end + 1, name, strlen(name) + 1);
	return 0;
}

static int find_plugin(char *path, size_t size, struct error *err)
{
	const char *named = getenv("FERRY_PLUGIN");

	if (named && *named) {
		snprintf(path, size, "%s", named);
		if (access(path, R_OK) < 0)
			return error_errno(
				err, "%s: cannot read the plugin that FERRY_PLUGIN names", path);
		return 0;
	}
	if (beside_program(path, size, PLUGIN_NAME, err) < 0)
		return -1;
	if (access(path, R_OK) < 0)
		return error_errno(
			err, "%s: cannot read the pin recorder, which `make tool` builds", path);
	return 0;
}

/* In QEMU's options a comma is written twice. */
static char *append_escaped(char *to, const char *from)
{
	for (; *from; from++) {
		if (*from == ',')
			*to++ = ',';
		*to++ = *from;
	}
	*to = '\0';
	return to;
}

char *plugin_argument(const char *path, struct error *err)
{
	char plugin[PATH_MAX], *argument, *end;

	if (find_plugin(plugin, sizeof(plugin), err) < 0)
		return NULL;
	argument = malloc(2 * strlen(plugin) + 2 * strlen(path) + sizeof("file=,out="));
	if (!argument) {
		error_set(err, "out of memory");
		return NULL;
	}
	end = append_escaped(stpcpy(argument, "file="), plugin);
	append_escaped(stpcpy(end, ",out="), path);
	return argument;
}
