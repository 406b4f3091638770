/* SPDX-License-Identifier: GPL-2.0-only */
/* User port of <ferry/property.h>: a node is a device, or a child that its properties name. */
#ifndef FERRY_PORT_NODE_H
#define FERRY_PORT_NODE_H

struct user_node;

struct fy_node {
	struct fy_device *dev;
	struct user_node *node; /* of its properties */
};

#endif
