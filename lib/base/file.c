// SPDX-License-Identifier: GPL-2.0-only
/* Reading a whole file into memory: see file.h. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/strbuf.h"

#define FIRST_SIZE 65535

/* Reads to the end, with errno set where it fails. */
static int read_all(int fd, size_t max, struct strbuf *text)
{
	for (;;) {
		char *to = strbuf_grow(text, text->len ? 1 : FIRST_SIZE);
		ssize_t got = to ? read(fd, to, text->room - text->len - 1) : -1;

		if (got < 0 && to && errno == EINTR)
			continue;
		if (got <= 0)
			return (int)got;
		strbuf_grew(text, (size_t)got);
		if (text->len > max) {
			errno = EFBIG;
			return -1;
		}
	}
}

int file_read(const char *path, size_t max, char **data, size_t *len, struct error *err)
{
	int stdin_wanted = strcmp(path, "-") == 0;
	int fd = stdin_wanted ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	struct strbuf text = STRBUF_INIT;
	int rc;

	if (fd < 0)
		return error_errno(err, "%s: cannot open", path);
	rc = read_all(fd, max, &text);
	if (rc < 0) {
		error_errno(err, "%s: cannot read", path);
		strbuf_free(&text);
	} else {
		*len = text.len;
		*data = strbuf_detach(&text);
	}
	if (!stdin_wanted)
		close(fd);
	return rc;
}
