// SPDX-License-Identifier: GPL-2.0-only
/* Files without a name: see scratch.h. */
#include "boot/scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static void set_path(struct scratch *scratch)
{
	snprintf(scratch->path, sizeof(scratch->path), "/proc/self/fd/%d", scratch->fd);
}

int scratch_bytes(struct scratch *scratch, const char *name, const void *data, size_t len,
		  struct error *err)
{
	scratch->fd = memfd_create(name, MFD_CLOEXEC);
	if (scratch->fd < 0)
		return error_errno(err, "%s: no memory for it", name);
	set_path(scratch);
	if (scratch_write(scratch, 0, data, len, err) < 0) {
		scratch_close(scratch);
		return error_prefix(err, "%s", name);
	}
	return 0;
}

int scratch_file(struct scratch *scratch, struct error *err)
{
	const char *dir = getenv("TMPDIR");
	char name[4096];

	if (!dir || !*dir)
		dir = "/tmp";
	scratch->fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (scratch->fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR)) {
		/* A file system without unnamed files: take the name away at once. */
		if ((size_t)snprintf(name, sizeof(name), "%s/ferry-XXXXXX", dir) >= sizeof(name))
			return error_set(err, "$TMPDIR is too long");
		scratch->fd = mkostemp(name, O_CLOEXEC);
		if (scratch->fd >= 0)
			unlink(name);
	}
	if (scratch->fd < 0)
		return error_errno(err,
				   "%s: cannot create a temporary file; set TMPDIR to a directory "
				   "that can hold it",
				   dir);
	set_path(scratch);
	return 0;
}

int scratch_write(const struct scratch *scratch, size_t offset, const void *data, size_t len,
		  struct error *err)
{
	const char *from = data;

	while (len) {
		ssize_t n = pwrite(scratch->fd, from, len, (off_t)offset);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return error_errno(err, "cannot write a temporary file");
		from += n;
		offset += (size_t)n;
		len -= (size_t)n;
	}
	return 0;
}

void scratch_close(struct scratch *scratch)
{
	if (scratch->fd >= 0)
		close(scratch->fd);
	*scratch = SCRATCH_NONE;
}
