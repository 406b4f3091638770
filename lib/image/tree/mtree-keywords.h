/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The words of an mtree specification: keywords with their values, and the encoding of names.
 * Private to mtree.c.
 */
#ifndef LIB_IMAGE_MTREE_KEYWORDS_H
#define LIB_IMAGE_MTREE_KEYWORDS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/error.h"

struct mtree_attributes {
	mode_t type; /* S_IF..., or 0 where it is not said */
	mode_t mode; /* permission bits */
	uint32_t uid, gid, major, minor;
	uint64_t size;
	int64_t time;
	bool has_mode, has_uid, has_gid, has_device, has_size, has_time;
	bool optional;
	const char *link, *contents; /* in the line that was read */
};

/* The next word of *LINE, ended with a zero byte, or NULL at its end. */
char *mtree_next_word(char **line);
/*
 * Replaces the escapes of vis(3) in WORD: \040, \s, \n, \# and so on. Returns -1 with ERR set on a
 * bad one.
 */
int mtree_decode(char *word, struct error *err);
/* Reads the rest of a line into A. Returns 0, or -1 with ERR set. */
int mtree_keywords_read(struct mtree_attributes *a, char *line, struct error *err);
/* Forgets the keywords that LINE names (`all` for every one). */
int mtree_keywords_unset(struct mtree_attributes *a, char *line, struct error *err);

#endif
