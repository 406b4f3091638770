/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * User port of <ferry/driver.h>: a driver is an object of the program; who makes a device names
 * fy_driver_NAME.
 */
#ifndef FERRY_PORT_DRIVER_H
#define FERRY_PORT_DRIVER_H

#define FY_PORT_DRIVER(name)                            \
	extern const struct fy_driver fy_driver_##name; \
	const struct fy_driver fy_driver_##name
#define FY_PORT_DESCRIPTION(text) _Static_assert(sizeof(text) > 1, "a description")
#define FY_PORT_COMPATIBLE(...) \
	_Static_assert(sizeof((const char *[]){ __VA_ARGS__ }) > 0, "strings")

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
bool user_is_compatible(struct fy_device *dev, const char *compatible);
int user_property_u32(struct fy_device *dev, const char *name, uint32_t *value);

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
	return user_is_compatible(dev, compatible);
}

static inline int fy_property_u32(struct fy_device *dev, const char *name, uint32_t *value)
{
	return user_property_u32(dev, name, value);
}

#endif
