/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Linux port: a module for a driver that serves no devicetree node: its devices are made when the
 * module is loaded, one, or as many as the module's parameter `devices` says. The build writes a
 * file that defines FY_MODULE_DRIVER, includes the driver and ends with this, so that the compiler
 * sees both and nothing of the contract is left in the module. A driver that has no state
 * (FY_MODULE_STATE is not defined then) has one device, and gets a module of the size of one
 * written by hand.
 */
#include <linux/init.h>

#include "kernel-compat.h"

#ifdef FY_MODULE_STATE
#include <linux/slab.h>
#include "linux-error.h"

#define FY_DEVICES_MAX 64

struct fy_plain_device {
	struct fy_device dev;
	char name[sizeof(KBUILD_MODNAME) + 2]; /* and the device's number */
	u64 state[];
};

static struct fy_plain_device *fy_devices[FY_DEVICES_MAX]; /* the first ones */

static unsigned int fy_device_count = 1;
module_param_named(devices, fy_device_count, uint, 0444);
MODULE_PARM_DESC(devices, "number of devices, 1 to 64 (default: 1)");

static int fy_start_device(unsigned int index)
{
	struct fy_plain_device *new;
	int rc;

	new = kzalloc(struct_size(new, state, DIV_ROUND_UP(FY_MODULE_DRIVER.state_size, 8)),
		      GFP_KERNEL);
	if (!new)
		return -ENOMEM;
	snprintf(new->name, sizeof(new->name), fy_device_count > 1 ? "%s%u" : "%s", KBUILD_MODNAME,
		 index);
	new->dev.index = index;
	new->dev.numbered = fy_device_count > 1;
	new->dev.name = new->dev.log_name = new->name;
	new->dev.state = new->state;
	rc = FY_MODULE_DRIVER.probe(&new->dev);
	if (rc)
		kfree(new);
	else
		fy_devices[index] = new;
	return fy_error_to_errno(rc);
}

static void fy_stop(void)
{
	for (unsigned int i = FY_DEVICES_MAX; i--;) {
		if (!fy_devices[i])
			continue;
		if (FY_MODULE_DRIVER.remove)
			FY_MODULE_DRIVER.remove(&fy_devices[i]->dev);
		kfree(fy_devices[i]);
		fy_devices[i] = NULL;
	}
}

static int fy_start(void)
{
	int rc = 0;

	if (fy_device_count < 1 || fy_device_count > FY_DEVICES_MAX) {
		pr_err(KBUILD_MODNAME ": devices=%u: expected 1 to %d\n", fy_device_count,
		       FY_DEVICES_MAX);
		return -EINVAL;
	}
	for (unsigned int i = 0; i < fy_device_count && !rc; i++)
		rc = fy_start_device(i);
	if (rc)
		fy_stop();
	return rc;
}
#else
static struct fy_device fy_the_device = {
	.name = KBUILD_MODNAME,
	.log_name = KBUILD_MODNAME,
};

static inline void fy_stop(void)
{
	if (FY_MODULE_DRIVER.remove)
		FY_MODULE_DRIVER.remove(&fy_the_device);
}

static inline int fy_start(void)
{
	return FY_MODULE_DRIVER.probe(&fy_the_device) ? -EIO : 0;
}
#endif

static int __init fy_init(void)
{
	return fy_start();
}
module_init(fy_init);

static void __exit fy_exit(void)
{
	fy_stop();
}
module_exit(fy_exit);

MODULE_LICENSE("GPL");
