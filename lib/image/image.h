/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Building images: config, then plan, then write. Planning an image finds every fault that lies in
 * the config or the files and decides each size; writing can fail only on the disk. An image type
 * is one struct image_type; an image that another one contains is written straight into its place
 * there.
 */
#ifndef LIB_IMAGE_IMAGE_H
#define LIB_IMAGE_IMAGE_H

#include <stdbool.h>
#include <stdint.h>
#include <jansson.h>

#include "base/error.h"
#include "base/outfile.h"
#include "base/progress.h"
#include "image/config/config.h"
#include "image/tree/tree.h"
#include "image/image-types.h"

/*
 * Times later than this are lowered to it where SOURCE_DATE_EPOCH does not say otherwise:
 * 2025-01-01 00:00:00 UTC.
 */
#define IMAGE_DEFAULT_EPOCH INT64_C(1735689600)

/* What the user asks for. A NULL path leaves it to the config, and that to genimage's default. */
struct image_settings {
	const char *config;
	const char *rootpath, *inputpath, *outputpath, *includepath;
	/* also write the images that others contain as files of their own */
	bool keep_parts;
	struct progress *progress;
};

struct image_job;
struct image;

struct image_type {
	const char *name;
	const struct config_key *keys; /* what `NAME {}` may hold in an image of the config */
	/*
	 * It has partitions, and is planned before the images in them, because it determines how
	 * much room they have.
	 */
	bool has_partitions;
	/* Sets image->size and image->plan. Returns 0, or -1 with ERR set. */
	int (*plan)(struct image *image, struct error *err);
	/*
	 * Writes image->size bytes to FD at OFFSET, where the file reads as zeros. May be called
	 * more than once.
	 */
	int (*write)(const struct image *image, int fd, uint64_t offset, struct progress *progress,
		     struct error *err);
	/* Adds what the type knows to the report. May be NULL. */
	void (*report)(const struct image *image, json_t *to);
	void (*release)(struct image *image);
};

struct image {
	struct image_job *job;
	char *name; /* of the file in outputpath */
	const struct image_type *type;
	/* `image NAME {}`; NULL for a file that is merely named */
	const struct config_section *section;
	const struct config_section *options; /* `TYPE {}` in it, or NULL */
	struct config_place place;	      /* for messages about all of it */
	uint64_t size;			      /* bytes, once planned */
	/* the size of the partition that it will fill, or 0 */
	uint64_t room;
	enum { IMAGE_NEW, IMAGE_PLANNING, IMAGE_PLANNED } state;
	bool contained; /* in another image */
	void *plan;	/* the type's own */
	/* its contents ahead of time, for an image inside a vfat image */
	struct outfile scratch;
};

struct image_job {
	struct config config;
	char *rootpath, *inputpath, *outputpath;
	char *made_directory; /* the outputpath, where this job made it */
	int64_t epoch;	      /* see IMAGE_DEFAULT_EPOCH */
	bool keep_parts;
	struct progress *progress;
	struct image **images;
	size_t count;
};

/* clang-format off */
#define TYPE(name) extern const struct image_type image_##name;
IMAGE_TYPES(TYPE)
#undef TYPE
/* clang-format on */
/* All of them, and NULL at the end. */
extern const struct image_type *const image_types[];

/* What a config file may hold. */
extern const struct config_key image_config_keys[];

/*
 * Builds the images of a config: parse, plan, write, and give every file its name at the end.
 * Returns 0 with *REPORT owned by the caller (an array with an object an image), or -1 with ERR set
 * and nothing left behind.
 */
int image_build(const struct image_settings *settings, json_t **report, struct error *err);
/*
 * Removes the temporary files of the build that is under way. For signal handlers; the process is
 * to end after it.
 */
void image_build_abandon(void);

/* --- For image types --- */

/*
 * The image that NAME stands for, as genimage has it: one of the config's, else the file of that
 * name in inputpath. It is planned when this returns. NULL with ERR set where it is neither, or
 * contains itself. FOR is who asks.
 */
struct image *image_child(struct image *for_image, const char *name, struct config_place place,
			  uint64_t room, struct error *err);
/*
 * A host file that holds the contents of an image, to be read while the job lasts. The caller frees
 * it.
 */
char *image_as_file(struct image *image, struct error *err);

/* NAME in inputpath, or NAME itself where it is absolute. The caller frees it. */
char *image_input_path(const struct image_job *job, const char *name);

/*
 * The tree that the image is filled from: rootpath and mountpoint, or srcpath, or nothing where
 * `empty` is set; then what its spec file says. With SPEC_BY_DEFAULT, and no `spec`, that is
 * ROOTPATH.mtree (or SRCPATH.mtree) if it is there; its paths start at the rootpath, whatever the
 * mountpoint.
 */
int image_tree(struct image *image, bool spec_by_default, struct tree_node **tree,
	       struct error *err);

/* Rounds N up to a multiple of UNIT. */
static inline uint64_t image_round_up(uint64_t n, uint64_t unit)
{
	uint64_t over = unit ? n % unit : 0;

	return over ? n + (unit - over) : n;
}

/* Rounds N down to a multiple of UNIT. */
static inline uint64_t image_round_down(uint64_t n, uint64_t unit)
{
	return unit ? n - n % unit : n;
}

#endif
