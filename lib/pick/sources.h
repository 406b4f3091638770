/* SPDX-License-Identifier: GPL-2.0-only */
/* What the sources of drivers say of them, read by several threads. */
#ifndef LIB_PICK_SOURCES_H
#define LIB_PICK_SOURCES_H

#include "pick/ids.h"
#include "pick/query.h"

/* Of one driver, all of its sources together. */
struct driver_facts {
	unsigned lines;
	const char *licences;	 /* different ones with ", " between, or NULL */
	const char *description; /* or NULL */
	uint64_t services;	 /* scan_service_name() */
	struct scan_id *ids;	 /* each once */
};

/*
 * Reads the sources of the drivers in LIST, with THREADS of them, and sets the facts of each. A
 * source that cannot be read counts as empty. Returns 0, or -1 with ERR set: out of memory.
 */
int sources_read(struct pick_tree *tree, const struct pick_list *list, unsigned threads,
		 struct error *err);
/* Whether a device of the driver is what TEXT names (id_matches()). */
bool pick_has_id(const struct pick_driver *driver, const char *text);

#endif
