/* SPDX-License-Identifier: GPL-2.0-only */
/* Test port of <ferry/gpio.h>: one pin, whose edges are counted. */
struct fy_gpio {
	bool taken;
};

extern int test_level;
extern uint64_t test_rises, test_first_rise, test_last_fall;
extern int test_gpio_result;	/* what a request returns */

static inline int fy_gpio_request(struct fy_device *dev, const char *function, enum fy_gpio_mode mode,
				  struct fy_gpio *pin)
{
	if (test_gpio_result)
		return test_gpio_result;
	pin->taken = true;
	test_level = mode == FY_GPIO_OUT_HIGH;
	return 0;
}

static inline void fy_gpio_release(struct fy_gpio *pin)
{
	pin->taken = false;
}

static inline void fy_gpio_set(const struct fy_gpio *pin, int level)
{
	if (level && !test_level) {
		if (!test_rises++)
			test_first_rise = test_now;
	} else if (!level && test_level) {
		test_last_fall = test_now;
	}
	test_level = level;
}

static inline int fy_gpio_get(const struct fy_gpio *pin)
{
	return test_level;
}
