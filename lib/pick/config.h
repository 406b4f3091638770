/* SPDX-License-Identifier: GPL-2.0-only */
/* A kernel's configuration, and what it lacks for a driver. */
#ifndef LIB_PICK_CONFIG_H
#define LIB_PICK_CONFIG_H

#include "pick/tree.h"

struct pick_config {
	struct arena arena;
	struct names values;   /* symbol to text: "y", "m", "16" */
	const char *arch;      /* the folder of arch/ that it is for, or NULL: it does not say */
	struct expr_values of; /* for expr_value() */
};

/*
 * Reads PATH, a .config. Returns 0, or -1 with ERR set: not to be read, no configuration.
 * pick_config_free() may be called in either case.
 */
int pick_config_read(struct pick_config *config, const char *path, struct error *err);
void pick_config_free(struct pick_config *config);

/* How the configuration builds the driver: "y", "m" or "n". */
const char *pick_config_state(const struct pick_config *config, const struct pick_driver *driver);
/*
 * Adds what would have to be set besides the driver's own symbol for it to be built as a module:
 * the parts of its dependencies that do not hold, and the symbols of its folders. Adds nothing
 * where nothing is missing.
 */
void pick_config_missing(const struct pick_config *config, const struct pick_driver *driver,
			 struct arena *arena, struct strbuf *text);

#endif
