/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* <ferry/regulator.h> where no kernel has regulators: a resource of the device. */
#ifndef FERRY_PORT_REGULATOR_H
#define FERRY_PORT_REGULATOR_H

#include <ferry/port/resource.h>

struct fy_regulator {
	struct fy_resource resource;
};

static inline int fy_regulator_get(struct fy_device *dev, const char *name,
				   struct fy_regulator *regulator)
{
	return fy_port_resource_get(dev, FY_RESOURCE_REGULATOR, name, &regulator->resource);
}

static inline int fy_regulator_enable(struct fy_regulator *regulator)
{
	return fy_resource_use(&regulator->resource);
}

static inline void fy_regulator_disable(struct fy_regulator *regulator)
{
	fy_resource_unuse(&regulator->resource);
}

static inline uint32_t fy_regulator_voltage(const struct fy_regulator *regulator)
{
	return regulator->resource.dev ? fy_port_resource_value(&regulator->resource) : 0;
}

static inline int fy_regulator_set_voltage(struct fy_regulator *regulator, uint32_t min,
					   uint32_t max)
{
	return regulator->resource.dev ?
		       fy_port_resource_set_value(&regulator->resource, min, max) :
		       0;
}

#endif
