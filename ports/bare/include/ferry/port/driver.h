/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Bare port of <ferry/driver.h>: a driver is found through the table that the build generates; log
 * lines go to the console.
 */
#ifndef FERRY_PORT_DRIVER_H
#define FERRY_PORT_DRIVER_H

#include <ferry/port/linked-driver.h>

#define FY_PORT_LOG(level, dev, ...) FY_LOG_##level(dev, __VA_ARGS__)
#define FY_LOG_ERROR		     bare_log
#define FY_LOG_WARN		     bare_log
#define FY_LOG_INFO		     bare_log
/* Checked by the compiler, and gone, unless the app is built with -DFY_DEBUG=1. */
#ifndef FY_DEBUG
#define FY_DEBUG 0
#endif
#define FY_LOG_DEBUG(dev, ...)                      \
	do {                                        \
		if (FY_DEBUG)                       \
			bare_log(dev, __VA_ARGS__); \
	} while (0)

void bare_log(struct fy_device *dev, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
