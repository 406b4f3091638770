// SPDX-License-Identifier: GPL-2.0-only
/* Reading a whole file into memory: see file.h. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FIRST_SIZE 65536

static int read_all(int fd, size_t max, char **data, size_t *len)
{
	size_t size = FIRST_SIZE, n = 0;
	char *buf = malloc(size + 1), *grown;
	ssize_t got;

	if (!buf)
		return -1;
	while ((got = read(fd, buf + n, size - n)) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			goto fail;
		n += (size_t)got;
		if (n > max) {
			errno = EFBIG;
			goto fail;
		}
		if (n < size)
			continue;
		grown = realloc(buf, size * 2 + 1);
		if (!grown)
			goto fail;
		buf = grown;
		size *= 2;
	}
	buf[n] = '\0';
	*data = buf;
	*len = n;
	return 0;

fail:
	free(buf);
	return -1;
}

int file_read(const char *path, size_t max, char **data, size_t *len, struct error *err)
{
	int stdin_wanted = strcmp(path, "-") == 0;
	int fd = stdin_wanted ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	int rc;

	if (fd < 0)
		return error_errno(err, "%s: cannot open", path);
	rc = read_all(fd, max, data, len);
	if (rc < 0)
		error_errno(err, "%s: cannot read", path);
	if (!stdin_wanted)
		close(fd);
	return rc;
}
