/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Drivers that are linked into one program, an image or a process: each is an object called
 * fy_driver_NAME, which the build's table of drivers, or who makes a device, names.
 */
#ifndef FERRY_PORT_LINKED_DRIVER_H
#define FERRY_PORT_LINKED_DRIVER_H

#include <ferry/port/device.h>

#define FY_PORT_DRIVER(name)                            \
	extern const struct fy_driver fy_driver_##name; \
	const struct fy_driver fy_driver_##name
#define FY_PORT_DESCRIPTION(text) _Static_assert(sizeof(text) > 1, "a description")
#define FY_PORT_COMPATIBLE(...)	  _Static_assert(sizeof((const char *[]){ __VA_ARGS__ }), "strings")

static inline uint64_t fy_div_u64(uint64_t n, uint32_t d)
{
	return n / d;
}

#endif
