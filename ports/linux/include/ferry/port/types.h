/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Linux port: fixed-size integers, bool, size_t and NULL come from the kernel; what a device is
 * here.
 */
#ifndef FERRY_PORT_TYPES_H
#define FERRY_PORT_TYPES_H

#include <linux/types.h>

struct device;
struct fy_linux_interrupt;

struct fy_device {
	struct device *dev; /* NULL for a device that no devicetree node describes */
	/* of one that was made by a name, without a node; NULL: its node says that */
	const char *compatible;
	void *state;
	unsigned index;	   /* among those of the module */
	bool numbered;	   /* there are several */
	const char *label; /* NULL: it has none */
	const char *name;
	const char *log_name; /* what its log lines begin with, without the colon */
	/* the first window, of a driver that includes <ferry/io.h> */
	void __iomem *registers;
	struct fy_linux_interrupt *interrupts; /* that are attached */
};

#endif
