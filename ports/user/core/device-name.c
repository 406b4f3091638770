// SPDX-License-Identifier: GPL-2.0-only
/* What devices are called, in log lines and by classes: see fy_index() in <ferry/driver.h>. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "world.h"

struct fy_device *user_device_find(struct user_world *w, const char *name)
{
	struct fy_device *dev = w->devices;

	while (dev && strcmp(dev->name, name) != 0)
		dev = dev->next;
	return dev;
}

bool user_device_is_numbered(const struct fy_device *dev)
{
	for (const struct fy_device *other = dev->world->devices; other; other = other->next)
		if (other != dev && other->driver == dev->driver)
			return true;
	return false;
}

const char *user_shown_name(struct fy_device *dev, const char *name)
{
	int len;

	if (dev->label)
		len = snprintf(dev->shown, sizeof(dev->shown), "%s", dev->label);
	else if (user_device_is_numbered(dev))
		len = snprintf(dev->shown, sizeof(dev->shown), "%s%u", name, dev->index);
	else
		len = snprintf(dev->shown, sizeof(dev->shown), "%s", name);
	for (char *c = dev->shown; *c; c++)
		if (!isalnum((unsigned char)*c) && !strchr("._-", *c))
			*c = '-';
	return len > 0 && (size_t)len < sizeof(dev->shown) && dev->shown[0] != '.' ? dev->shown :
										     NULL;
}

const char *user_log_name(const struct fy_device *dev, char *name, size_t size)
{
	if (!dev)
		return "";
	if (!dev->label && !user_device_is_numbered(dev))
		return dev->driver->name;
	snprintf(name, size, "%s%u %s", dev->driver->name, dev->index,
		 fy_name((struct fy_device *)dev));
	return name;
}
