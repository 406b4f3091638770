// SPDX-License-Identifier: GPL-2.0-only
/* Linux port: a device's properties and what it is compatible with, from its firmware node. */
#include <linux/property.h>
#include <ferry/driver.h>

#include "linux-error.h"
#include "own-compatible.h"

int fy_port_property_u32(struct fy_device *dev, const char *name, uint32_t *value)
{
	int rc;

	if (!dev->dev || !device_property_present(dev->dev, name))
		return FY_ERR_NOT_FOUND;
	rc = device_property_count_u32(dev->dev, name);
	if (rc != 1)
		return FY_ERR_INVALID;
	return fy_error_from_errno(device_property_read_u32(dev->dev, name, value));
}

bool fy_port_is_compatible(struct fy_device *dev, const char *compatible)
{
	char own[128];

	if (!dev->dev)
		return false;
	if (dev->compatible && !strcmp(dev->compatible, compatible))
		return true;
	fy_own_compatible(compatible, own, sizeof(own));
	return device_property_match_string(dev->dev, "compatible", compatible) >= 0 ||
	       device_property_match_string(dev->dev, "compatible", own) >= 0;
}
