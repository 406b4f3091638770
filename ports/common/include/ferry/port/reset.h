/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* <ferry/reset.h> where no kernel has resets: a resource of the device. */
#ifndef FERRY_PORT_RESET_H
#define FERRY_PORT_RESET_H

#include <ferry/port/resource.h>

struct fy_reset {
	struct fy_resource resource;
};

static inline int fy_reset_get(struct fy_device *dev, const char *name, struct fy_reset *reset)
{
	return fy_port_resource_get(dev, FY_RESOURCE_RESET, name, &reset->resource);
}

static inline int fy_reset_assert(struct fy_reset *reset)
{
	return reset->resource.dev ? fy_port_resource_set(&reset->resource, true) : 0;
}

static inline int fy_reset_deassert(struct fy_reset *reset)
{
	return reset->resource.dev ? fy_port_resource_set(&reset->resource, false) : 0;
}

#endif
