/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Bare port of <ferry/property.h>: a node is one of the firmware's devicetree, a device of the
 * board's table or a child of one; a device may be in both.
 */
#ifndef FERRY_PORT_NODE_H
#define FERRY_PORT_NODE_H

struct bare_device;
struct bare_child;

struct fy_node {
	uint32_t tree_node;		 /* 0: it is not there */
	const struct bare_device *table; /* NULL: it is not there */
	const struct bare_child *child;	 /* of the table; NULL: it is the device itself */
};

#endif
