/* SPDX-License-Identifier: GPL-2.0-only */
/* Linux port of <ferry/reset.h>: reset controllers, which take a NULL for no line. */
#ifndef FERRY_PORT_RESET_H
#define FERRY_PORT_RESET_H

#include <linux/err.h>
#include <linux/reset.h>

#include "linux-error.h"

struct fy_reset {
	struct reset_control *control;
};

static inline int fy_reset_get(struct fy_device *dev, const char *name, struct fy_reset *reset)
{
	struct reset_control *control =
		dev->dev ? devm_reset_control_get_exclusive(dev->dev, name) : ERR_PTR(-ENOENT);

	reset->control = IS_ERR(control) ? NULL : control;
	return IS_ERR(control) ? fy_error_from_errno(PTR_ERR(control)) : 0;
}

static inline int fy_reset_assert(struct fy_reset *reset)
{
	return fy_error_from_errno(reset_control_assert(reset->control));
}

static inline int fy_reset_deassert(struct fy_reset *reset)
{
	return fy_error_from_errno(reset_control_deassert(reset->control));
}

#endif
