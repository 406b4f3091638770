/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Module.symvers: what a kernel and its modules export, a line each: checksum, name, who exports
 * it, how, namespace.
 */
#ifndef LIB_CHECK_SYMVERS_H
#define LIB_CHECK_SYMVERS_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define SYMVERS_LARGEST (64u << 20) /* bytes of a file */

struct symver {
	uint32_t crc;
	const char *name;
	const char *owner; /* "vmlinux", or the path of a module without its suffix */
};

struct symvers {
	char *text;		/* what the names point into */
	struct symver *symbols; /* sorted by name */
	size_t count;
};

/*
 * Takes TEXT (malloc) of LEN bytes and a zero byte. Returns 0, or -1 with ERR set to "NAME:LINE:
 * what".
 */
int symvers_parse(struct symvers *symvers, const char *name, char *text, size_t len,
		  struct error *err);
const struct symver *symvers_find(const struct symvers *symvers, const char *name);
void symvers_free(struct symvers *symvers);

#endif
