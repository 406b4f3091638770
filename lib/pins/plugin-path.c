// SPDX-License-Identifier: GPL-2.0-only
/* Finds the pin recorder: see plugin-path.h. */
#include "pins/plugin-path.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/program.h"

#define PLUGIN_NAME "ferry-pins.so"

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
	if (program_beside(path, size, PLUGIN_NAME, err) < 0)
		return error_prefix(err, "name %s by FERRY_PLUGIN", PLUGIN_NAME);
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
