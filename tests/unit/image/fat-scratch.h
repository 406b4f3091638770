/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * For the FAT tests: a scratch directory with source files, and a FAT volume that is written from a
 * tree and opened.
 */
#ifndef TESTS_UNIT_IMAGE_FAT_SCRATCH_H
#define TESTS_UNIT_IMAGE_FAT_SCRATCH_H

#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/disk.h"
#include "image/fat/fat-read.h"
#include "image/fat/fat-write.h"

#define SCRATCH_TIME 1700000000 /* 2023-11-14 22:13:20 UTC */

struct scratch {
	char dir[64];
	char image[80]; /* DIR/image */
	unsigned int files;
	struct tree_node *tree;
	struct disk disk;
	struct fat_volume *volume;
	struct error err;
};

static inline struct scratch *scratch_new(void)
{
	struct scratch *s = test_calloc(1, sizeof(*s));

	strcpy(s->dir, "/tmp/ferry-fat-XXXXXX");
	assert_non_null(mkdtemp(s->dir));
	snprintf(s->image, sizeof(s->image), "%s/image", s->dir);
	s->tree = tree_new(SCRATCH_TIME);
	assert_non_null(s->tree);
	return s;
}

/* Adds a directory below DIR. */
static inline struct tree_node *scratch_directory(struct scratch *s, struct tree_node *dir,
						  const char *name)
{
	struct tree_node *node = tree_add(dir, name, S_IFDIR | 0755, &s->err);

	assert_non_null(node);
	node->mtime = SCRATCH_TIME;
	return node;
}

/* Adds a file below DIR with LEN bytes of DATA. */
static inline struct tree_node *scratch_file(struct scratch *s, struct tree_node *dir,
					     const char *name, const void *data, size_t len)
{
	struct tree_node *node = tree_add(dir, name, S_IFREG | 0644, &s->err);
	FILE *file;

	assert_non_null(node);
	node->mtime = SCRATCH_TIME;
	node->size = len;
	assert_true(asprintf(&node->source, "%s/source%u", s->dir, s->files++) > 0);
	file = fopen(node->source, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(data, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
	return node;
}

/* Writes the tree to the image. Returns what failed first: 0, or -1 with s->err set. */
static inline int scratch_write(struct scratch *s, const struct fat_options *options)
{
	struct fat_plan *plan;
	int fd, ret;

	if (fat_plan(&plan, s->tree, options, &s->err) < 0)
		return -1;
	fd = open(s->image, O_RDWR | O_CREAT | O_TRUNC, 0600);
	assert_true(fd >= 0);
	ret = fat_write(plan, fd, 0, NULL, &s->err);
	close(fd);
	fat_plan_free(plan);
	return ret;
}

/* Opens the image that scratch_write wrote. */
static inline void scratch_open(struct scratch *s)
{
	if (disk_open(&s->disk, s->image, &s->err) < 0 ||
	    fat_open(&s->volume, &s->disk, &s->err) < 0)
		fail_msg("%s", s->err.text);
}

/*
 * Runs a shell command in the scratch directory, its output going to the file log. Returns its exit
 * status.
 */
static inline int scratch_run(struct scratch *s, const char *command)
{
	char line[512];
	int status;

	snprintf(line, sizeof(line), "cd %s && { %s; } >log 2>&1", s->dir, command);
	status = system(line);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static inline void scratch_free(struct scratch *s)
{
	if (s->volume) {
		fat_close(s->volume);
		disk_close(&s->disk);
	}
	tree_free(s->tree);
	assert_int_equal(scratch_run(s, "rm -rf \"$PWD\""), 0);
	test_free(s);
}

#endif
