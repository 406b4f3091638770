// SPDX-License-Identifier: GPL-2.0-only
/*
 * Linux port, <ferry/window.h>: the resources of a platform device. The first window is mapped
 * before probe already.
 */
#include <linux/err.h>
#include <linux/platform_device.h>
#include <ferry/window.h>

#include "linux-error.h"

/* A window that is mapped: a driver may get it again, by its other name. */
struct mapped {
	struct resource *resource;
	void __iomem *registers;
};

static void forget(struct device *dev, void *mapped)
{
}

static int is_of(struct device *dev, void *mapped, void *resource)
{
	return ((struct mapped *)mapped)->resource == resource;
}

static void __iomem *map_once(struct device *dev, struct resource *resource)
{
	struct mapped *mapped = devres_find(dev, forget, is_of, resource);
	void __iomem *registers;

	if (mapped)
		return mapped->registers;
	mapped = devres_alloc(forget, sizeof(*mapped), GFP_KERNEL);
	if (!mapped)
		return IOMEM_ERR_PTR(-ENOMEM);
	registers = devm_ioremap_resource(dev, resource);
	if (IS_ERR(registers)) {
		devres_free(mapped);
		return registers;
	}
	*mapped = (struct mapped){ resource, registers };
	devres_add(dev, mapped);
	return registers;
}

static int map(struct fy_device *dev, struct resource *resource, struct fy_window *window)
{
	if (!resource)
		return FY_ERR_NOT_FOUND;
	window->size = resource_size(resource);
	window->registers = dev->registers;
	if (resource != platform_get_resource(to_platform_device(dev->dev), IORESOURCE_MEM, 0))
		window->registers = map_once(dev->dev, resource);
	return IS_ERR(window->registers) ? fy_error_from_errno(PTR_ERR(window->registers)) : 0;
}

static bool has_resources(const struct fy_device *dev)
{
	return dev->dev && dev->dev->bus == &platform_bus_type;
}

int fy_linux_window_get(struct fy_device *dev, unsigned index, struct fy_window *window)
{
	if (!has_resources(dev))
		return FY_ERR_NOT_FOUND;
	return map(dev, platform_get_resource(to_platform_device(dev->dev), IORESOURCE_MEM, index),
		   window);
}

int fy_linux_window_get_named(struct fy_device *dev, const char *name, struct fy_window *window)
{
	if (!has_resources(dev))
		return FY_ERR_NOT_FOUND;
	return map(dev,
		   platform_get_resource_byname(to_platform_device(dev->dev), IORESOURCE_MEM, name),
		   window);
}
