// SPDX-License-Identifier: GPL-2.0-only
/*
 * Linux port, <ferry/parameter.h>: a module parameter, else the device's property, else the preset.
 */
#include <linux/kernel.h>
#include <linux/moduleparam.h>
#include <linux/property.h>
#include <ferry/parameter.h>

static bool is_valid(const struct fy_parameter *parameter, u32 value)
{
	return value >= parameter->min && value <= parameter->max;
}

static int set_parameter(const char *text, const struct kernel_param *kp)
{
	struct fy_linux_parameter *p = kp->arg;
	u32 value;
	int rc = kstrtou32(text, 0, &value);

	if (rc || !is_valid(p->parameter, value)) {
		pr_err(KBUILD_MODNAME ": %s=%s: expected %u to %u\n", p->parameter->name, text,
		       p->parameter->min, p->parameter->max);
		return -EINVAL;
	}
	p->value = value;
	p->is_set = true;
	return 0;
}

static int get_parameter(char *buffer, const struct kernel_param *kp)
{
	const struct fy_linux_parameter *p = kp->arg;

	return sprintf(buffer, "%u\n", p->is_set ? p->value : p->parameter->preset);
}

const struct kernel_param_ops fy_linux_parameter_ops = {
	.set = set_parameter,
	.get = get_parameter,
};

/* The property of the same name, with '-' for '_'. */
static void property_name(const char *name, char *property, size_t size)
{
	strscpy(property, name, size);
	strreplace(property, '_', '-');
}

int fy_linux_parameter(struct fy_device *dev, const struct fy_linux_parameter *p, uint32_t *value)
{
	char property[32];
	u32 number;

	if (p->is_set) {
		*value = p->value;
		return 0;
	}
	property_name(p->parameter->name, property, sizeof(property));
	if (!dev->dev || !device_property_present(dev->dev, property)) {
		*value = p->parameter->preset;
		return 0;
	}
	if (device_property_count_u32(dev->dev, property) != 1 ||
	    device_property_read_u32(dev->dev, property, &number) ||
	    !is_valid(p->parameter, number)) {
		fy_error(dev, "property %s: expected %u to %u", property, p->parameter->min,
			 p->parameter->max);
		return FY_ERR_INVALID;
	}
	*value = number;
	return 0;
}
