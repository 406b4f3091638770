// SPDX-License-Identifier: GPL-2.0-only
/* A directory made of templates: see project.h. It is made under a temporary name, and renamed. */
#include "project/project.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

#define TEMPLATE_MAX (1 << 20) /* bytes of a file */

struct project {
	int fd; /* of the new directory */
	const struct marker *markers;
};

static int write_all(int fd, const char *data, size_t len)
{
	while (len) {
		ssize_t n = write(fd, data, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		data += n;
		len -= (size_t)n;
	}
	return 0;
}

static int put_file(const struct project *p, const char *name, const char *source, mode_t mode,
		    struct error *err)
{
	char *template, *text;
	size_t len;
	int fd, rc = -1;

	if (file_read(source, TEMPLATE_MAX, &template, &len, err) < 0)
		return -1;
	text = expand(template, len, p->markers, &len, err);
	free(template);
	if (!text)
		return error_prefix(err, "%s", source);
	fd = openat(p->fd, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
		    mode & 0100 ? 0777 : 0666);
	if (fd < 0) {
		error_errno(err, "%s: cannot create", name);
		goto out;
	}
	rc = write_all(fd, text, len);
	if (close(fd) < 0)
		rc = -1;
	if (rc < 0)
		error_errno(err, "%s: cannot write", name);
out:
	free(text);
	return rc;
}

static int put_directory(const struct project *p, const char *name, struct error *err)
{
	if (mkdirat(p->fd, name, 0777) < 0 && errno != EEXIST)
		return error_errno(err, "%s: cannot create", name);
	return 0;
}

/* One entry of a template; NAME is its path below the template's top, with markers. */
static int put_entry(const struct project *p, const FTSENT *entry, const char *name,
		     struct error *err)
{
	size_t len;
	char *expanded;
	int rc;

	switch (entry->fts_info) {
	case FTS_DP:
		return 0;
	case FTS_D:
	case FTS_F:
		break;
	case FTS_DNR:
	case FTS_ERR:
	case FTS_NS:
		errno = entry->fts_errno;
		return error_errno(err, "%s: cannot read", entry->fts_path);
	default:
		return error_set(err, "%s: is neither a file nor a directory", entry->fts_path);
	}
	expanded = expand(name, strlen(name), p->markers, &len, err);
	if (!expanded)
		return error_prefix(err, "%s", entry->fts_path);
	if (entry->fts_info == FTS_D)
		rc = put_directory(p, expanded, err);
	else
		rc = put_file(p, expanded, entry->fts_accpath, entry->fts_statp->st_mode, err);
	free(expanded);
	return rc;
}

static int put_template(const struct project *p, const char *template, struct error *err)
{
	char *paths[] = { (char *)template, NULL };
	FTS *fts = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	FTSENT *entry;
	int rc = 0;

	if (!fts)
		return error_errno(err, "%s: cannot read", template);
	while (rc == 0 && (errno = 0, entry = fts_read(fts))) {
		const char *name = entry->fts_path + strlen(template);

		/* The top itself is there already. */
		if (*name || (entry->fts_info != FTS_D && entry->fts_info != FTS_DP))
			rc = put_entry(p, entry, name + (*name == '/'), err);
	}
	if (rc == 0 && errno)
		rc = error_errno(err, "%s: cannot read", template);
	fts_close(fts);
	return rc;
}

static void remove_tree(const char *path)
{
	char *paths[] = { (char *)path, NULL };
	FTS *fts = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	FTSENT *entry;

	if (!fts)
		return;
	while ((entry = fts_read(fts)))
		if (entry->fts_info != FTS_D)
			remove(entry->fts_accpath);
	fts_close(fts);
}

/* mkdtemp gives the directory to its owner alone; the user's umask says who else may have it. */
static int open_for_all(const char *path)
{
	mode_t mask = umask(0);

	umask(mask);
	if (chmod(path, 0777 & ~mask) < 0)
		return -1;
	return open(path, O_DIRECTORY | O_RDONLY | O_CLOEXEC);
}

static int give_name(const char *temp, const char *path, struct error *err)
{
	if (rename(temp, path) == 0)
		return 0;
	if (errno == ENOTEMPTY || errno == EEXIST)
		return error_set(
			err,
			"%s: is there already, and not empty: choose another name or directory",
			path);
	if (errno == ENOTDIR)
		return error_set(err, "%s: is there already, and no directory: choose another name",
				 path);
	return error_errno(err, "%s: cannot create", path);
}

int project_make(const char *path, const char *const *templates, const struct marker *markers,
		 struct error *err)
{
	struct project p = { .fd = -1, .markers = markers };
	char *temp;
	int rc = 0;

	if (asprintf(&temp, "%s.XXXXXX", path) < 0)
		return error_set(err, "out of memory");
	if (!mkdtemp(temp)) {
		error_errno(err, "%s: cannot create", path);
		free(temp);
		return -1;
	}
	p.fd = open_for_all(temp);
	if (p.fd < 0)
		rc = error_errno(err, "%s: cannot create", path);
	for (; rc == 0 && *templates; templates++)
		rc = put_template(&p, *templates, err);
	if (rc == 0)
		rc = give_name(temp, path, err);
	if (rc < 0)
		remove_tree(temp);
	if (p.fd >= 0)
		close(p.fd);
	free(temp);
	return rc;
}
