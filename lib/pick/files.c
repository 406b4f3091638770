// SPDX-License-Identifier: GPL-2.0-only
/*
 * The files of a kernel tree. On disk, the kernel itself sees to it that no path leaves the tree
 * (openat2 with RESOLVE_BENEATH), and a file is opened without waiting, so that a FIFO cannot hold
 * us up.
 */
#include "pick/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <linux/openat2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/array.h"

int files_open(struct tree_files *files, const char *dir, struct error *err)
{
	*files = (struct tree_files){ .root = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC) };
	if (files->root < 0)
		return error_errno(err, "%s", dir);
	return 0;
}

void files_in_memory(struct tree_files *files)
{
	*files = (struct tree_files){ .root = -1 };
}

int files_add(struct tree_files *files, struct tree_file *file)
{
	void **place = names_add(&files->memory, file->path, strlen(file->path));

	if (!place)
		return -1;
	*place = file;
	return 0;
}

static int compare_files(const void *a, const void *b)
{
	const struct tree_file *const *x = a, *const *y = b;

	return strcmp((*x)->path, (*y)->path);
}

int files_sort(struct tree_files *files)
{
	free(files->sorted);
	files->sorted_count = 0;
	files->sorted = calloc(files->memory.count + 1, sizeof(struct tree_file *));
	if (!files->sorted)
		return -1;
	for (size_t i = 0; i < files->memory.room; i++)
		if (files->memory.slot[i].name)
			files->sorted[files->sorted_count++] = files->memory.slot[i].value;
	qsort(files->sorted, files->sorted_count, sizeof(struct tree_file *), compare_files);
	return 0;
}

void files_close(struct tree_files *files)
{
	if (files->root >= 0)
		close(files->root);
	names_free(&files->memory);
	free(files->sorted);
	*files = (struct tree_files){ .root = -1 };
}

static int open_beneath(int root, const char *path, int flags)
{
	struct open_how how = { .flags = (unsigned)(flags | O_CLOEXEC | O_NOCTTY),
				.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS };
	int fd = (int)syscall(SYS_openat2, root, path, &how, sizeof(how));

	/* A kernel before 5.6, or a sandbox that does not know the call. */
	if (fd < 0 && (errno == ENOSYS || errno == EPERM))
		fd = openat(root, path, flags | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW);
	return fd;
}

const struct scan_source *files_scan(const struct tree_files *files, const char *path)
{
	const struct tree_file *file =
		files->root < 0 ? names_find(&files->memory, path, strlen(path)) : NULL;

	return file ? file->scan : NULL;
}

int files_descriptor(const struct tree_files *files, const char *path)
{
	return open_beneath(files->root, path, O_RDONLY | O_NONBLOCK);
}

static int read_all(int fd, char *data, size_t len)
{
	for (size_t done = 0; done < len;) {
		ssize_t n = read(fd, data + done, len - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		if (n == 0) /* it has become shorter: what is missing reads as blank */
			break;
		done += (size_t)n;
	}
	return 0;
}

static int read_regular(int fd, const char *path, size_t max, struct arena *arena,
			const char **data, size_t *len, struct error *err)
{
	struct stat st;
	char *copy;

	if (fstat(fd, &st) < 0)
		return error_errno(err, "%s", path);
	if (!S_ISREG(st.st_mode))
		return error_set(err, "%s: no regular file", path);
	if ((size_t)st.st_size > max)
		return error_set(err, "%s: has %lld MiB, and at most %zu MiB are read", path,
				 (long long)st.st_size >> 20, max >> 20);
	copy = arena_alloc(arena, (size_t)st.st_size + 1);
	if (!copy)
		return error_set(err, "%s: out of memory", path);
	if (read_all(fd, copy, (size_t)st.st_size) < 0)
		return error_errno(err, "%s: cannot read", path);
	*data = copy;
	*len = (size_t)st.st_size;
	return 1;
}

int files_read(const struct tree_files *files, const char *path, size_t max, struct arena *arena,
	       const char **data, size_t *len, struct error *err)
{
	const struct tree_file *file;
	int fd, result;

	if (files->root < 0) {
		file = names_find(&files->memory, path, strlen(path));
		if (!file)
			return 0;
		if (!file->data || file->len > max)
			return error_set(err, "%s: has %zu MiB, and at most %zu MiB are read", path,
					 file->len >> 20, max >> 20);
		*data = file->data;
		*len = file->len;
		return 1;
	}
	fd = files_descriptor(files, path);
	if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
		return 0;
	if (fd < 0 && errno == EXDEV)
		return error_set(err, "%s: a symbolic link out of the tree, which is not followed",
				 path);
	if (fd < 0)
		return error_errno(err, "%s", path);
	result = read_regular(fd, path, max, arena, data, len, err);
	close(fd);
	return result;
}

/* Whether a tree in memory has something below PATH. */
static bool is_folder(const struct tree_files *files, const char *path)
{
	size_t low = 0, high = files->sorted_count, len = strlen(path);

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (strncmp(files->sorted[middle]->path, path, len) < 0 ||
		    (!strncmp(files->sorted[middle]->path, path, len) &&
		     files->sorted[middle]->path[len] < '/'))
			low = middle + 1;
		else
			high = middle;
	}
	return low < files->sorted_count && !strncmp(files->sorted[low]->path, path, len) &&
	       files->sorted[low]->path[len] == '/';
}

