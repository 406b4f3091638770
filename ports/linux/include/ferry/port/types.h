/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Linux port: fixed-size integers, bool, size_t and NULL come from the kernel; what a device is
 * here.
 */
#ifndef FERRY_PORT_TYPES_H
#define FERRY_PORT_TYPES_H

#undef pr_fmt
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/types.h>

struct device;
struct fy_linux_interrupt;

struct fy_device {
	struct device *dev; /* NULL for a device that no devicetree node describes */
	/* of one that was made by a name, without a node; NULL: its node says that */
	const char *compatible;
	void *state;
	/* the first window, of a driver that includes <ferry/io.h> */
	void __iomem *registers;
	struct fy_linux_interrupt *interrupts; /* that are attached */
};

#endif
