/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Linux port: what the glue of all modules has alike whose driver serves devicetree nodes, on
 * whatever bus of the kernel's: which nodes those are, and what of a device is made before its
 * driver's probe, its number and names among it. Included by module-platform.h and others of its
 * kind.
 *
 * Where the kernel has a driver of its own built in, a devicetree says `ferry,DEVICE` in place of
 * `VENDOR,DEVICE` to have this one.
 */
#ifndef PORTS_LINUX_MODULE_DEVICE_H
#define PORTS_LINUX_MODULE_DEVICE_H

#include <linux/bitmap.h>
#include <linux/device.h>
#include <linux/mod_devicetable.h>
#include <linux/of.h>
#include <linux/pm.h>
#include <linux/property.h>
#include <linux/slab.h>

#include "kernel-compat.h"
#include "linux-error.h"
#include "own-compatible.h"

#define FY_COMPATIBLE_MAX 8
#define FY_INDEX_MAX	  64 /* of devices at once; what is beyond shares the last number */

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

/* ---- Numbers and names. ---- */

static DECLARE_BITMAP(fy_indices, FY_INDEX_MAX);

static void fy_index_release(void *index)
{
	clear_bit((unsigned long)index, fy_indices);
}

/*
 * The place of the device's node among the nodes of the devicetree that the driver serves, so that
 * it does not depend on the order of probes; *COUNT: how many these are. -1: it is none of them.
 */
static int fy_node_place(struct device *parent, unsigned int *count)
{
	struct device_node *node;
	int place = -1;

	*count = 0;
	for_each_matching_node(node, fy_of_match)
	{
		if (!of_device_is_available(node))
			continue;
		if (node == parent->of_node)
			place = *count;
		++*count;
	}
	return place;
}

/* A device that came later, without a node perhaps, has the first number that is free. */
static int fy_number_device(struct fy_device *dev)
{
	unsigned int count;
	int place = fy_node_place(dev->dev, &count);
	unsigned long index = place >= 0 ? place : count;

	if (index < FY_INDEX_MAX && test_and_set_bit(index, fy_indices))
		for (index = count; index < FY_INDEX_MAX; index++)
			if (!test_and_set_bit(index, fy_indices))
				break;
	dev->index = index;
	dev->numbered = count > 1 || index;
	if (index >= FY_INDEX_MAX)
		return 0;
	return devm_add_action_or_reset(dev->dev, fy_index_release, (void *)index);
}

/* Gives DEV, whose ->dev is set, its number and names. Returns 0 or the kernel's error. */
static int fy_name_device(struct fy_device *dev)
{
	int rc = fy_number_device(dev);

	if (rc)
		return rc;
	if (device_property_read_string(dev->dev, "label", &dev->label))
		dev->label = NULL;
	dev->name = dev->label	      ? dev->label :
		    dev->dev->of_node ? kbasename(dev->dev->of_node->full_name) :
					dev_name(dev->dev);
	dev->log_name = KBUILD_MODNAME;
	if (dev->numbered || dev->label)
		dev->log_name = devm_kasprintf(dev->dev, GFP_KERNEL, KBUILD_MODNAME "%u %s",
					       dev->index, dev->name);
	return dev->log_name ? 0 : -ENOMEM;
}

/* ---- Devices. ---- */

/*
 * Makes the driver's device of PARENT, with names and state, and makes it PARENT's driver data. It
 * goes with PARENT. Returns NULL when there is no memory.
 */
static struct fy_device *fy_module_device(struct device *parent)
{
	struct fy_device *dev = devm_kzalloc(parent, sizeof(*dev), GFP_KERNEL);

	if (!dev)
		return NULL;
	dev->dev = parent;
	if (fy_name_device(dev))
		return NULL;
	if (FY_MODULE_DRIVER.state_size) {
		dev->state = devm_kzalloc(parent, FY_MODULE_DRIVER.state_size, GFP_KERNEL);
		if (!dev->state)
			return NULL;
	}
	dev_set_drvdata(parent, dev);
	return dev;
}

/*
 * ---- Suspend and resume, of a driver that has them (FY_MODULE_SLEEPS, by scripts/make-module).
 * ----
 */

#ifdef FY_MODULE_SLEEPS
static int fy_module_suspend(struct device *parent)
{
	if (!FY_MODULE_DRIVER.suspend)
		return 0;
	return fy_error_to_errno(FY_MODULE_DRIVER.suspend(dev_get_drvdata(parent)));
}

static int fy_module_resume(struct device *parent)
{
	if (!FY_MODULE_DRIVER.resume)
		return 0;
	return fy_error_to_errno(FY_MODULE_DRIVER.resume(dev_get_drvdata(parent)));
}

static const struct dev_pm_ops fy_module_pm = {
	.suspend = fy_module_suspend,
	.resume = fy_module_resume,
	.freeze = fy_module_suspend,
	.thaw = fy_module_resume,
	.poweroff = fy_module_suspend,
	.restore = fy_module_resume,
};
#define FY_MODULE_PM (&fy_module_pm)
#else
#define FY_MODULE_PM NULL
#endif

static void fy_module_remove(struct device *parent)
{
	if (FY_MODULE_DRIVER.remove)
		FY_MODULE_DRIVER.remove(dev_get_drvdata(parent));
}

#endif
