/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A file that says which tree and which drivers are wanted, to be kept and used again: lines
 * `LINUX_SRC=` and `DRIVER=`, as a shell would read them, with quotes, comments and `~`.
 */
#ifndef LIB_PICK_WANTED_H
#define LIB_PICK_WANTED_H

#include <stddef.h>

#include "base/error.h"

struct wanted {
	char *linux_src; /* or NULL */
	char **driver;
	size_t count;
};

/*
 * Reads PATH. A DRIVER= line may have several names, and there may be several. Returns 0, or -1
 * with ERR set, PATH:LINE in front: not to be read, another name than these, a quote without end.
 * Free with wanted_free() in either case.
 */
int wanted_read(struct wanted *wanted, const char *path, struct error *err);
/* The same of LEN bytes of TEXT, which came from PATH; HOME is what `~` stands for, or NULL. */
int wanted_parse(struct wanted *wanted, const char *text, size_t len, const char *path,
		 const char *home, struct error *err);
void wanted_free(struct wanted *wanted);

#endif
