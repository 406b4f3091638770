/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The text of a config, made ready for libconfuse: includes put in place, comments blanked out,
 * quotes and braces checked. libconfuse 3.3 miscounts lines after comments and takes a missing `}`
 * or a comment's missing end for the end of the file; after this it sees neither, and every line of
 * the text maps to a line of a file.
 */
#ifndef LIB_IMAGE_CONFIG_TEXT_H
#define LIB_IMAGE_CONFIG_TEXT_H

#include "image/config/config.h"

struct config_source {
	char *text; /* ends with a newline and a zero byte */
	size_t len, size;
	/* where each line of the text came from, the first at [0] */
	struct config_place *lines;
	size_t line_count, line_size;
};

/* Appends TEXT to SOURCE. CONFIG takes the names of files. Returns 0, or -1 with ERR set. */
int config_source_read(struct config_source *source, struct config *config, const char *text,
		       size_t len, const char *name, const char *includepath, struct error *err);
void config_source_free(struct config_source *source);
/* The place of a line of the text, counted from 1. */
struct config_place config_source_place(const struct config_source *source, int line);

#endif
