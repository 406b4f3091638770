// SPDX-License-Identifier: GPL-2.0-only
/* Building the images of a config: see image.h. */
#include "image/image.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/array.h"

/*
 * The signal handler looks at the images and their temporary files, so no signal may come while
 * those change, nor between a file's getting its name and the note that it has one.
 */
static sigset_t hold_signals(void)
{
	sigset_t all, before;

	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, &before);
	return before;
}

static void release_signals(const sigset_t *before)
{
	sigprocmask(SIG_SETMASK, before, NULL);
}

/* --- Images --- */

/* Returns 0, or -1 where there is no memory for it. */
static int append_image(struct image_job *job, struct image *image)
{
	sigset_t before = hold_signals();
	struct image **added = ARRAY_ADD(job->images, job->count);

	if (added)
		*added = image;
	release_signals(&before);
	return added ? 0 : -1;
}

static struct image *add_image(struct image_job *job, const char *name,
			       const struct image_type *type, struct error *err)
{
	struct image *image = calloc(1, sizeof(*image));

	if (!image)
		goto no_memory;
	image->job = job;
	image->type = type;
	image->scratch.fd = -1;
	image->name = strdup(name);
	if (image->name && append_image(job, image) == 0)
		return image;
	free(image->name);
	free(image);
no_memory:
	error_set(err, "out of memory");
	return NULL;
}

static struct image *find_image(const struct image_job *job, const char *name)
{
	for (size_t i = 0; i < job->count; i++)
		if (strcmp(job->images[i]->name, name) == 0)
			return job->images[i];
	return NULL;
}

/* The one section of the image that says its type. */
static int set_type(struct image *image, struct error *err)
{
	const struct config_section *s = image->section;

	for (size_t i = 0; image_types[i]; i++) {
		const struct image_type *type = image_types[i];
		const struct config_section *options = config_section(s, type->name);

		if (!options)
			continue;
		if (image->type)
			return config_error(options->place, err,
					    "image '%s' has two types, %s and %s", image->name,
					    image->type->name, type->name);
		image->type = type;
		image->options = options;
	}
	if (image->type)
		return 0;
	config_error(s->place, err,
		     "image '%s' has no type: it needs a section such as `hdimage {}` or `ext4 {}`",
		     image->name);
	return -1;
}

static int check_section(const struct image *image, struct error *err)
{
	const struct config_section *partition = config_section(image->section, "partition");

	if (partition && !image->type->has_partitions)
		return config_error(partition->place, err,
				    "image '%s' is of type %s, which has no partitions",
				    image->name, image->type->name);
	if (!*image->name || strcmp(image->name, ".") == 0 || strcmp(image->name, "..") == 0)
		return config_error(image->place, err, "'%s' is no name for a file", image->name);
	return 0;
}

static int make_images(struct image_job *job, struct error *err)
{
	const struct config_section *root = &job->config.root;

	for (size_t i = 0; i < root->section_count; i++) {
		const struct config_section *s = &root->sections[i];
		struct image *image;

		if (strcmp(s->key, "image") != 0)
			continue;
		image = add_image(job, s->title, NULL, err);
		if (!image)
			return -1;
		image->section = s;
		image->place = s->place;
		if (set_type(image, err) < 0 || check_section(image, err) < 0)
			return -1;
	}
	if (!job->count)
		return config_error(root->place, err,
				    "no images: there is no section `image NAME { ... }`");
	return 0;
}

static void free_image(struct image *image)
{
	if (image->type && image->type->release)
		image->type->release(image);
	outfile_abort(&image->scratch);
	free(image->name);
	free(image);
}

static int plan_image(struct image *image, struct error *err)
{
	if (image->state == IMAGE_PLANNED)
		return 0;
	if (image->state == IMAGE_PLANNING)
		return config_error(image->place, err, "image '%s' contains itself", image->name);
	image->state = IMAGE_PLANNING;
	if (image->type->plan(image, err) < 0)
		return -1;
	image->state = IMAGE_PLANNED;
	return 0;
}

