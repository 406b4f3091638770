/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Going through the drivers of a tree: folders that open and close, a search over all that is known
 * of each driver, a cursor, and marks. What a screen shows is here; how, is the screen's.
 */
#ifndef LIB_PICK_BROWSE_H
#define LIB_PICK_BROWSE_H

#include "pick/sources.h"

struct browse_item {
	struct pick_driver *driver; /* or NULL: a folder */
	const char *text;	    /* a folder's own name */
	size_t parent;		    /* the item of the folder that it is in; its own: none */
	size_t end;		    /* of a folder: behind its last item */
	unsigned depth;
	size_t drivers; /* in a folder and below it, those that the search finds */
	bool open;	/* a folder shows what is in it */
	bool found;	/* the search finds the driver, or one in the folder */
	bool marked;
	const char *words; /* of a driver, in lower case: what a search looks into */
};

struct browse {
	struct arena arena;
	struct browse_item *item;
	size_t count;
	size_t *row; /* the items that are shown */
	size_t row_count;
	size_t cursor; /* in the rows */
	size_t found;  /* drivers */
	size_t marked;
	char search[128];
};

/*
 * Begins with all folders closed. Returns 0, or -1 with ERR set: out of memory. Free in either
 * case.
 */
int browse_start(struct browse *browse, const struct pick_list *list, struct error *err);
void browse_free(struct browse *browse);

/*
 * Shows only drivers that have each word of TEXT somewhere: name, symbol, prompt, folder, devices,
 * description. All folders with such are shown open. The cursor stays at its driver if that is one
 * of them. An empty text shows all, the folders as they were.
 */
void browse_search(struct browse *browse, const char *text);
/* The item at the cursor, or NULL: nothing is shown. */
struct browse_item *browse_at(const struct browse *browse);
/* Moves the cursor by so many rows, as far as there are any. */
void browse_move(struct browse *browse, long rows);
/* Opens the folder at the cursor. False: it is a driver, or is open. */
bool browse_open_folder(struct browse *browse);
/* Closes the folder at the cursor or, where that cannot be, goes to the folder that it is in. */
void browse_close_folder(struct browse *browse);
/* Marks the driver at the cursor, or unmarks it; with a folder, all drivers that it shows. */
void browse_mark(struct browse *browse);
/*
 * Leaves in LIST the marked drivers, or the one at the cursor where none is; it may be empty.
 * Returns 0, or -1 with ERR set.
 */
int browse_chosen(const struct browse *browse, struct pick_list *list, struct error *err);

#endif
