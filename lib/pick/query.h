/* SPDX-License-Identifier: GPL-2.0-only */
/* Questions about the drivers of a tree: which one is meant, what it depends on. */
#ifndef LIB_PICK_QUERY_H
#define LIB_PICK_QUERY_H

#include <stdbool.h>

#include "pick/tree.h"

/* Drivers in the order of their folders and names. All are the tree's. */
struct pick_list {
	struct pick_driver **driver;
	size_t count;
};

/*
 * All drivers of the tree: what a symbol selects, and what else is below drivers/, sound/, net/,
 * fs/ and crypto/. Returns 0, or -1 with ERR set: out of memory.
 */
int pick_all(const struct pick_tree *tree, struct pick_list *list, struct error *err);
void pick_list_free(struct pick_list *list);

/* The folder below drivers/ ("rtc", "net/ethernet/intel/e1000"), or the whole one elsewhere. */
const char *pick_subsystem(const struct pick_driver *driver);
/* Whether the driver is in the subsystem NAME: a folder, "net/ethernet", or one around it. */
bool pick_in_subsystem(const struct pick_driver *driver, const char *name);
/*
 * Whether NAME means the driver: its symbol, with or without CONFIG_; its module, with or without
 * .ko, `-` and `_` being the same; or one of its files, with or without the folder.
 */
bool pick_is_called(const struct pick_driver *driver, const char *name);
/*
 * Leaves in LIST the one driver that NAME means. Returns 0, or -1 with ERR set: several, which it
 * lists; or none, with the three whose names are nearest.
 */
int pick_choose(struct pick_list *list, const char *name, struct error *err);

/* The symbol that it belongs to, the first where it is several; NULL: none. */
struct pick_symbol *pick_driver_symbol(const struct pick_driver *driver);
/* "module", "built in" and "library". */
const char *pick_driver_kind(const struct pick_driver *driver);

#endif
