/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Linux port: what the glue of all modules has alike whose driver serves devicetree nodes, on
 * whatever bus of the kernel's: which nodes those are, and what of a device is made before its
 * driver's probe. Included by module-platform.h and others of its kind.
 *
 * Where the kernel has a driver of its own built in, a devicetree says `ferry,DEVICE` in place of
 * `VENDOR,DEVICE` to have this one.
 */
#ifndef PORTS_LINUX_MODULE_DEVICE_H
#define PORTS_LINUX_MODULE_DEVICE_H

#include <linux/device.h>
#include <linux/mod_devicetable.h>
#include <linux/slab.h>

#include "kernel-compat.h"
#include "linux-error.h"
#include "own-compatible.h"

#define FY_COMPATIBLE_MAX 8

static struct of_device_id fy_of_match[2 * FY_COMPATIBLE_MAX + 1];

static void __init fy_fill_matches(void)
{
	for (int i = 0; i < FY_COMPATIBLE_MAX && FY_MODULE_DRIVER.compatible[i]; i++) {
		const char *compatible = FY_MODULE_DRIVER.compatible[i];

		strscpy(fy_of_match[2 * i].compatible, compatible,
			sizeof(fy_of_match[0].compatible));
		fy_own_compatible(compatible, fy_of_match[2 * i + 1].compatible,
				  sizeof(fy_of_match[0].compatible));
	}
}

/* The device, with its state, and PARENT's driver data; NULL: out of memory. */
static struct fy_device *fy_module_device(struct device *parent)
{
	struct fy_device *dev = devm_kzalloc(parent, sizeof(*dev), GFP_KERNEL);

	if (!dev)
		return NULL;
	dev->dev = parent;
	if (FY_MODULE_DRIVER.state_size) {
		dev->state = devm_kzalloc(parent, FY_MODULE_DRIVER.state_size, GFP_KERNEL);
		if (!dev->state)
			return NULL;
	}
	dev_set_drvdata(parent, dev);
	return dev;
}

static void fy_module_remove(struct device *parent)
{
	if (FY_MODULE_DRIVER.remove)
		FY_MODULE_DRIVER.remove(dev_get_drvdata(parent));
}

#endif
