/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What an image is written to: a whole block device that nobody uses, or a regular file in its
 * place.
 */
#ifndef LIB_FLASH_TARGET_H
#define LIB_FLASH_TARGET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "flash/in-use.h"

#define TARGET_LARGEST (UINT64_C(256) << 30) /* bytes; what is larger is hardly a card */

struct target {
	const char *path; /* as the user named it; the caller keeps it alive */
	int fd;		  /* or -1 */
	bool block;
	bool created;		/* a file that was not there before */
	uint64_t size;		/* bytes */
	uint32_t sector;	/* bytes that are read and written at once, at least */
	struct block_info info; /* of a block device */
};

struct target_options {
	bool force;  /* larger ones than TARGET_LARGEST, too */
	bool create; /* a regular file may be made, or made longer */
};

/* The image, opened for reading. */
struct source {
	const char *path;
	int fd;		    /* or -1 */
	uint64_t size;	    /* bytes */
	int64_t changed_ns; /* when it was changed last */
};

/*
 * Opens the image: a regular file that is neither empty nor packed. Returns 0, or -1 with ERR set.
 */
int source_open(struct source *source, const char *path, struct error *err);
/* Is it still what was opened? Returns 0, or -1 with ERR set. */
int source_check(const struct source *source, struct error *err);
void source_close(struct source *source);

/*
 * Looks at the target and refuses what must not be written to: in use, read-only, a partition, too
 * large, too small for SOURCE, the image itself. Changes nothing yet. Returns 0 with TARGET for
 * target_close, or -1 with ERR set.
 */
int target_examine(struct target *target, const char *path, const struct source *source,
		   const struct target_options *options, struct error *err);
/* Opens it for writing, for us alone. Returns 0, or -1 with ERR set. */
int target_open(struct target *target, const struct source *source, struct error *err);
/* Closes it. A file that was created is removed unless KEEP. */
void target_close(struct target *target, bool keep);

#endif
