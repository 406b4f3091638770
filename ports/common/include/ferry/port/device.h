/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* What of <ferry/driver.h> is the same in every port: a device's state and settings. */
#ifndef FERRY_PORT_DEVICE_H
#define FERRY_PORT_DEVICE_H

bool fy_port_is_compatible(struct fy_device *dev, const char *compatible);
int fy_port_property_u32(struct fy_device *dev, const char *name, uint32_t *value);

static inline unsigned fy_index(struct fy_device *dev)
{
	return dev->index;
}

static inline const char *fy_name(struct fy_device *dev)
{
	return dev->label ? dev->label : dev->name;
}

static inline void *fy_state(struct fy_device *dev)
{
	return dev->state;
}

static inline bool fy_is_compatible(struct fy_device *dev, const char *compatible)
{
	return fy_port_is_compatible(dev, compatible);
}

static inline int fy_property_u32(struct fy_device *dev, const char *name, uint32_t *value)
{
	return fy_port_property_u32(dev, name, value);
}

#endif
