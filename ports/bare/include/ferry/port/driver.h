/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Bare port of <ferry/driver.h>: a driver is found through the table that the build generates; log
 * lines go to the console.
 */
#ifndef FERRY_PORT_DRIVER_H
#define FERRY_PORT_DRIVER_H

#define FY_PORT_DRIVER(name)                            \
	extern const struct fy_driver fy_driver_##name; \
	const struct fy_driver fy_driver_##name
#define FY_PORT_DESCRIPTION(text) _Static_assert(sizeof(text) > 1, "a description")
#define FY_PORT_COMPATIBLE(...) \
	_Static_assert(sizeof((const char *[]){ __VA_ARGS__ }) > 0, "strings")

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
bool bare_is_compatible(struct fy_device *dev, const char *compatible);
int bare_property_u32(struct fy_device *dev, const char *name, uint32_t *value);

static inline void *fy_state(struct fy_device *dev)
{
	return dev->state;
}

static inline uint64_t fy_div_u64(uint64_t n, uint32_t d)
{
	return n / d;
}

static inline bool fy_is_compatible(struct fy_device *dev, const char *compatible)
{
	return bare_is_compatible(dev, compatible);
}

static inline int fy_property_u32(struct fy_device *dev, const char *name, uint32_t *value)
{
	return bare_property_u32(dev, name, value);
}

#endif
