/* SPDX-License-Identifier: GPL-2.0-only */
/* Test port of <ferry/driver.h>. */
#include <string.h>

#define FY_PORT_DRIVER(name)	  static const struct fy_driver fy_driver_##name
#define FY_PORT_DESCRIPTION(text) _Static_assert(sizeof(text) > 1, "a description")
#define FY_PORT_COMPATIBLE(...)	  _Static_assert(1, "")
#define FY_PORT_LOG(level, dev, ...)   \
	do {                           \
		(void)(dev);           \
		test_log(__VA_ARGS__); \
	} while (0)

__attribute__((format(printf, 1, 2))) void test_log(const char *fmt, ...);

static inline void *fy_state(struct fy_device *dev)
{
	return dev->state;
}

static inline uint64_t fy_div_u64(uint64_t n, uint32_t d)
{
	return n / d;
}

static inline int fy_property_u32(struct fy_device *dev, const char *name, uint32_t *value)
{
	for (int i = 0; dev->property_names && dev->property_names[i]; i++) {
		if (!strcmp(dev->property_names[i], name)) {
			*value = dev->property_values[i];
			return 0;
		}
	}
	return FY_ERR_NOT_FOUND;
}

static inline bool fy_is_compatible(struct fy_device *dev, const char *compatible)
{
	return dev->compatible && !strcmp(dev->compatible, compatible);
}
