/* SPDX-License-Identifier: GPL-2.0-only */
/* What the files of `ferry pick` have of one another: what is shown, and the ways to show it. */
#ifndef TOOL_CMD_PICK_H
#define TOOL_CMD_PICK_H

#include <stdbool.h>

#include "pick/config.h"
#include "pick/devicetree.h"
#include "pick/sources.h"

/* What is shown. */
struct pick_view {
	struct pick_tree tree;
	struct pick_list list;
	bool has_config;
	struct pick_config config; /* that tells what is missing */
	struct pick_nodes nodes;   /* of a devicetree */
};

/* The drivers as tab-separated values, the first line a header. */
void pick_print_lines(struct pick_view *view);
/* The drivers as JSON, an array. Returns 0, or -1: it cannot be written, errno is set. */
int pick_print_json(struct pick_view *view);
/* The nodes of the devicetree with their drivers, likewise. */
void pick_print_nodes(const struct pick_view *view);
int pick_print_nodes_json(const struct pick_view *view);

/*
 * Lets the user choose on the terminal, and leaves in the view's list what was chosen: none, if the
 * screen was left. Returns 0; 1, with the list as it was, where the terminal cannot do that; or -1
 * with ERR set.
 */
int pick_screen(struct pick_view *view, struct error *err);

/* The files of a board; each may be NULL. */
struct pick_board {
	char *config; /* its kernel's configuration */
	char *dtb;
};

/* Finds them. Returns 0, or -1 with ERR set. Free in either case. */
int pick_board_find(struct pick_board *board, const char *name, struct error *err);
void pick_board_free(struct pick_board *board);

#endif