struct image *image_child(struct image *for_image, const char *name, struct config_place place,
			  uint64_t room, struct error *err)
{
	struct image_job *job = for_image->job;
	struct image *child = find_image(job, name);
	char *path;

	if (!child) {
		path = image_input_path(job, name);
		if (!path || access(path, R_OK) < 0) {
			error_errno(err, "'%s' is no image of this config, and as a file", name);
			error_prefix(err, "%s:%d", place.file, place.line);
			free(path);
			return NULL;
		}
		free(path);
		child = add_image(job, name, &image_file, err);
		if (!child)
			return NULL;
		child->place = place;
	}
	child->contained = true;
	if (!child->room)
		child->room = room;
	return plan_image(child, err) < 0 ? NULL : child;
}

char *image_input_path(const struct image_job *job, const char *name)
{
	char *path;

	if (name[0] == '/')
		return strdup(name);
	return asprintf(&path, "%s/%s", job->inputpath, name) < 0 ? NULL : path;
}

/* --- Output --- */

/* Makes outputpath and what is missing above it, as genimage does. */
static int make_output_directory(struct image_job *job, struct error *err)
{
	char *path = job->outputpath;
	struct stat st;

	if (stat(path, &st) == 0 && !S_ISDIR(st.st_mode))
		return error_set(err, "the outputpath '%s' is no directory: choose another", path);
	for (char *slash = path + 1;; slash++) {
		char c = *slash;

		if (c && c != '/')
			continue;
		*slash = '\0';
		if (mkdir(path, 0777) == 0 && !c)
			job->made_directory = path;
		else if (!c && access(path, W_OK | X_OK) < 0)
			return error_errno(err, "cannot write to the outputpath '%s'", path);
		*slash = c;
		if (!c)
			return 0;
	}
}

/* A name that is a whole path is one, as with genimage. */
static char *output_path(const struct image *image)
{
	bool whole = image->name[0] == '/';
	char *path;

	if (asprintf(&path, "%s%s%s", whole ? "" : image->job->outputpath, whole ? "" : "/",
		     image->name) < 0)
		return NULL;
	return path;
}

static int open_output(struct image *image, struct outfile *out, struct error *err)
{
	sigset_t before;
	char *path;
	int rc;

	if (make_output_directory(image->job, err) < 0)
		return -1;
	path = output_path(image);
	if (!path)
		return error_set(err, "out of memory");
	before = hold_signals();
	rc = outfile_open(out, path, err);
	release_signals(&before);
	free(path);
	return rc;
}

/* The signal handler removes the temporary files of these. */
static struct image_job *volatile building;

void image_build_abandon(void)
{
	struct image_job *job = building;

	for (size_t i = 0; job && i < job->count; i++)
		if (job->images[i]->scratch.temp)
			unlink(job->images[i]->scratch.temp);
	if (job && job->made_directory)
		rmdir(job->made_directory);
}

/* Writes the image into a file of its own that has no name yet. */
static int write_image(struct image *image, struct error *err)
{
	struct outfile *out = &image->scratch;
	sigset_t before;

	if (out->fd >= 0)
		return 0;
	if (open_output(image, out, err) < 0)
		return -1;
	if (ftruncate(out->fd, (off_t)image->size) < 0)
		error_errno(err, "cannot make a file of %llu bytes",
			    (unsigned long long)image->size);
	else if (image->type->write(image, out->fd, 0, image->job->progress, err) == 0)
		return 0;
	error_prefix(err, "%s", out->path);
	before = hold_signals();
	outfile_abort(out);
	release_signals(&before);
	return -1;
}

char *image_as_file(struct image *image, struct error *err)
{
	char *path;

	/* A file image is a file already. */
	if (image->type == &image_file && !config_value(image->section, "size"))
		return strdup(image->plan);
	if (write_image(image, err) < 0)
		return NULL;
	if (asprintf(&path, "/proc/self/fd/%d", image->scratch.fd) < 0) {
		error_set(err, "out of memory");
		return NULL;
	}
	return path;
}

/* Whether the image becomes a file of its own. */
static bool is_output(const struct image *image)
{
	if (!image->section || config_bool(image->section, "temporary", false))
		return false;
	return !image->contained || image->job->keep_parts;
}

