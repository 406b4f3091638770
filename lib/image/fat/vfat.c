// SPDX-License-Identifier: GPL-2.0-only
/*
 * The image type vfat: which files go in, and mkfs.vfat's options; the file system itself is
 * fat-write.h's.
 */
#include "image/image.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "image/args.h"
#include "image/fat/fat-write.h"

struct vfat {
	struct fat_options options;
	char label[12];
	struct tree_node *tree;
	struct fat_plan *plan;
};

/* --- mkfs.vfat's options --- */

static int apply_bits(void *to, const char *value, struct error *err)
{
	struct vfat *v = to;
	uint32_t bits;

	if (args_number(value, 32, &bits, err) < 0 || (bits != 12 && bits != 16 && bits != 32))
		return error_set(err, "not 12, 16 or 32");
	v->options.bits = (int)bits;
	return 0;
}

static int apply_label(void *to, const char *value, struct error *err)
{
	struct vfat *v = to;

	if (strlen(value) > 11)
		return error_set(err, "the label '%s' is longer than 11 characters", value);
	snprintf(v->label, sizeof(v->label), "%s", value);
	v->options.label = v->label;
	return 0;
}

static int apply_serial(void *to, const char *value, struct error *err)
{
	struct vfat *v = to;
	char *end;
	unsigned long n = strtoul(value, &end, 16);

	if (!*value || *end || strlen(value) > 8 || !n)
		return error_set(err, "not a hexadecimal number of up to 8 digits, other than 0");
	v->options.serial = (uint32_t)n;
	return 0;
}

static int apply_cluster(void *to, const char *value, struct error *err)
{
	struct vfat *v = to;
	uint32_t *n = &v->options.sectors_per_cluster;

	if (args_number(value, 128, n, err) < 0 || !*n || (*n & (*n - 1)))
		return error_set(err, "not a power of two up to 128");
	return 0;
}

static int apply_sector(void *to, const char *value, struct error *err)
{
	struct vfat *v = to;
	uint32_t *n = &v->options.sector_size;

	if (args_number(value, 4096, n, err) < 0 || *n < 512 || (*n & (*n - 1)))
		return error_set(err, "not 512, 1024, 2048 or 4096");
	return 0;
}

static int apply_root_entries(void *to, const char *value, struct error *err)
{
	struct vfat *v = to;

	if (args_number(value, 65520, &v->options.root_entries, err) < 0 ||
	    !v->options.root_entries)
		return error_set(err, "not a number from 1 to 65520");
	return 0;
}

/*
 * Only 32 reserved sectors and the like are what a FAT has anyway; others would be a layout that is
 * not offered.
 */
static int apply_reserved(void *to, const char *value, struct error *err)
{
	uint32_t n;

	return args_number(value, 65535, &n, err) < 0 || n != 32 ?
		       error_set(err, "only 32 is possible") :
		       0;
}

static const struct args_option mkfs_options[] = {
	{ 'F', true, apply_bits },
	{ 'n', true, apply_label },
	{ 'i', true, apply_serial },
	{ 's', true, apply_cluster },
	{ 'S', true, apply_sector },
	{ 'r', true, apply_root_entries },
	{ 'R', true, apply_reserved },
	{ 'v', false, NULL },
	{ 'I', false, NULL },
	{ 'a', false, NULL },
	{ 0 },
};

static int read_options(struct vfat *v, const struct image *image, struct error *err)
{
	const char *label = config_text(image->options, "label", NULL);

	v->options.mtime = image->job->epoch;
	if (label && *label && apply_label(v, label, err) < 0)
		return config_error_at(config_place(image->options, "label"), err);
	return args_apply(image, "mkfs.vfat", mkfs_options, v, err);
}

/* --- The files --- */

/*
 * The directory of PATH in the tree, made where it is missing; *NAME is what remains of the path.
 */
static struct tree_node *make_directories(struct tree_node *dir, char *path, char **name,
					  struct error *err)
{
	char *next;

	for (; (next = strchr(path, '/')) != NULL; path = next + 1) {
		*next = '\0';
		if (!*path || strcmp(path, ".") == 0)
			continue;
		dir = tree_add(dir, path, S_IFDIR | 0755, err);
		if (!dir)
			return NULL;
	}
	*name = path;
	return dir;
}

/* Puts a host file, or a directory with all that is in it, into the tree at TARGET. */
static int add_path(struct tree_node *root, const char *target, const char *path, int64_t newest,
		    struct config_place place, struct error *err)
{
	char *copy = strdup(target), *name = NULL;
	struct tree_node *dir, *node = NULL;
	struct stat st;
	int rc = -1;

