/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Linux port: a module for a driver that serves no devicetree node: one device, made when the
 * module is loaded. The build writes a file that defines FY_MODULE_DRIVER, includes the driver and
 * ends with this, so that the compiler sees both and nothing of the contract is left in the module.
 * A driver that has no state (FY_MODULE_STATE is not defined then) gets a module of the size of one
 * written by hand.
 */
#include <linux/init.h>

#include "kernel-compat.h"

static struct fy_device fy_the_device;

#ifdef FY_MODULE_STATE
#include <linux/slab.h>
#include "linux-error.h"

static int fy_start(void)
{
	int rc;

	fy_the_device.state = kzalloc(FY_MODULE_DRIVER.state_size, GFP_KERNEL);
	if (!fy_the_device.state)
		return -ENOMEM;
	rc = FY_MODULE_DRIVER.probe(&fy_the_device);
	if (rc)
		kfree(fy_the_device.state);
	return fy_error_to_errno(rc);
}

static void fy_stop(void)
{
	kfree(fy_the_device.state);
}
#else
static inline void fy_stop(void)
{
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
	if (FY_MODULE_DRIVER.remove)
		FY_MODULE_DRIVER.remove(&fy_the_device);
	fy_stop();
}
module_exit(fy_exit);

MODULE_LICENSE("GPL");
