// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * hello: says so when it starts and when it stops. The smallest driver there is, and the first to
 * try on a new port.
 *
 *	make app APP=hello BOARD=virt
 *	build/ferry boot --board virt output/virt/kernel8.img
 */
#include <ferry/driver.h>

static int hello_probe(struct fy_device *dev)
{
	fy_info(dev, "init");
	fy_info(dev, "hello from C");
	return 0;
}

static void hello_remove(struct fy_device *dev)
{
	fy_info(dev, "exit");
}

FY_DRIVER(hello) = {
	.name = "hello",
	.probe = hello_probe,
	.remove = hello_remove,
};
