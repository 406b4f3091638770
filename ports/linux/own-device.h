/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Linux port: the kernel's device that what a driver offers hangs on: that of its devicetree node,
 * or, where no node describes it, a platform device of its name, which is there while some class
 * needs it.
 */
#ifndef PORTS_LINUX_OWN_DEVICE_H
#define PORTS_LINUX_OWN_DEVICE_H

#include <linux/err.h>
#include <linux/platform_device.h>
#include <ferry/driver.h>

/* Returns it, or an ERR_PTR of the kernel's. *DEVICE: what fy_own_device_put() wants back. */
struct device *fy_own_device_get(struct fy_device *dev, struct platform_device **device);
void fy_own_device_put(struct platform_device *device); /* NULL is fine */

/*
 * A platform device for the class alone, below the driver's device: for a class of the kernel's
 * that ties what it has to a device. Returns it, for platform_device_unregister(), or an ERR_PTR.
 */
struct platform_device *fy_own_child(struct fy_device *dev, const char *class);

#endif
