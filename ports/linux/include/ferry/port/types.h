/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Linux port: fixed-size integers, bool, size_t and NULL come from the kernel; what a device is
 * here.
 */
#ifndef FERRY_PORT_TYPES_H
#define FERRY_PORT_TYPES_H

#include <linux/limits.h>
#include <linux/types.h>

/* <stdint.h>'s names of what the kernel has under others. */
#ifndef INT16_MAX
#define INT8_MIN   S8_MIN
#define INT8_MAX   S8_MAX
#define UINT8_MAX  U8_MAX
#define INT16_MIN  S16_MIN
#define INT16_MAX  S16_MAX
#define UINT16_MAX U16_MAX
#endif
#ifndef INT32_MAX
#define INT32_MIN S32_MIN
#define INT32_MAX S32_MAX
#endif
#ifndef UINT32_MAX
#define UINT32_MAX U32_MAX
#endif
#ifndef INT64_MAX
#define INT64_MIN S64_MIN
#define INT64_MAX S64_MAX
#endif
#ifndef UINT64_MAX
#define UINT64_MAX U64_MAX
#endif

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
