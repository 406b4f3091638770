// SPDX-License-Identifier: GPL-2.0-only
/* A kernel tree in a tarball: one pass, by libarchive. */
#include "pick/tarball.h"

#include <archive.h>
#include <archive_entry.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "pick/scan.h"

enum {
	BLOCK = 256 << 10,
	MAX_KEPT = 8 << 20,    /* of a Kconfig file or makefile */
	MAX_SOURCE = 16 << 20, /* others are not looked into */
	MAX_HEADER = 256 << 10,
	MAX_ENTRIES = 1000000,
};

struct reading {
	struct archive *archive;
	struct tree_files *files;
	struct arena *arena;
	const char *path; /* of the tarball */
	struct error *err;
	char *buffer;
	size_t room;
	bool sources;
};

/* What is done with a file, by its name. */
enum kind { LISTED, KEPT, SOURCE, HEADER };

static enum kind kind_of(const char *path)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	const char *dot = strrchr(name, '.');
	/* No drivers; and hundreds of megabytes of registers, of which no table is made. */
	static const char *const never[] = { "tools/", "scripts/", "Documentation/",
					     "drivers/gpu/drm/amd/include/" };

	if (!strncmp(name, "Kconfig", 7) || !strncmp(name, "Makefile", 8) ||
	    !strncmp(name, "Kbuild", 6) || !strncmp(name, "Platform", 8) ||
	    (dot && !strcmp(dot, ".mk")))
		return KEPT;
	for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++)
		if (!strncmp(path, never[i], strlen(never[i])))
			return LISTED;
	if (dot && (!strcmp(dot, ".c") || !strcmp(dot, ".S") || !strcmp(dot, ".rs")))
		return SOURCE;
	return dot && !strcmp(dot, ".h") ? HEADER : LISTED;
}

static int fail(struct reading *r)
{
	const char *why = archive_error_string(r->archive);

	return error_set(r->err, "%s: %s", r->path, why ? why : "cannot read");
}

/* The content of an entry into the buffer; 0, or -1 with err set. */
static int take(struct reading *r, size_t len)
{
	size_t done = 0;

	if (r->room < len + 1) {
		free(r->buffer);
		r->room = 2 * len + BLOCK;
		r->buffer = malloc(r->room);
		if (!r->buffer) {
			r->room = 0;
			return error_set(r->err, "out of memory");
		}
	}
	while (done < len) {
		ssize_t n = archive_read_data(r->archive, r->buffer + done, len - done);

		if (n < 0)
			return fail(r);
		if (n == 0)
			return error_set(r->err, "%s: a file in it is cut short", r->path);
		done += (size_t)n;
	}
	r->buffer[len] = '\0';
	return 0;
}

static int add_entry(struct reading *r, const char *path, size_t len)
{
	struct tree_file *file = arena_alloc(r->arena, sizeof(*file));
	enum kind kind = kind_of(path);
	struct scan_source *scan;

	if (!file)
		return error_set(r->err, "out of memory");
	file->path = arena_copy(r->arena, path, strlen(path));
	file->len = len;
	if (!file->path || files_add(r->files, file) < 0)
		return error_set(r->err, "out of memory");
	if (kind == KEPT && len <= MAX_KEPT) {
		if (take(r, len) < 0)
			return -1;
		file->data = arena_copy(r->arena, r->buffer, len);
	} else if (r->sources && ((kind == SOURCE && len <= MAX_SOURCE) ||
				  (kind == HEADER && len <= MAX_HEADER))) {
		scan = arena_alloc(r->arena, sizeof(*scan));
		if (!scan || take(r, len) < 0)
			return scan ? -1 : error_set(r->err, "out of memory");
		if (kind == SOURCE)
			scan_source(scan, r->buffer, len, r->arena);
		else
			scan_header(scan, r->buffer, len, r->arena);
		file->scan = scan;
		/* A table may include it, and then it is the text that counts. */
		if (kind == HEADER && memmem(r->buffer, len, "_DEV", 4) &&
		    memmem(r->buffer, len, "{", 1) && strncmp(path, "include/", 8) != 0)
			file->data = arena_copy(r->arena, r->buffer, len);
	}
	return r->arena->failed ? error_set(r->err, "out of memory") : 0;
}

/* The path without the folder that all is in, or NULL. */
static const char *inner_path(const char *path, char *inner)
{
	const char *slash;

	while (path[0] == '.' && path[1] == '/')
		path += 2;
	slash = strchr(path, '/');
	if (!slash || files_path(inner, FILES_PATH_MAX, "", slash + 1, strlen(slash + 1)) <= 0)
		return NULL;
	return inner;
}

static int read_entries(struct reading *r)
{
	struct archive_entry *entry;
	char inner[FILES_PATH_MAX];
	size_t entries = 0;
	int result;

	while ((result = archive_read_next_header(r->archive, &entry)) == ARCHIVE_OK ||
	       result == ARCHIVE_WARN) {
		const char *path = archive_entry_pathname(entry);
		int64_t size = archive_entry_size(entry);

		if (++entries > MAX_ENTRIES)
			return error_set(r->err, "%s: has more files than a kernel tree", r->path);
		if (!path || archive_entry_filetype(entry) != AE_IFREG || size < 0 ||
		    archive_entry_hardlink(entry))
			continue;
		path = inner_path(path, inner);
		if (path && add_entry(r, path, (size_t)size) < 0)
			return -1;
	}
	return result == ARCHIVE_EOF ? 0 : fail(r);
}

int tarball_read(struct tree_files *files, const char *path, bool sources, struct arena *arena,
		 struct error *err)
{
	struct reading r = {
		.files = files, .arena = arena, .path = path, .err = err, .sources = sources
	};
	int result = -1;

	files_in_memory(files);
	r.archive = archive_read_new();
	if (!r.archive)
		return error_set(err, "out of memory");
	archive_read_support_filter_all(r.archive);
	archive_read_support_format_tar(r.archive);
	if (archive_read_open_filename(r.archive, path, BLOCK) != ARCHIVE_OK)
		fail(&r);
	else
		result = read_entries(&r);
	archive_read_free(r.archive);
	free(r.buffer);
	if (result == 0 && files_sort(files) < 0)
		result = error_set(err, "out of memory");
	return result;
}
