/* SPDX-License-Identifier: GPL-2.0-only */
/* Linux port of <ferry/regulator.h>: regulators; a kernel without them has none. */
#ifndef FERRY_PORT_REGULATOR_H
#define FERRY_PORT_REGULATOR_H

#include <linux/err.h>
#include <linux/regulator/consumer.h>

#include "linux-error.h"

struct fy_regulator {
	struct regulator *regulator;
};

static inline int fy_regulator_get(struct fy_device *dev, const char *name,
				   struct fy_regulator *regulator)
{
	struct regulator *found =
		dev->dev ? devm_regulator_get_optional(dev->dev, name) : ERR_PTR(-ENODEV);

	regulator->regulator = IS_ERR(found) ? NULL : found;
	if (found == ERR_PTR(-ENODEV))
		return FY_ERR_NOT_FOUND;
	return IS_ERR(found) ? fy_error_from_errno(PTR_ERR(found)) : 0;
}

static inline int fy_regulator_enable(struct fy_regulator *regulator)
{
	return regulator->regulator ? fy_error_from_errno(regulator_enable(regulator->regulator)) :
				      0;
}

static inline void fy_regulator_disable(struct fy_regulator *regulator)
{
	if (regulator->regulator)
		regulator_disable(regulator->regulator);
}

static inline uint32_t fy_regulator_voltage(const struct fy_regulator *regulator)
{
	int microvolts = regulator->regulator ? regulator_get_voltage(regulator->regulator) : 0;

	return microvolts > 0 ? microvolts : 0;
}

static inline int fy_regulator_set_voltage(struct fy_regulator *regulator, uint32_t min,
					   uint32_t max)
{
	if (!regulator->regulator)
		return 0;
	return regulator_set_voltage(regulator->regulator, min, max) ? FY_ERR_UNSUPPORTED : 0;
}

#endif