	if (!copy)
		return error_set(err, "out of memory");
	dir = make_directories(root, copy, &name, err);
	if (!dir)
		goto out;
	if (!*name || strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
		error_set(err, "'%s' is no name for a file", target);
	else if (stat(path, &st) < 0)
		error_errno(err, "%s", path);
	else if (S_ISDIR(st.st_mode))
		node = tree_add(dir, name, S_IFDIR | 0755, err);
	else
		node = tree_add_file(dir, name, path, newest, err);
	if (!node)
		goto out;
	node->line = place.line;
	rc = S_ISDIR(node->mode) ? tree_add_directory(node, path, newest, err) : 0;
out:
	free(copy);
	return rc;
}

static bool is_directory(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* NAME is an image of the config or a file of inputpath; TARGET is its path in the image. */
static int add_input(struct image *image, struct tree_node *root, const char *name,
		     const char *target, struct config_place place, struct error *err)
{
	char *path = image_input_path(image->job, name);
	struct image *child;
	int rc = 0;

	if (!path)
		return error_set(err, "out of memory");
	if (!is_directory(path)) {
		child = image_child(image, name, place, 0, err);
		if (!child) {
			free(path);
			return -1;
		}
		if (child->section) {
			free(path);
			path = image_as_file(child, err);
			rc = path ? 0 : -1;
		}
	}
	if (rc == 0)
		rc = add_path(root, target, path, image->job->epoch, place, err);
	free(path);
	return rc < 0 ? config_error_at(place, err) : 0;
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static int add_listed(struct image *image, struct tree_node *root, struct error *err)
{
	const struct config_section *s = image->options;
	const struct config_value *value = NULL;

	for (size_t i = 0; i < s->section_count; i++) {
		const struct config_section *file = &s->sections[i];
		const char *name = config_text(file, "image", NULL);

		if (!name)
			return config_error(file->place, err, "file '%s' says no image to take",
					    file->title);
		if (add_input(image, root, name, file->title, config_place(file, "image"), err) < 0)
			return -1;
	}
	while ((value = config_next(s, "files", value)) != NULL)
		if (add_input(image, root, value->text, base_name(value->text), value->place, err) <
		    0)
			return -1;
	return 0;
}

static int get_tree(struct vfat *v, struct image *image, struct error *err)
{
	const struct config_section *s = image->options;

	if (!s->section_count && !config_value(s, "files"))
		return image_tree(image, false, &v->tree, err);
	v->tree = tree_new(image->job->epoch);
	return v->tree ? add_listed(image, v->tree, err) : error_set(err, "out of memory");
}

/* --- The type --- */

static int plan_size(struct vfat *v, struct image *image, uint64_t size, struct error *err)
{
	v->options.size = size;
	if (fat_plan(&v->plan, v->tree, &v->options, err) < 0) {
		error_prefix(err, "'%s'", image->name);
		return config_error_at(config_place(image->section, "size"), err);
	}
	image->size = fat_plan_size(v->plan);
	return 0;
}

static int plan_vfat(struct image *image, struct error *err)
{
	struct vfat *v = calloc(1, sizeof(*v));
	const char *text = config_text(image->section, "size", NULL);
	bool percent = false;
	uint64_t size = image->room;

	if (!v)
		return error_set(err, "out of memory");
	image->plan = v;
	if (read_options(v, image, err) < 0 || get_tree(v, image, err) < 0)
		return -1;
	if (text)
		config_read_size(text, &size, &percent);
	if (!percent)
		return plan_size(v, image, size, err);
	/* A percentage is of the smallest size; that one is planned to learn it. */
	if (plan_size(v, image, 0, err) < 0)
		return -1;
	fat_plan_free(v->plan);
	v->plan = NULL;
	return size <= 100 ?
		       plan_size(v, image, 0, err) :
		       plan_size(v, image, image_round_up(image->size / 100 * size, 4096), err);
}

static int write_vfat(const struct image *image, int fd, uint64_t offset, struct progress *progress,
		      struct error *err)
{
	const struct vfat *v = image->plan;

	return fat_write(v->plan, fd, offset, progress, err);
}

static void report(const struct image *image, json_t *to)
{
	const struct vfat *v = image->plan;
	uint32_t serial = fat_plan_serial(v->plan);

	json_object_set_new(to, "uuid", json_sprintf("%04X-%04X", serial >> 16, serial & 0xffff));
	json_object_set_new(to, "label", json_string(v->options.label ? v->options.label : ""));
	json_object_set_new(to, "fat-bits", json_integer(fat_plan_bits(v->plan)));
}

static void release(struct image *image)
{
	struct vfat *v = image->plan;

	if (!v)
		return;
	fat_plan_free(v->plan);
	tree_free(v->tree);
	free(v);
	image->plan = NULL;
}

static const struct config_key file_table[] = {
	{ "image", CONFIG_TEXT, NULL },
	{ 0 },
};
static const struct config_key *const file_keys = file_table;

/* clang-format off */
static const struct config_key vfat_keys[] = {
	{ "extraargs", CONFIG_TEXT, NULL },
	{ "label", CONFIG_TEXT, NULL },
	{ "files", CONFIG_LIST, NULL },
	{ "file", CONFIG_TITLED, &file_keys },
	{ "spec", CONFIG_TEXT, NULL },
	{ 0 },
};
/* clang-format on */

const struct image_type image_vfat = {
	.name = "vfat",
	.keys = vfat_keys,
	.plan = plan_vfat,
	.write = write_vfat,
	.report = report,
	.release = release,
};
