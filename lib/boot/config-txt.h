/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reads config.txt: sections, include, comments. What is left is the list of settings that apply to
 * the board, in order. Format and filters are those that the Raspberry Pi documentation gives for
 * its firmware.
 */
#ifndef LIB_BOOT_CONFIG_TXT_H
#define LIB_BOOT_CONFIG_TXT_H

#include <stddef.h>

#include "base/error.h"
#include "boot/boards.h"
#include "boot/boot-files.h"
#include "boot/notices.h"

struct config_setting {
	char *name;
	char *value;
	char *file; /* "config.txt", or the one that it includes */
	int line;
};

struct config_txt {
	struct config_setting *setting;
	size_t count;
};

/*
 * Reads config.txt and what it includes; a missing one has no settings. What a user should know
 * (lines that are cut or not understood, files that are not there) is added to NOTICES. Returns 0,
 * or -1 with ERR set: damage, not text, includes without end. CONFIG is the caller's to free in
 * either case.
 */
int config_txt_read(struct config_txt *config, struct boot_files *files, const struct board *board,
		    struct notices *notices, struct error *err);
void config_txt_free(struct config_txt *config);

/* The last setting by that name, or NULL. */
const struct config_setting *config_txt_find(const struct config_txt *config, const char *name);
/*
 * Its value, or OTHERWISE when it is not set. A number is decimal or 0x hexadecimal; other text
 * counts as 0.
 */
const char *config_txt_text(const struct config_txt *config, const char *name,
			    const char *otherwise);
long config_txt_number(const struct config_txt *config, const char *name, long otherwise);

#endif
