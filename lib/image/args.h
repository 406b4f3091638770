/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reads the `extraargs` of an image: the command line options of the program that genimage would
 * run.
 */
#ifndef LIB_IMAGE_ARGS_H
#define LIB_IMAGE_ARGS_H

#include "image/image.h"

struct args_option {
	char letter;
	bool has_value;
	/*
	 * Acts on the option; VALUE is NULL where there is none. Returns -1 with ERR set: what is
	 * wrong with it.
	 */
	int (*apply)(void *to, const char *value, struct error *err);
};

/*
 * Applies each option of the image's extraargs to TO; OPTIONS ends with a letter of 0. PROGRAM is
 * named in messages.
 * Returns 0, or -1 with ERR set, the line of the config included.
 */
int args_apply(const struct image *image, const char *program, const struct args_option *options,
	       void *to, struct error *err);

/* Reads a whole number of at most MAX into *VALUE. Returns -1 with ERR set. */
int args_number(const char *text, uint64_t max, uint32_t *value, struct error *err);

#endif
