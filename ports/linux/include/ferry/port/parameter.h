/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Linux port of <ferry/parameter.h>: module parameters, which sysfs shows. One that is not in range
 * is refused, and with it the module.
 */
#ifndef FERRY_PORT_PARAMETER_H
#define FERRY_PORT_PARAMETER_H

#include <linux/kernel.h>
#include <linux/moduleparam.h>

struct fy_linux_parameter {
	const struct fy_parameter *parameter;
	u32 value;
	bool is_set;
};

/* By ports/linux/linux-parameter.c. */
extern const struct kernel_param_ops fy_linux_parameter_ops;
int fy_linux_parameter(struct fy_device *dev, const struct fy_linux_parameter *parameter,
		       uint32_t *value);

#define FY_LINUX_PARAMETER(name, preset, min, max, text) \
	{ .parameter = &fy_parameters[FY_PARAMETER_NUMBER_OF(name)] },
#define FY_MODULE_PARAMETER(name, preset, min, max, text)                          \
	module_param_cb(name, &fy_linux_parameter_ops,                             \
			&fy_linux_parameters[FY_PARAMETER_NUMBER_OF(name)], 0444); \
	__MODULE_PARM_TYPE(name, "uint");                                          \
	MODULE_PARM_DESC(name, text " (" #min " to " #max ", default: " #preset ")");
#define FY_PORT_PARAMETERS(...)                                                                \
	static struct fy_linux_parameter fy_linux_parameters[] = { FY_EACH(FY_LINUX_PARAMETER, \
									   __VA_ARGS__) };     \
	FY_EACH(FY_MODULE_PARAMETER, __VA_ARGS__)

#define fy_port_parameter(dev, parameter, value) \
	fy_linux_parameter(dev, &fy_linux_parameters[(parameter)-fy_parameters], value)

#endif
