// SPDX-License-Identifier: GPL-2.0-only
/*
 * The tree that a file system image is filled from: rootpath, mountpoint, srcpath, empty, spec. See
 * image.h.
 */
#include "image/image.h"

#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "image/tree/mtree.h"

#define SPEC_MAX (64 << 20)

/* A mountpoint as a path below the root, without slashes around it. "" is the root. */
static void clean_mountpoint(const char *mountpoint, char *out, size_t size)
{
	size_t len;

	mountpoint += strspn(mountpoint, "/");
	snprintf(out, size, "%s", mountpoint);
	len = strlen(out);
	while (len && out[len - 1] == '/')
		out[--len] = '\0';
}

static struct tree_node *find_directory(struct tree_node *root, const char *path)
{
	while (root && *path) {
		size_t len = strcspn(path, "/");

		root = tree_child(root, path, len);
		path += len + strspn(path + len, "/");
	}
	return root && S_ISDIR(root->mode) ? root : NULL;
}

/* --- Taking out what other images hold --- */

static bool is_below(const struct tree_node *node, const struct tree_node *dir)
{
	for (node = node->parent; node; node = node->parent)
		if (node == dir)
			return true;
	return false;
}

/* A name outside DIR of a file whose first name is inside it becomes the first name. */
static int keep_link(struct tree_node *node, void *arg)
{
	const struct tree_node *dir = arg;
	struct tree_node *first = node->hardlink;

	if (!first || is_below(node, dir) || !is_below(first, dir))
		return 0;
	/* The link of the node that goes away notes who took over. */
	node->hardlink = first->hardlink;
	if (!first->hardlink)
		first->hardlink = node;
	return 0;
}

static void empty_directory(struct tree_node *root, struct tree_node *dir)
{
	(void)tree_walk(root, keep_link, dir);
	while (dir->children)
		tree_remove(dir->child[dir->children - 1]);
}

/* genimage's rule: what lies below the mountpoint of another image belongs to that one. */
static void remove_mountpoints(const struct image *image, const char *own, struct tree_node *root)
{
	size_t len = strlen(own);

	for (size_t i = 0; i < image->job->count; i++) {
		const struct image *other = image->job->images[i];
		const char *text = config_text(other->section, "mountpoint", NULL);
		char path[4096];
		struct tree_node *dir;

		if (!text || other == image)
			continue;
		clean_mountpoint(text, path, sizeof(path));
		if (!*path || strcmp(path, own) == 0 || strncmp(path, own, len) != 0 ||
		    (len && path[len] != '/'))
			continue;
		dir = find_directory(root, path + len + (len > 0));
		if (dir)
			empty_directory(root, dir);
	}
}

/* --- The spec file --- */

static int apply_spec_file(struct image *image, struct tree_node *root, const char *path,
			   const char *prefix, struct error *err)
{
	char *text, *copy = strdup(path);
	size_t len;
	int rc;

	if (!copy)
		return error_set(err, "out of memory");
	rc = file_read(path, SPEC_MAX, &text, &len, err);
	if (rc == 0) {
		rc = mtree_apply(root, text, len, path, prefix, dirname(copy), image->job->epoch,
				 err);
		free(text);
	} else {
		config_error_at(config_place(image->options, "spec"), err);
	}
	free(copy);
	return rc;
}

static int apply_spec(struct image *image, struct tree_node *root, const char *base,
		      const char *prefix, bool by_default, struct error *err)
{
	const char *spec = config_text(image->options, "spec", NULL);
	char *path = NULL;
	int rc = 0;

	if (spec) {
		/* A spec that an image names is its own: paths in it start at the image's root. */
		prefix = "";
		path = image_input_path(image->job, spec);
		if (!path)
			return error_set(err, "out of memory");
	} else if (!by_default || !base) {
		return 0;
	} else if (asprintf(&path, "%s.mtree", base) < 0) {
		return error_set(err, "out of memory");
	}
	if (spec || access(path, F_OK) == 0)
		rc = apply_spec_file(image, root, path, prefix, err);
	free(path);
	return rc;
}

/* --- All together --- */

static int read_host(struct image *image, struct tree_node *root, const char *base,
		     const char *prefix, struct error *err)
{
	struct config_place place = config_place(image->section, "srcpath");
	struct stat st;
	char *path;
	int rc;

	if (asprintf(&path, "%s%s%s", base, *prefix ? "/" : "", prefix) < 0)
		return error_set(err, "out of memory");
	if (stat(path, &st) < 0 || !S_ISDIR(st.st_mode)) {
		errno = errno ? errno : ENOTDIR;
		error_errno(err,
			    "image '%s' is filled from the directory '%s' (rootpath and "
			    "mountpoint, or srcpath)",
			    image->name, path);
		rc = config_error_at(config_value(image->section, "mountpoint") ?
					     config_place(image->section, "mountpoint") :
					     place,
				     err);
	} else {
		rc = tree_add_directory(root, path, image->job->epoch, err);
		if (rc < 0)
			config_error_at(place, err);
	}
	free(path);
	return rc;
}

/* The directory without slashes at its end, so that `.mtree` can follow. */
static char *without_slashes(const char *path)
{
	size_t len = strlen(path);

	while (len > 1 && path[len - 1] == '/')
		len--;
	return strndup(path, len);
}

static int fill(struct image *image, struct tree_node *root, const char *prefix,
		bool spec_by_default, struct error *err)
{
	const char *source = config_text(image->section, "srcpath", NULL);
	char *base = without_slashes(source ? source : image->job->rootpath);
	bool empty = config_bool(image->section, "empty", false);
	int rc = 0;

	if (!base)
		return error_set(err, "out of memory");
	if (!empty)
		rc = read_host(image, root, base, prefix, err);
	if (rc == 0)
		rc = apply_spec(image, root, empty ? NULL : base, prefix, spec_by_default, err);
	if (rc == 0 && !source)
		remove_mountpoints(image, prefix, root);
	free(base);
	return rc;
}

int image_tree(struct image *image, bool spec_by_default, struct tree_node **tree,
	       struct error *err)
{
	char prefix[4096];

	clean_mountpoint(config_text(image->section, "mountpoint", ""), prefix, sizeof(prefix));
	if (*prefix && config_value(image->section, "srcpath"))
		return config_error(config_place(image->section, "srcpath"), err,
				    "image '%s' has both srcpath and mountpoint: give one",
				    image->name);
	*tree = tree_new(image->job->epoch);
	if (!*tree)
		return error_set(err, "out of memory");
	if (fill(image, *tree, prefix, spec_by_default, err) == 0)
		return 0;
	tree_free(*tree);
	*tree = NULL;
	return -1;
}
