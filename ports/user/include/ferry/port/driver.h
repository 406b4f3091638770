/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * User port of <ferry/driver.h>: a driver is an object of the program; who makes a device names
 * fy_driver_NAME.
 */
#ifndef FERRY_PORT_DRIVER_H
#define FERRY_PORT_DRIVER_H

#include <ferry/port/linked-driver.h>

enum user_log_level {
	USER_LOG_ERROR,
	USER_LOG_WARN,
	USER_LOG_INFO,
	USER_LOG_DEBUG,
	USER_LOG_MODEL, /* by a model: the driver did what the device's manual forbids */
	USER_LOG_LEVELS,
};

#define FY_PORT_LOG(level, dev, ...) user_log(dev, USER_LOG_##level, __VA_ARGS__)

void user_log(struct fy_device *dev, enum user_log_level level, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

#endif
