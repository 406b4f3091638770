/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Files without a name, shared with a child process through the inherited descriptor. As they have
 * no name, nothing is left behind whatever ends the process, SIGKILL included. Relies on /proc.
 */
#ifndef LIB_BOOT_SCRATCH_H
#define LIB_BOOT_SCRATCH_H

#include <stddef.h>

#include "base/error.h"

struct scratch {
	int fd;	       /* close-on-exec; or -1 */
	char path[32]; /* opens it, here and in a child that inherits FD under the same number */
};

#define SCRATCH_NONE ((struct scratch){ .fd = -1 })

/*
 * A file in memory that holds LEN bytes of DATA; NAME is for messages. Returns 0, or -1 with ERR
 * set.
 */
int scratch_bytes(struct scratch *scratch, const char *name, const void *data, size_t len,
		  struct error *err);
/* An empty file in $TMPDIR (or /tmp), for what may grow large. Returns 0, or -1 with ERR set. */
int scratch_file(struct scratch *scratch, struct error *err);
/* Writes LEN bytes at OFFSET; a short write is an error. Returns 0, or -1 with ERR set. */
int scratch_write(const struct scratch *scratch, size_t offset, const void *data, size_t len,
		  struct error *err);
/* Harmless on SCRATCH_NONE. */
void scratch_close(struct scratch *scratch);

#endif
