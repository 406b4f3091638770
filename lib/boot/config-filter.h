/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The sections of config.txt ("[pi0]", "[EDID=...]"): do the settings that follow apply to the
 * emulated board?
 */
#ifndef LIB_BOOT_CONFIG_FILTER_H
#define LIB_BOOT_CONFIG_FILTER_H

#include <stdbool.h>

#include "boot/boards.h"

/*
 * Filters of different kinds must all match; one of the same kind takes the place of the one
 * before.
 */
enum config_filter_kind {
	FILTER_MODEL,
	FILTER_EDID,
	FILTER_SERIAL,
	FILTER_GPIO,
	FILTER_HDMI,
	FILTER_START,
	FILTER_KINDS,
};

struct config_filter {
	bool fails[FILTER_KINDS];
};

/*
 * Takes the section NAME, the text between the brackets. Returns false when it is no known section:
 * then none matches.
 */
bool config_filter_section(struct config_filter *filter, const struct board *board,
			   const char *name);
bool config_filter_passes(const struct config_filter *filter);

#endif
