// SPDX-License-Identifier: GPL-2.0-only
/*
 * The image type file: a file of inputpath, as it is. Also what a mere file name in a partition
 * stands for.
 */
#include "image/image.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "image/copy.h"

static int plan_file(struct image *image, struct error *err)
{
	const char *name = config_text(image->options, "name", image->name);
	char *path = image_input_path(image->job, name);
	const char *size_text = config_text(image->section, "size", NULL);
	bool percent = false;
	struct stat st;

	if (!path)
		return error_set(err, "out of memory");
	image->plan = path;
	if (stat(path, &st) < 0) {
		error_errno(err, "%s", path);
		return config_error_at(config_place(image->options, "name"), err);
	}
	if (!S_ISREG(st.st_mode))
		return config_error(config_place(image->options, "name"), err,
				    "%s: not a regular file", path);
	image->size = (uint64_t)st.st_size;
	if (size_text)
		config_read_size(size_text, &image->size, &percent);
	if (percent || image->size < (uint64_t)st.st_size)
		return config_error(config_place(image->section, "size"), err,
				    "size is less than the %llu bytes of %s",
				    (unsigned long long)st.st_size, path);
	return 0;
}

static int write_file(const struct image *image, int fd, uint64_t offset, struct progress *progress,
		      struct error *err)
{
	const char *path = image->plan;
	struct stat st;

	if (stat(path, &st) < 0)
		return error_errno(err, "%s", path);
	/* A size that the config gives is padded with zeros. */
	if ((uint64_t)st.st_size > image->size)
		return error_set(err, "%s: became longer while the image was being built", path);
	return copy_file(path, 0, (uint64_t)st.st_size, fd, offset, progress, err);
}

static void release(struct image *image)
{
	free(image->plan);
	image->plan = NULL;
}

static const struct config_key file_keys[] = {
	{ "name", CONFIG_TEXT, NULL },
	{ "copy", CONFIG_BOOL, NULL },
	{ "holes", CONFIG_LATER_LIST, NULL },
	{ 0 },
};

const struct image_type image_file = {
	.name = "file",
	.keys = file_keys,
	.plan = plan_file,
	.write = write_file,
	.release = release,
};
