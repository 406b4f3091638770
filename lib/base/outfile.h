/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * An output file that appears whole or not at all. It is written without a name (O_TMPFILE) where
 * the file system can do that, so that even a killed process leaves nothing behind; otherwise under
 * a temporary name.
 */
#ifndef LIB_BASE_OUTFILE_H
#define LIB_BASE_OUTFILE_H

#include "base/error.h"

struct outfile {
	int fd;	    /* open for reading and writing, empty at first; the owner is the outfile */
	char *path; /* the name that it will get */
	char *temp; /* its temporary name, or NULL while it has none */
};

/*
 * Starts the file that shall become PATH, or what the symbolic link PATH points to. Returns 0, or
 * -1 with ERR set: directory missing, no permission, or something that is no regular file has that
 * name.
 */
int outfile_open(struct outfile *out, const char *path, struct error *err);
/*
 * Gives the file its name, replacing what was there, and closes it. On failure nothing is left
 * behind.
 */
int outfile_commit(struct outfile *out, struct error *err);
/* Closes and forgets the file. Harmless after a commit, and on a zeroed struct with fd -1. */
void outfile_abort(struct outfile *out);

#endif
