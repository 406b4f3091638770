/* SPDX-License-Identifier: GPL-2.0-only */
/* Linux port of <ferry/clock.h>: the clock framework, which takes a NULL for no clock. */
#ifndef FERRY_PORT_CLOCK_H
#define FERRY_PORT_CLOCK_H

#include <linux/clk.h>
#include <linux/err.h>

#include "linux-error.h"

struct fy_clock {
	struct clk *clk;
};

static inline int fy_clock_get(struct fy_device *dev, const char *name, struct fy_clock *clock)
{
	struct clk *clk = dev->dev ? devm_clk_get(dev->dev, name) : ERR_PTR(-ENOENT);

	clock->clk = IS_ERR(clk) ? NULL : clk;
	return IS_ERR(clk) ? fy_error_from_errno(PTR_ERR(clk)) : 0;
}

static inline int fy_clock_enable(struct fy_clock *clock)
{
	return fy_error_from_errno(clk_prepare_enable(clock->clk));
}

static inline void fy_clock_disable(struct fy_clock *clock)
{
	clk_disable_unprepare(clock->clk);
}

static inline uint32_t fy_clock_rate(const struct fy_clock *clock)
{
	return clk_get_rate(clock->clk);
}

/* To the framework it is no error that a clock keeps the rate which it has. */
static inline int fy_clock_set_rate(struct fy_clock *clock, uint32_t hz)
{
	unsigned long before = clk_get_rate(clock->clk), after;
	int rc = clk_set_rate(clock->clk, hz);

	after = clk_get_rate(clock->clk);
	return rc || (after == before && clock->clk && after != hz) ? FY_ERR_UNSUPPORTED : 0;
}

#endif
