/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Linux port, class memory: what nvmem's part and MTD's share. MTD is a module in Debian's kernels.
 */
#ifndef PORTS_LINUX_MEMORY_H
#define PORTS_LINUX_MEMORY_H

#include <linux/kref.h>
#include <linux/mutex.h>
#include <ferry/memory.h>

struct nvmem_device;
struct mtd_info;
struct platform_device;

struct fy_linux_memory {
	struct kref ref; /* one for the driver, one for each who has the MTD open */
	struct fy_memory *memory;
	struct mutex mutex;
	bool gone; /* and with it `memory` */
	struct device *parent;
	struct platform_device *own;
	struct nvmem_device *nvmem; /* NULL: it is an MTD */
	struct mtd_info *mtd;
};

int fy_linux_mtd_register(struct fy_linux_memory *port);
void fy_linux_mtd_unregister(struct fy_linux_memory *port);
void fy_linux_memory_put(struct fy_linux_memory *port);

#endif