static int commit(struct image_job *job, struct error *err)
{
	sigset_t before = hold_signals();
	int rc = 0;

	for (size_t i = 0; i < job->count && rc == 0; i++)
		if (is_output(job->images[i]))
			rc = outfile_commit(&job->images[i]->scratch, err);
	building = NULL;
	if (rc == 0)
		job->made_directory = NULL;
	release_signals(&before);
	return rc;
}

/* --- The job --- */

static int plan_all(struct image_job *job, struct error *err)
{
	size_t declared = job->count;

	/* First those with partitions: they tell the others the room that they have. */
	for (size_t i = 0; i < declared; i++)
		if (job->images[i]->type->has_partitions && plan_image(job->images[i], err) < 0)
			return -1;
	for (size_t i = 0; i < declared; i++)
		if (plan_image(job->images[i], err) < 0)
			return -1;
	return 0;
}

static int write_all(struct image_job *job, struct error *err)
{
	for (size_t i = 0; i < job->count; i++)
		if (is_output(job->images[i]) && write_image(job->images[i], err) < 0)
			return -1;
	return commit(job, err);
}

static json_t *make_report(const struct image_job *job)
{
	json_t *report = json_array();

	for (size_t i = 0; i < job->count; i++) {
		const struct image *image = job->images[i];
		char *path;
		json_t *to;

		if (!is_output(image))
			continue;
		path = output_path(image);
		to = json_object();
		json_object_set_new(to, "image", json_string(image->name));
		json_object_set_new(to, "path", json_string(path ? path : ""));
		free(path);
		json_object_set_new(to, "type", json_string(image->type->name));
		json_object_set_new(to, "size", json_integer((json_int_t)image->size));
		if (image->type->report)
			image->type->report(image, to);
		json_array_append_new(report, to);
	}
	return report;
}

static int set_path(char **to, const char *wanted, const struct config_section *section,
		    const char *key, const char *fallback, struct error *err)
{
	const char *path = wanted ? wanted : config_text(section, key, fallback);

	*to = strdup(*path ? path : ".");
	return *to ? 0 : error_set(err, "out of memory");
}

/* https://reproducible-builds.org/specs/source-date-epoch/ */
static int set_epoch(struct image_job *job, struct error *err)
{
	const char *text = getenv("SOURCE_DATE_EPOCH");
	uint64_t seconds;

	job->epoch = IMAGE_DEFAULT_EPOCH;
	if (!text || !*text)
		return 0;
	if (strspn(text, "0123456789") != strlen(text) || strlen(text) > 10)
		return error_set(err, "SOURCE_DATE_EPOCH='%s' is no number of seconds", text);
	seconds = strtoull(text, NULL, 10);
	if (seconds > UINT32_MAX)
		return error_set(err, "SOURCE_DATE_EPOCH='%s' is after the year 2106", text);
	job->epoch = (int64_t)seconds;
	return 0;
}

static int set_up(struct image_job *job, const struct image_settings *settings, struct error *err)
{
	const struct config_section *section = config_section(&job->config.root, "config");

	job->keep_parts = settings->keep_parts;
	job->progress = settings->progress;
	if (set_epoch(job, err) < 0 ||
	    set_path(&job->rootpath, settings->rootpath, section, "rootpath", "root", err) < 0 ||
	    set_path(&job->inputpath, settings->inputpath, section, "inputpath", "input", err) <
		    0 ||
	    set_path(&job->outputpath, settings->outputpath, section, "outputpath", "images", err) <
		    0)
		return -1;
	return make_images(job, err);
}

static void free_job(struct image_job *job)
{
	building = NULL;
	for (size_t i = 0; i < job->count; i++)
		free_image(job->images[i]);
	if (job->made_directory)
		rmdir(job->made_directory);
	free(job->images);
	free(job->rootpath);
	free(job->inputpath);
	free(job->outputpath);
	config_free(&job->config);
}

int image_build(const struct image_settings *settings, json_t **report, struct error *err)
{
	struct image_job job = { 0 };
	int rc;

	if (config_load(&job.config, settings->config, settings->includepath, image_config_keys,
			err) < 0)
		return -1;
	building = &job;
	rc = set_up(&job, settings, err);
	if (rc == 0)
		rc = plan_all(&job, err);
	if (rc == 0)
		rc = write_all(&job, err);
	if (rc == 0)
		*report = make_report(&job);
	free_job(&job);
	return rc;
}
