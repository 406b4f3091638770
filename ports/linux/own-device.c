// SPDX-License-Identifier: GPL-2.0-only
/* Linux port: devices for what drivers offer, where no devicetree node is one. */
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/slab.h>

#include "own-device.h"

struct own {
	struct list_head list;
	struct fy_device *dev;
	struct platform_device *device;
	unsigned int users;
};

static DEFINE_MUTEX(mutex);
static LIST_HEAD(all);

/* With the mutex held. Returns it, or an ERR_PTR. */
static struct own *make(struct fy_device *dev)
{
	struct own *own = kzalloc(sizeof(*own), GFP_KERNEL);
	struct platform_device *device;

	if (!own)
		return ERR_PTR(-ENOMEM);
	device = platform_device_register_simple(dev->name ? dev->name : KBUILD_MODNAME,
						 PLATFORM_DEVID_NONE, NULL, 0);
	if (IS_ERR(device)) {
		kfree(own);
		return ERR_CAST(device);
	}
	own->dev = dev;
	own->device = device;
	list_add(&own->list, &all);
	return own;
}

struct device *fy_own_device_get(struct fy_device *dev, struct platform_device **device)
{
	struct own *own, *found = NULL;

	*device = NULL;
	if (dev->dev)
		return dev->dev;
	mutex_lock(&mutex);
	list_for_each_entry (own, &all, list)
		if (own->dev == dev)
			found = own;
	if (!found)
		found = make(dev);
	if (!IS_ERR(found)) {
		found->users++;
		*device = found->device;
	}
	mutex_unlock(&mutex);
	return IS_ERR(found) ? ERR_CAST(found) : &(*device)->dev;
}

void fy_own_device_put(struct platform_device *device)
{
	struct own *own, *next;

	if (!device)
		return;
	mutex_lock(&mutex);
	list_for_each_entry_safe(own, next, &all, list)
	{
		if (own->device != device || --own->users)
			continue;
		list_del(&own->list);
		platform_device_unregister(device);
		kfree(own);
	}
	mutex_unlock(&mutex);
}

struct platform_device *fy_own_child(struct fy_device *dev, const char *class)
{
	char name[32];
	struct platform_device_info info = {
		.parent = dev->dev,
		.name = name,
		.id = PLATFORM_DEVID_AUTO,
	};

	snprintf(name, sizeof(name), "%s-%s", KBUILD_MODNAME, class);
	return platform_device_register_full(&info);
}
