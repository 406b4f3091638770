// SPDX-License-Identifier: GPL-2.0-only
/* Finds the pin recorder: see plugin-path.h. */
#include "pins/plugin-path.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PLUGIN_NAME "ferry-pins.so"
#ifndef FERRY_LIBDIR
#define FERRY_LIBDIR "/usr/local/lib/ferry"
#endif

/* The file PLUGIN_NAME in the directory that the running program is in. */
static int beside_program(char *path, size_t size)
{
	ssize_t len = readlink("/proc/self/exe", path, size);
	char *slash;

	if (len < 0 || (size_t)len >= size - sizeof(PLUGIN_NAME))
		return -1;
	path[len] = '\0';
	slash = strrchr(path, '/');
	if (!slash)
		return -1;
	memcpy(slash + 1, PLUGIN_NAME, sizeof(PLUGIN_NAME));
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
	if (beside_program(path, size) == 0 && access(path, R_OK) == 0)
		return 0;
	snprintf(path, size, "%s", FERRY_LIBDIR "/" PLUGIN_NAME);
	if (access(path, R_OK) == 0)
		return 0;
	return error_set(
		err,
		"%s is neither beside the ferry command nor in %s: `make tool` builds it, and "
		"FERRY_PLUGIN can name it",
		PLUGIN_NAME, FERRY_LIBDIR);
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
