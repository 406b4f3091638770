/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* <ferry/clock.h> where no kernel has clocks: a resource of the device. */
#ifndef FERRY_PORT_CLOCK_H
#define FERRY_PORT_CLOCK_H

#include <ferry/port/resource.h>

struct fy_clock {
	struct fy_resource resource;
};

static inline int fy_clock_get(struct fy_device *dev, const char *name, struct fy_clock *clock)
{
	return fy_port_resource_get(dev, FY_RESOURCE_CLOCK, name, &clock->resource);
}

static inline int fy_clock_enable(struct fy_clock *clock)
{
	return fy_resource_use(&clock->resource);
}

static inline void fy_clock_disable(struct fy_clock *clock)
{
	fy_resource_unuse(&clock->resource);
}

static inline uint32_t fy_clock_rate(const struct fy_clock *clock)
{
	return clock->resource.dev ? fy_port_resource_value(&clock->resource) : 0;
}

static inline int fy_clock_set_rate(struct fy_clock *clock, uint32_t hz)
{
	return clock->resource.dev ? fy_port_resource_set_value(&clock->resource, hz, hz) : 0;
}

#endif
