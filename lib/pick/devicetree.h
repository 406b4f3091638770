/* SPDX-License-Identifier: GPL-2.0-only */
/* Which drivers serve the nodes of a devicetree. */
#ifndef LIB_PICK_DEVICETREE_H
#define LIB_PICK_DEVICETREE_H

#include "pick/config.h"
#include "pick/query.h"

/* A node that has a compatible property; all of it is the arena's. */
struct pick_node {
	struct pick_node *next;
	const char *path;	/* /soc/serial@7e201000 */
	const char *compatible; /* all of them, with blanks between */
	const char *matched;	/* the first that a driver is for, or NULL: none has any */
	bool disabled;
	struct pick_list drivers; /* that are for it; may be several */
};

struct pick_nodes {
	struct arena arena;
	struct pick_node *first;
};

/*
 * Reads a flattened devicetree of LEN bytes, which has the name PATH for messages, and finds the
 * drivers of its nodes among those of LIST, whose facts are set. With CONFIG, those of other
 * architectures are left out, and those that it builds come first. An AMBA device is found by its
 * number, which follows from a compatible such as `arm,pl061`. Returns 0, or -1 with ERR set: no
 * devicetree, out of memory. Free in either case.
 */
int pick_nodes_read(struct pick_nodes *nodes, const void *dtb, size_t len, const char *path,
		    const struct pick_list *list, const struct pick_config *config,
		    struct error *err);
void pick_nodes_free(struct pick_nodes *nodes);

#endif
