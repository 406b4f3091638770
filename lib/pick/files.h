/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The files of a kernel tree, on disk or held in memory (what was kept of a tarball; a fuzzer's).
 * Nothing but regular files is ever read, nothing outside the tree, and nothing is executed: a
 * FIFO, a device and a symbolic link that leads out of the tree are errors. Paths are relative to
 * the tree's root, without `.` and `..` (files_path() makes them so).
 */
#ifndef LIB_PICK_FILES_H
#define LIB_PICK_FILES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "pick/arena.h"
#include "pick/names.h"

struct scan_source;

struct tree_file {
	const char *path;
	const char *data; /* NULL: it is known to be there, and what is in it is not */
	const struct scan_source *scan; /* what was taken of a source or header, or NULL */
	size_t len;
};

struct tree_files {
	int root;		   /* a directory, or -1: all files are in memory */
	struct names memory;	   /* path to struct tree_file, where root is -1 */
	struct tree_file **sorted; /* those in memory by path, once files_sort() was called */
	size_t sorted_count;
};

/* Opens the tree DIR. Returns 0, or -1 with ERR set. */
int files_open(struct tree_files *files, const char *dir, struct error *err);
/* An empty tree in memory. */
void files_in_memory(struct tree_files *files);
/* Adds a file to a tree in memory; all must stay as long as the tree. 0, or -1: no memory. */
int files_add(struct tree_files *files, struct tree_file *file);
/* To be called when all files are added, before files_match(). 0, or -1: no memory. */
int files_sort(struct tree_files *files);
void files_close(struct tree_files *files);

/*
 * Reads PATH whole: *DATA comes from ARENA (or is the tree's own) and has a zero byte after its LEN
 * bytes. Returns 1; 0 where there is no such file; or -1 with ERR set: it cannot be read, is no
 * regular file, leads out of the tree, or has more than MAX bytes.
 */
int files_read(const struct tree_files *files, const char *path, size_t max, struct arena *arena,
	       const char **data, size_t *len, struct error *err);
/* What was taken of PATH when the tree was read into memory; NULL: nothing, or a tree on disk. */
const struct scan_source *files_scan(const struct tree_files *files, const char *path);
/* Opens PATH for reading: the descriptor, or -1 with errno set; a tree on disk only. */
int files_descriptor(const struct tree_files *files, const char *path);
/* Whether PATH is a regular file of the tree, or a directory of a tree on disk. */
bool files_exist(const struct tree_files *files, const char *path);
/*
 * Calls FOUND for each file or directory whose path matches PATTERN (`*`, `?` and `[...]` within
 * names), sorted. Returns 0, or -1: no memory.
 */
int files_match(const struct tree_files *files, const char *pattern,
		void (*found)(void *arg, const char *path), void *arg);

/*
 * Puts DIR/NAME, both relative, into PATH of SIZE bytes, without `.`, `..` and double slashes. A
 * NAME with a leading slash, one too long and one that leaves the tree give -1, others the length.
 */
int files_path(char *path, size_t size, const char *dir, const char *name, size_t name_len);

enum { FILES_PATH_MAX = 1024 };

#endif
