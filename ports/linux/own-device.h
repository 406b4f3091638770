/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Linux port: the kernel's device that what a driver offers hangs on: that of its devicetree node,
 * or, where no node describes it, a platform device made for the class alone.
 */
#ifndef PORTS_LINUX_OWN_DEVICE_H
#define PORTS_LINUX_OWN_DEVICE_H

#include <linux/err.h>
#include <linux/platform_device.h>
#include <ferry/driver.h>

/* Returns it, or an ERR_PTR of the kernel's. *OWN: what fy_own_device_put() wants back. */
static inline struct device *fy_own_device_get(struct fy_device *dev, struct platform_device **own)
{
	*own = NULL;
	if (dev->dev)
		return dev->dev;
	*own = platform_device_register_simple(KBUILD_MODNAME, PLATFORM_DEVID_NONE, NULL, 0);
	if (IS_ERR(*own))
		return ERR_CAST(*own);
	return &(*own)->dev;
}

static inline void fy_own_device_put(struct platform_device *own)
{
	platform_device_unregister(own); /* NULL is fine */
}

#endif
