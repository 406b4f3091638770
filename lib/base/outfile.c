// SPDX-License-Identifier: GPL-2.0-only
/*
 * Output that appears whole or not at all: see outfile.h. Relies on /proc for naming an unnamed
 * file.
 */
#include "base/outfile.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NAME_TRIES 100

static mode_t creation_mode(void)
{
	mode_t mask = umask(0);

	umask(mask);
	return 0666 & ~mask;
}

static int open_unnamed(const char *path)
{
	char *copy = strdup(path);
	int fd;

	if (!copy)
		return -1;
	fd = open(dirname(copy), O_TMPFILE | O_RDWR | O_CLOEXEC, 0666);
	free(copy);
	return fd;
}

static int open_named(struct outfile *out)
{
	if (asprintf(&out->temp, "%s.XXXXXX", out->path) < 0) {
		out->temp = NULL;
		errno = ENOMEM;
		return -1;
	}
	out->fd = mkostemp(out->temp, O_CLOEXEC);
	if (out->fd < 0) {
		free(out->temp);
		out->temp = NULL;
		return -1;
	}
	return fchmod(out->fd, creation_mode());
}

/* Only files are replaced: a device, a pipe or a directory of that name stays what it is. */
static int find_place(struct outfile *out, const char *path, struct error *err)
{
	struct stat st;
	bool there = stat(path, &st) == 0;

	if (there && !S_ISREG(st.st_mode))
		return error_set(err,
				 "%s: is %s, and only a file can be replaced: choose another name",
				 path, S_ISDIR(st.st_mode) ? "a directory" : "a device or a pipe");
	out->path = there ? realpath(path, NULL) : strdup(path);
	return out->path ? 0 : error_errno(err, "%s: cannot create", path);
}

int outfile_open(struct outfile *out, const char *path, struct error *err)
{
	*out = (struct outfile){ .fd = -1 };
	if (find_place(out, path, err) < 0)
		return -1;
	out->fd = open_unnamed(out->path);
	if (out->fd < 0 && open_named(out) < 0) {
		error_errno(err, "%s: cannot create", path);
		outfile_abort(out);
		return -1;
	}
	return 0;
}

/*
 * linkat cannot replace a file, so the file gets a temporary name first, for the moment until the
 * rename.
 */
static int give_temporary_name(struct outfile *out)
{
	char proc[32];

	snprintf(proc, sizeof(proc), "/proc/self/fd/%d", out->fd);
	for (int i = 0; i < NAME_TRIES; i++) {
		if (asprintf(&out->temp, "%s.%d.%d", out->path, (int)getpid(), i) < 0) {
			out->temp = NULL;
			errno = ENOMEM;
			return -1;
		}
		if (linkat(AT_FDCWD, proc, AT_FDCWD, out->temp, AT_SYMLINK_FOLLOW) == 0)
			return 0;
		free(out->temp);
		out->temp = NULL;
		if (errno != EEXIST)
			return -1;
	}
	return -1;
}

/*
 * Gives the file its name. Where something has the name already the two change names and the old
 * one goes: a plain rename would have ext4 write the whole new file out first (auto_da_alloc),
 * which takes longer than making it.
 */
static int take_name(struct outfile *out)
{
	struct stat st;

	if (lstat(out->path, &st) == 0 && S_ISREG(st.st_mode) &&
	    renameat2(AT_FDCWD, out->temp, AT_FDCWD, out->path, RENAME_EXCHANGE) == 0)
		return unlink(out->temp);
	return rename(out->temp, out->path);
}

int outfile_commit(struct outfile *out, struct error *err)
{
	if (!out->temp && give_temporary_name(out) < 0)
		goto fail;
	if (take_name(out) < 0)
		goto fail;
	free(out->temp);
	out->temp = NULL;
	if (close(out->fd) < 0) {
		out->fd = -1;
		goto fail;
	}
	out->fd = -1;
	outfile_abort(out);
	return 0;

fail:
	error_errno(err, "%s: cannot write", out->path);
	outfile_abort(out);
	return -1;
}

void outfile_abort(struct outfile *out)
{
	if (out->fd >= 0)
		close(out->fd);
	if (out->temp)
		unlink(out->temp);
	free(out->temp);
	free(out->path);
	*out = (struct outfile){ .fd = -1 };
}