bool files_exist(const struct tree_files *files, const char *path)
{
	struct stat st;

	if (files->root < 0)
		return names_find(&files->memory, path, strlen(path)) || is_folder(files, path);
	return fstatat(files->root, path, &st, 0) == 0 &&
	       (S_ISREG(st.st_mode) || S_ISDIR(st.st_mode));
}

/* --- Patterns --- */

struct match {
	const struct tree_files *files;
	char **path;
	size_t count;
	bool failed;
};

static void match_add(struct match *m, const char *path)
{
	char **added = ARRAY_ADD(m->path, m->count);

	if (added)
		*added = strdup(path);
	if (!added || !*added)
		m->failed = true;
}

/* DIR is matched already; PATTERN is what is left of the pattern. */
static void match_below(struct match *m, const char *dir, const char *pattern)
{
	size_t len = strcspn(pattern, "/");
	bool last = pattern[len] == '\0';
	char name[FILES_PATH_MAX], path[FILES_PATH_MAX];
	struct dirent *entry;
	DIR *stream;
	int fd;

	while (pattern[len] == '/')
		len++;
	if (strcspn(pattern, "/") >= sizeof(name))
		return;
	memcpy(name, pattern, strcspn(pattern, "/"));
	name[strcspn(pattern, "/")] = '\0';
	if (!strpbrk(name, "*?[")) {
		if (files_path(path, sizeof(path), dir, name, strlen(name)) < 0)
			return;
		if (!last)
			match_below(m, path, pattern + len);
		else if (files_exist(m->files, path))
			match_add(m, path);
		return;
	}
	fd = open_beneath(m->files->root, *dir ? dir : ".", O_RDONLY | O_DIRECTORY);
	if (fd < 0)
		return;
	stream = fdopendir(fd);
	if (!stream) {
		close(fd);
		return;
	}
	while ((entry = readdir(stream))) {
		if (entry->d_name[0] == '.' || fnmatch(name, entry->d_name, FNM_PERIOD) != 0 ||
		    files_path(path, sizeof(path), dir, entry->d_name, strlen(entry->d_name)) < 0)
			continue;
		if (!last)
			match_below(m, path, pattern + len);
		else if (files_exist(m->files, path))
			match_add(m, path);
	}
	closedir(stream);
}

static int compare_paths(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;

	return strcmp(*x, *y);
}

int files_match(const struct tree_files *files, const char *pattern,
		void (*found)(void *arg, const char *path), void *arg)
{
	struct match m = { .files = files };

	if (files->root < 0) {
		size_t fixed = strcspn(pattern, "*?[");

		for (size_t i = 0; i < files->sorted_count; i++) {
			const char *path = files->sorted[i]->path;

			if (!strncmp(path, pattern, fixed) &&
			    fnmatch(pattern, path, FNM_PATHNAME | FNM_PERIOD) == 0)
				match_add(&m, path);
		}
	} else {
		match_below(&m, "", pattern);
		if (m.count)
			qsort(m.path, m.count, sizeof(*m.path), compare_paths);
	}
	for (size_t i = 0; i < m.count; i++) {
		if (m.path[i])
			found(arg, m.path[i]);
		free(m.path[i]);
	}
	free(m.path);
	return m.failed ? -1 : 0;
}

int files_path(char *path, size_t size, const char *dir, const char *name, size_t name_len)
{
	const char *part[2] = { dir, name };
	size_t part_len[2] = { strlen(dir), name_len };
	size_t len = 0;

	if (name_len && name[0] == '/')
		return -1;
	for (int i = 0; i < 2; i++)
		for (size_t at = 0; at < part_len[i];) {
			const char *word = part[i] + at;
			const char *slash = memchr(word, '/', part_len[i] - at);
			size_t n = slash ? (size_t)(slash - word) : part_len[i] - at;

			at += n + 1;
			if (n == 0 || (n == 1 && word[0] == '.'))
				continue;
			if (n == 2 && word[0] == '.' && word[1] == '.') {
				if (!len)
					return -1;
				while (len && path[len - 1] != '/')
					len--;
				if (len)
					len--;
				continue;
			}
			if (len + 1 + n + 1 > size)
				return -1;
			if (len)
				path[len++] = '/';
			memcpy(path + len, word, n);
			len += n;
		}
	path[len] = '\0';
	return (int)len;
}
