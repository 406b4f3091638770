/* SPDX-License-Identifier: GPL-2.0-only */
/* Linux port of <ferry/property.h>: a node is a firmware node; devices without one have none. */
#ifndef FERRY_PORT_NODE_H
#define FERRY_PORT_NODE_H

struct fwnode_handle;

struct fy_node {
	struct device *dev; /* for which it was found; NULL: there is no node */
	struct fwnode_handle *fwnode;
	const char *name; /* of the device, if it has no node */
};

#endif
