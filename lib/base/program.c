// SPDX-License-Identifier: GPL-2.0-only
/* Where the running program is: see program.h. Relies on /proc. */
#include "base/program.h"

#include <string.h>
#include <unistd.h>

int program_beside(char *path, size_t size, const char *name, struct error *err)
{
	ssize_t len = readlink("/proc/self/exe", path, size);
	char *end = len > 0 && (size_t)len < size ? memrchr(path, '/', (size_t)len) : NULL;

	if (!end || (size_t)(end - path) + strlen(name) + 2 > size)
		return error_set(err, "/proc/self/exe does not tell where ferry is");
	memcpy(end + 1, name, strlen(name) + 1);
	return 0;
}
