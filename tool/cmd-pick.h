/* SPDX-License-Identifier: GPL-2.0-only */
/* What the files of `ferry pick` have of one another: drivers as lines and as JSON. */
#ifndef TOOL_CMD_PICK_H
#define TOOL_CMD_PICK_H

#include <stdbool.h>

#include "pick/sources.h"

/* The drivers as tab-separated values, the first line a header. */
void pick_print_lines(struct pick_tree *tree, const struct pick_list *list);
/* The drivers as JSON, an array. Returns 0, or -1: it cannot be written, errno is set. */
int pick_print_json(struct pick_tree *tree, const struct pick_list *list);

#endif
