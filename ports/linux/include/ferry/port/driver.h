/* SPDX-License-Identifier: GPL-2.0-only */
/* Linux port of <ferry/driver.h>: module metadata, printk, devicetree properties. */
#ifndef FERRY_PORT_DRIVER_H
#define FERRY_PORT_DRIVER_H

#include <linux/bug.h>
#include <linux/math64.h>
#include <linux/module.h>
#include <linux/printk.h>
#include <ferry/port/device.h>

#define FY_PORT_DRIVER(name)	  static const struct fy_driver fy_driver_##name
#define FY_PORT_DESCRIPTION(text) MODULE_DESCRIPTION(text)

/*
 * What MODULE_DEVICE_TABLE would have modpost write, written here: the two aliases of each
 * `compatible` string. So the driver's list stays the only one, and no kernel header is needed to
 * make it.
 */
#define FY_OF_ALIAS(compatible)              \
	MODULE_ALIAS("of:N*T*C" compatible); \
	MODULE_ALIAS("of:N*T*C" compatible "C*");
#define FY_OF_1(c)		FY_OF_ALIAS(c)
#define FY_OF_2(c, ...)		FY_OF_ALIAS(c) FY_OF_1(__VA_ARGS__)
#define FY_OF_3(c, ...)		FY_OF_ALIAS(c) FY_OF_2(__VA_ARGS__)
#define FY_OF_4(c, ...)		FY_OF_ALIAS(c) FY_OF_3(__VA_ARGS__)
#define FY_OF_5(c, ...)		FY_OF_ALIAS(c) FY_OF_4(__VA_ARGS__)
#define FY_OF_6(c, ...)		FY_OF_ALIAS(c) FY_OF_5(__VA_ARGS__)
#define FY_OF_7(c, ...)		FY_OF_ALIAS(c) FY_OF_6(__VA_ARGS__)
#define FY_OF_8(c, ...)		FY_OF_ALIAS(c) FY_OF_7(__VA_ARGS__)
#define FY_PORT_COMPATIBLE(...) CONCATENATE(FY_OF_, COUNT_ARGS(__VA_ARGS__))(__VA_ARGS__)

/*
 * A module that has one device without a name (FY_MODULE_NAMELESS, by scripts/make-module) has the
 * prefix in its texts; others have it with the device.
 */
#ifdef FY_MODULE_NAMELESS
#define FY_PORT_LOG(level, dev, fmt, ...)                                    \
	do {                                                                 \
		(void)(dev);                                                 \
		FY_LOG_##level(KBUILD_MODNAME ": " fmt "\n", ##__VA_ARGS__); \
	} while (0)
#else
#define FY_PORT_LOG(level, dev, fmt, ...) \
	FY_LOG_##level("%s: " fmt "\n", (dev)->log_name, ##__VA_ARGS__)
#endif
#define FY_LOG_ERROR pr_err
#define FY_LOG_WARN  pr_warn
#define FY_LOG_INFO  pr_info
#define FY_LOG_DEBUG pr_debug

static inline uint64_t fy_div_u64(uint64_t n, uint32_t d)
{
	if (WARN(!d, KBUILD_MODNAME ": the driver divides by zero\n"))
		return 0;
	return div_u64(n, d);
}

#endif
